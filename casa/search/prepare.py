"""What search needs before the house opens: synonym groups and CPV codes, from `data/`."""

import csv
import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from casa.registry.actor import SYSTEM
from casa.search.cpv.loading import load_cpv
from casa.search.cpv.reading import read_cpv
from casa.search.models import SynonymGroup

Line = Mapping[str, str]


def prepare(tell: Callable[[str], None]) -> None:
    """Safe to repeat: loads what is new, leaves what editors changed."""
    data = Path(settings.ROOT) / "data"
    changed = load_synonyms(data / "synonyms.csv")
    if changed:
        tell(_("carico i gruppi di sinonimi della ricerca (%d)") % changed)
    labels = read_cpv((data / "cpv.csv").read_bytes())
    report = load_cpv(labels, source="data/cpv.csv", actor=SYSTEM, keep=True)
    if report.changed:
        tell(_("carico i codici CPV della ricerca (%d)") % report.changed)


@transaction.atomic
def load_synonyms(path: Path) -> int:
    """Bring the groups up to the file; gives how many rows changed.

    A group that editors touched no longer says what its line said when it was loaded: it stays.
    """
    known = {group.seed: group for group in SynonymGroup.objects.exclude(seed="")}
    with path.open(encoding="utf-8", newline="") as file:
        return sum(_load(line, known.get(line["number"])) for line in csv.DictReader(file))


def _load(line: Line, group: SynonymGroup | None) -> bool:
    words, never, codes = _list(line["words"]), _list(line["never"]), line["cpv"].split()
    digest = _digest(words, never, codes)
    if group is None:
        group = SynonymGroup(seed=line["number"])
    elif group.seed_digest == digest or not _is_untouched(group):
        return False
    group.words, group.never, group.cpv_codes, group.seed_digest = words, never, codes, digest
    group.save()
    return True


def _is_untouched(group: SynonymGroup) -> bool:
    return group.seed_digest == _digest(group.words, group.never, group.cpv_codes)


def _list(text: str) -> list[str]:
    return [word.strip() for word in text.split("|") if word.strip()]


def _digest(*lists: list[str]) -> str:
    return hashlib.sha256(repr(lists).encode()).hexdigest()
