"""What the table of norms says, for pages and for the drafting table."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from django.db.models import Q

from casa.drafting import norms
from casa.guide.models import KEY, Norm

_NUMBER = r"\d+(-[a-z]+)?"
_UNSAID = {
    "art",
    "artt",
    "articolo",
    "articoli",
    "c",
    "comma",
    "lett",
    "d.lgs",
    "dlgs",
    "l",
    "n",
    "del",
    "della",
}
FIELDS = tuple(one.name for one in fields(norms.Norm))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see: the day, words of the norm, states."""

    on: date
    words: str = ""
    states: Sequence[str] = field(default_factory=tuple)


def norm_table() -> norms.NormTable:
    """The whole table, as `drafting.norms.verdict` wants it. One query."""
    return norms.NormTable(norms.Norm(**row) for row in Norm.objects.values(*FIELDS))


def norms_holding(asked: Asked) -> tuple[list[Norm], Counter[str]]:
    """The rows that speak of the day, in the order of the law, and how many have each state.

    The counts are of all states, whichever are asked for. One query.
    """
    rows = Norm.objects.holding(on=asked.on)
    for word in _words(asked.words):
        rows = rows.filter(_with(word))
    found = sorted(rows, key=_order)
    wanted = [row for row in found if not asked.states or row.status in asked.states]
    return wanted, Counter(row.status for row in found)


def rows_by_key(rows: Iterable[Norm]) -> dict[tuple[object, ...], Norm]:
    """Rows by what they are about and their first day: two can't share it."""
    return {identity(row): row for row in rows}


def identity(row: Norm | norms.Norm) -> tuple[object, ...]:
    """What tells a row from any other."""
    return *(getattr(row, name) for name in KEY), row.valid_from


def _words(typed: str) -> list[str]:
    """The words of «art. 36, c. 2, d.lgs. 50/2016» that tell norms apart: 36, 2, 50/2016."""
    words = (word.strip(".,;:()«»") for word in typed.casefold().split())
    return [word for word in words if word and word not in _UNSAID]


def _with(word: str) -> Q:
    """A number alone is an article's, a comma's or an act's; other words stand anywhere."""
    if re.fullmatch(_NUMBER, word):
        own = Q(article__iexact=word) | Q(comma__iexact=word)
        return own | Q(act__iendswith=f" {word}")
    return Q(act__icontains=word) | Q(article__icontains=word) | Q(note__icontains=word)


def _order(row: Norm) -> tuple[object, ...]:
    return row.act, *(_natural(getattr(row, name)) for name in KEY[1:])


def _natural(number: str) -> list[tuple[int, str]]:
    """Numbers by their value, then what follows them: 9 < 95 < 95-bis < all. II.4."""
    parts = re.findall(r"(\d*)([^\d]*)", number)
    return [(int(digits or 10**6), rest) for digits, rest in parts if digits or rest]
