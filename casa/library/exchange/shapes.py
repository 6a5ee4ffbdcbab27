"""Reading what a stranger's JSON says, field by field: the right kind, bounded, or refused."""

import re
import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NoReturn

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused

SLUG = re.compile(r"[a-z0-9][a-z0-9_-]{0,119}")
UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


class Shape:
    """One object of the manifest; each question is answered or the bundle refused."""

    def __init__(self, value: object, names: Iterable[str], where: str) -> None:
        self.where = where
        if not isinstance(value, dict) or set(value) != set(names):
            self.wrong(", ".join(names))
        self.value: Mapping[str, Any] = value

    def wrong(self, name: str) -> NoReturn:
        """Refuse, saying where."""
        raise Refused(
            _("Il manifesto del pacchetto non è valido (%(where)s: %(name)s). Nulla è cambiato.")
            % {"where": self.where, "name": name}
        )

    def text(self, name: str, *, most: int, empty: bool = False) -> str:
        """Words, without signs that nobody sees."""
        found = self.value[name]
        if not isinstance(found, str) or len(found) > most or UNSEEN.search(found):
            self.wrong(name)
        if not empty and not found.strip():
            self.wrong(name)
        return found

    def choice(self, name: str, among: Iterable[str], *, empty: bool = False) -> str:
        found = self.text(name, most=40, empty=empty)
        if found not in among and not (empty and found == ""):
            self.wrong(name)
        return found

    def matching(self, name: str, pattern: re.Pattern[str]) -> str:
        found = self.text(name, most=200)
        if not pattern.fullmatch(found):
            self.wrong(name)
        return found

    def number(self, name: str, *, most: int, least: int = 1) -> int:
        found = self.value[name]
        if not isinstance(found, int) or isinstance(found, bool) or not least <= found <= most:
            self.wrong(name)
        return found

    def flag(self, name: str) -> bool:
        found = self.value[name]
        if not isinstance(found, bool):
            self.wrong(name)
        return found

    def uid(self, name: str) -> uuid.UUID:
        try:
            return uuid.UUID(self.text(name, most=36))
        except ValueError:
            self.wrong(name)

    def day(self, name: str) -> date:
        try:
            found = parse_date(self.text(name, most=10))
        except ValueError:
            found = None
        return found or self.wrong(name)

    def moment(self, name: str) -> datetime:
        try:
            found = parse_datetime(self.text(name, most=40))
        except ValueError:
            found = None
        if found is None or found.tzinfo is None:
            self.wrong(name)
        return found

    def items(self, name: str, *, most: int, least: int = 0) -> Sequence[Any]:
        found = self.value[name]
        if not isinstance(found, list) or not least <= len(found) <= most:
            self.wrong(name)
        return found

    def words(self, name: str, *, most: int, longest: int) -> list[str]:
        """A list of short texts."""
        found = self.items(name, most=most)
        if any(not isinstance(one, str) or not one or len(one) > longest for one in found):
            self.wrong(name)
        if any(UNSEEN.search(one) for one in found):
            self.wrong(name)
        return list(found)
