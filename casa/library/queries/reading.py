"""What the reading page shows: the text in blocks, each clause with its address."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from django.core.paginator import Page
from django.db.models import QuerySet

from casa import drafting
from casa.intake.passages import (
    IndexLine,
    Mark,
    Parts,
    Passage,
    index,
    marks_by_block,
    passages,
)
from casa.library.models import Entry, Obligation, Version, VersionFile
from casa.library.queries.shelved import (
    Corrected,
    as_drafted,
    corrections_of,
    levels_of,
    stored_reading,
)
from casa.registry.actor import Actor

BLOCKS_PER_PART = 2000  # nearly every tender document is one part; a huge sheet is not
UNDER = 2  # the level of the heading above the text


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading(Corrected):
    """A part of a version's main text, and the index of the whole beside it."""

    page: "Page[drafting.Block]"
    passages: Sequence[Passage]
    index: Sequence[IndexLine]
    obligations: Mapping[str, Obligation]

    @property
    def lines(self) -> Iterator[tuple[Passage, Obligation | None]]:
        """Each passage with what is compulsory of the clause that it opens."""
        for passage in self.passages:
            yield passage, self.obligations.get(passage.anchor)


def reading_of(
    version: Version,
    *,
    part: str | None = None,
    marks: Iterable[Mark] = (),
    obligations: Mapping[str, Obligation] = MappingProxyType({}),
) -> Reading | None:
    """The main file of a version, ready to be read; None when it has no files. Three queries."""
    stored = stored_reading(version)
    if stored is None:
        return None
    draft = drafting.from_json(stored.draft)
    corrections = corrections_of(version)
    blocks = drafting.relevelled_blocks(draft.blocks, levels_of(corrections))
    draft = replace(draft, blocks=blocks)
    clauses = list(version.clauses.order_by("position"))
    anchors = {clause.first_block: clause.key for clause in reversed(clauses)}
    parts = parts_of(draft)
    page = parts.get_page(part)
    first = parts.starts[page.number - 1]
    marked = marks_by_block(draft.blocks, marks)
    shown = passages(page.object_list, anchors, first=first, under=UNDER, marks=marked)
    return Reading(
        corrections=corrections,
        page=page,
        passages=list(shown),
        index=index(map(as_drafted, clauses), part_of=parts.part_of),
        obligations=obligations,
    )


def parts_of(draft: drafting.Draft) -> Parts:
    """The text in parts that a page can carry."""
    return Parts(draft.blocks, most_blocks=BLOCKS_PER_PART)


def files_of(version: Version) -> QuerySet[VersionFile]:
    """The files of a version in order, with how many pages each has."""
    files = version.files.select_related("upload__reading").order_by("position")
    return files.defer("upload__reading__draft")


_BESIDE = ("author", "reviewer", "entry__body", "starter_text")


def versions_of(entry: Entry, actor: Actor) -> QuerySet[Version]:
    """The versions of an entry that the actor may read, newest first."""
    visible = Version.objects.visible_to(actor).filter(entry=entry)
    rows = visible.select_related(*_BESIDE).defer("text")
    return rows.newest_first()


def in_force(versions: Iterable[Version], *, on: date) -> Version | None:
    """The version that holds on a day: the newest published one that has taken effect by then."""
    published = (version for version in versions if version.published_at)
    return next((version for version in published if version.effective_on <= on), None)
