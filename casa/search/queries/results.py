"""What a search gives back: plain values, ready for a page or for JSON."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Clause:
    """The article a passage stands in, with its own address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Hit:
    """One row: the title and why it matched, with the words marked (safe HTML)."""

    key: str
    title: str
    title_html: SafeString
    url: str
    kind: str
    body: str
    dated_on: date | None
    passage: SafeString | str
    clause: Clause | None
    reviewed: bool
    readers: str
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class FacetCounts:
    """One facet: its name, its word in addresses, what people read, counts by raw code."""

    name: str
    word: str
    label: str
    counts: Mapping[str, int]
    labels: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Result:
    """What was found. `others` fill the first page with cards that have only some of the words, or
    speak of the same thing; they are not counted in `total`.

    `problem` is a sentence for the page when the index could not answer.

    `did_you_mean` holds the words that gave these hits when what was typed gave none; `partial`
    says that no card has all the words and these have some.
    """

    hits: tuple[Hit, ...] = ()
    others: tuple[Hit, ...] = ()
    total: int = 0
    page: int = 1
    facets: tuple[FacetCounts, ...] = ()
    did_you_mean: str = ""
    partial: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A card in one line: a suggestion, something similar."""

    key: str
    title: str
    url: str
    kind: str
    body: str
