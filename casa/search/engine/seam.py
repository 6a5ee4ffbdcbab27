"""What search asks of an engine. Every engine passes the same tests (`tests/search/contract.py`).

The truth is the index cards in the database; an engine holds a copy that can be thrown away. It
never decides alone who reads what: `access` has no default, and whoever shows its answers looks
the cards up again.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Protocol

from django.utils.timezone import localdate

from casa.search.query import All

Access = frozenset[str]
"""The words of the audience that the reader may open (`Actor.tokens`)."""
Filters = Mapping[str, Sequence[str]]
"""Chosen facet values: any of a facet's values, all of the facets."""
Progress = Callable[[int], None]
DEEPEST = 10_000
"""No page goes further: every engine would work in vain."""


class EngineUnavailable(Exception):  # noqa: N818 -- a state, not a slip
    """The index cannot answer now: missing, damaged or of another version."""


class EngineSilent(EngineUnavailable):
    """The engine does not answer: nothing is known of its index, which may be well."""


class EngineBusy(Exception):  # noqa: N818 -- idem
    """Another process is writing the index."""


class Sort(Enum):
    RELEVANCE = "rilevanza"
    NEWEST = "recenti"
    TITLE = "titolo"
    """Short lists only, put in order by the database: no engine is asked for it."""


@dataclass(frozen=True, slots=True)
class CardDocument:
    """What an engine keeps of a card."""

    key: str
    sequence: int
    title: str
    object: str
    text: str
    facets: Mapping[str, Sequence[str]]
    audience: Sequence[str]
    dated_on: date | None
    reviewed: bool
    labels: str = ""
    """The Italian labels of its CPV codes: words to find it by."""
    legal: Sequence[str] = ()
    """The acts and articles it cites, in the canonical form of `casa.search.legal`."""
    confirm_by: date | None = None
    adoptions: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A query ready for an engine: what may match, and what was typed word for word.

    Documents with every typed word stand before all others, whatever synonyms add.
    """

    wanted: All
    typed: All
    on: date = field(default_factory=localdate)
    """The day: what is overdue or of this year depends on it."""


@dataclass(frozen=True, slots=True)
class Found:
    """Keys in order, how many there are in all, and how many per value of each facet."""

    keys: tuple[str, ...]
    total: int
    counts: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Applied:
    """How far an index has come: the last change it holds, and the name of that commit."""

    sequence: int
    mark: str


@dataclass(frozen=True, slots=True)
class Health:
    documents: int
    applied: Applied | None
    generation: str
    bytes: int
    problem: str = ""
    silent: bool = False


class Engine(Protocol):
    """One search engine. Writing is for one process at a time, the follower."""

    @property
    def capabilities(self) -> frozenset[str]:
        """Of: facets, fuzzy, prefix, similar."""

    def upsert(self, documents: Iterable[CardDocument]) -> None:
        """Add documents or replace those with the same key. Nothing is seen before `commit`."""

    def delete(self, keys: Iterable[str]) -> None:
        """Forget documents; keys that are not there do no harm."""

    def commit(self, applied: Applied) -> None:
        """Make the changes visible, with the number they reach, in one act. Checks the count."""

    def search(
        self,
        asked: Asked,
        *,
        access: Access,
        filters: Filters,
        facets: Sequence[str],
        sort: Sort,
        offset: int,
        limit: int,
    ) -> Found:
        """Find. The counts of a facet leave its own filter out: they say what choosing brings."""

    def suggest(self, words: str, *, access: Access, limit: int) -> tuple[str, ...]:
        """Keys of documents whose title holds the words, the last one as a beginning."""

    def similar(self, document: CardDocument, *, access: Access, limit: int) -> tuple[str, ...]:
        """Keys of other documents about the same things."""

    def rebuild(
        self, documents: Iterable[CardDocument], applied: Applied, progress: Progress
    ) -> str:
        """Make a whole new index aside; gives its name for `swap`.

        Documents come in the order of their numbers. Now and then what is done is kept, so that
        a follower stopped on the way can `resume`.
        """

    def begun(self) -> Applied | None:
        """How far an index came that was being made aside when its follower was stopped."""

    def resume(
        self,
        documents: Iterable[CardDocument],
        gone: Iterable[str],
        applied: Applied,
        progress: Progress,
    ) -> str:
        """Go on with the index begun: replace documents, forget those gone; its name for `swap`."""

    def swap(self, generation: str) -> None:
        """Put the index made aside in the place of the present one, at once for every reader."""

    def health(self) -> Health:
        """How the index is. Never raises."""

    def inventory(self) -> Mapping[str, int]:
        """Every key with the number of the change it holds."""

    def report_damage(self) -> None:
        """Leave word for the follower that readers cannot use the index."""

    def is_reported_damaged(self) -> bool:
        """Whether a reader left word."""
