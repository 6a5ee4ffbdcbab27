"""The mark by which a filled document is known again: read from its properties or its footer.

A stamp is what a file says of itself, and anybody may write one: whoever uses it looks whether such
a document was really made.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from casa.drafting.draft import Draft
from casa.drafting.text import clean, one_line

PREFIX = "Casa dei Comuni: "
NAMES = ("modello", "versione", "fascicolo", "data")
_LONGEST = 500
_DAY = "%d/%m/%Y"
_LINE = re.compile(
    r"[–-]\s+versione (\d{1,6})\s+[–-]\s+fascicolo (\d{1,12})\s+[–-]\s+(\d\d/\d\d/\d{4})(?!\d)"
)
_NUMBER = re.compile(r"(?:versione|fascicolo) (\d{1,12})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What a document says of its origin. `before` ends with the title of the model."""

    before: str
    version: int
    dossier: int
    on: date

    def names(self, title: str) -> bool:
        """Whether the model of that title is told."""
        wanted = one_line(clean(title))[:_LONGEST]
        return bool(wanted) and self.before.endswith(wanted)


def stamp_lines(properties: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Of (name, value) those of ours that say something, as "name: value"; each name once."""
    found: dict[str, str] = {}
    for name, value in properties:
        own = name.removeprefix(PREFIX)
        if name.startswith(PREFIX) and own in NAMES and value.strip():
            found.setdefault(own, one_line(clean(value))[:_LONGEST])
    return tuple(f"{name}: {value}" for name, value in found.items())


def stamp_of(draft: Draft) -> Stamp | None:
    """Where the document says that it comes from; None where it says nothing that can be read.

    Properties first; then the line of the footer, which stands at the end of the text in a PDF.
    """
    told = dict(line.split(": ", 1) for line in draft.metadata.stamp)
    if set(told) == set(NAMES):
        numbers = [_NUMBER.fullmatch(told[name]) for name in ("versione", "fascicolo")]
        if made := _stamp(told["modello"], *(one[1] for one in numbers if one), told["data"]):
            return made
    words = " ".join(" ".join((*draft.furniture, draft.text)).split())
    for line in _LINE.finditer(words):
        before = words[max(0, line.start() - _LONGEST - 1) : line.start()].rstrip()
        if made := _stamp(before, *line.groups()):
            return made
    return None


def _stamp(before: str, *numbers: str) -> Stamp | None:
    """The stamp, where the three say numbers and a day that there is."""
    try:
        version, dossier, day = numbers
        on = datetime.strptime(day, _DAY).date()  # noqa: DTZ007 -- a day has no zone
        return Stamp(before, int(version), int(dossier), on)
    except ValueError:
        return None
