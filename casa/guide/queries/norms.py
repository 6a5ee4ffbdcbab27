"""What the table of norms says, for pages and for the drafting table."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date

from django.db.models import Q

from casa.drafting import citations, norms
from casa.guide.models import KEY, Norm, NormQuerySet

_NUMBER = r"\d+(-[a-z]+)?"
_UNSAID = r"artt?|articol[oi]|c|comma|lett|d\.?lgs|l|n|del|dell[ao]|dei"
MOST_ANSWERS = 10
FIELDS = tuple(one.name for one in fields(norms.Norm))


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader wants to see: the day, words of the norm, states."""

    on: date
    words: str = ""
    states: Sequence[str] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Answer:
    """What holds of a norm that somebody typed, and where its text is."""

    name: str
    url: str
    verdict: norms.Verdict


def answers(asked: Asked) -> list[Answer]:
    """What holds on the day of each norm cited in the words. One query, none without a citation."""
    found = citations.find(asked.words, issued_on=asked.on)[:MOST_ANSWERS]
    table = norm_table() if found else norms.NormTable([])
    return [
        Answer(
            name=norms.name_of(one) if one.act else one.text,
            url=one.url,
            verdict=norms.verdict(table, one, on=asked.on),
        )
        for one in found
    ]


def norm_table() -> norms.NormTable:
    """The whole table, as `drafting.norms.verdict` wants it. One query."""
    return norms.NormTable(norms.Norm(**row) for row in Norm.objects.values(*FIELDS))


def norms_holding(asked: Asked) -> tuple[list[Norm], Counter[str]]:
    """The rows that speak of the day, in the order of the law, and how many have each state.

    The counts are of all states, whichever are asked for. One query.
    """
    rows = Norm.objects.holding(on=asked.on)
    rows = _named(rows, _words(asked.words))
    found = sorted(rows, key=_order)
    wanted = [row for row in found if not asked.states or row.status in asked.states]
    return wanted, Counter(row.status for row in found)


def _words(typed: str) -> list[str]:
    """The words of «art. 36, c. 2, d.lgs. 50/2016» that tell norms apart: 36, 2, 50/2016."""
    words = (word.strip(".,;:()«»") for word in typed.casefold().split())
    return [word for word in words if word and not re.fullmatch(_UNSAID, word)]


def _named(rows: NormQuerySet, words: Sequence[str]) -> NormQuerySet:
    """The rows with all words. With an act named, those of the whole act answer for any number:
    an article without its own row has the state of its act.
    """
    numbers = [word for word in words if re.fullmatch(_NUMBER, word)]
    others = [word for word in words if word not in numbers]
    for word in others:
        stands = Q(act__icontains=word) | Q(article__icontains=word) | Q(note__icontains=word)
        rows = rows.filter(stands)
    whole = Q(article="") if others else Q(pk=None)
    for number in numbers:
        own = Q(article__iexact=number) | Q(comma__iexact=number)
        rows = rows.filter(own | Q(act__iendswith=f" {number}") | whole)
    return rows


def _order(row: Norm) -> tuple[object, ...]:
    return tuple(_natural(getattr(row, name).casefold()) for name in KEY)


def _natural(number: str) -> list[tuple[int, str]]:
    """Numbers by their value, then what follows them: 9 < 95 < 95-bis < all. II.4."""
    parts = re.findall(r"(\d*)([^\d]*)", number)
    return [(int(digits or 10**6), rest) for digits, rest in parts if digits or rest]
