"""What the reading page shows: the text in blocks, each clause with its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page
from django.db.models import QuerySet

from casa import drafting
from casa.intake.models import Reading as StoredReading
from casa.intake.passages import (
    IndexLine,
    Mark,
    Parts,
    Passage,
    index,
    marks_by_block,
    passages,
)
from casa.library.models import Clause, Entry, Version, VersionFile
from casa.registry.actor import Actor

BLOCKS_PER_PART = 2000  # nearly every tender document is one part; a huge sheet is not
UNDER = 2  # the level of the heading above the text


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a version's main text, and the index of the whole beside it."""

    page: "Page[drafting.Block]"
    passages: Sequence[Passage]
    index: Sequence[IndexLine]


def reading_of(
    version: Version, *, part: str | None = None, marks: Iterable[Mark] = ()
) -> Reading | None:
    """The main file of a version, ready to be read; None when it has no files. Two queries."""
    stored = StoredReading.objects.filter(
        upload__version_file__version=version, upload__version_file__position=1
    ).first()
    if stored is None:
        return None
    draft = drafting.from_json(stored.draft)
    clauses = list(version.clauses.order_by("position"))
    anchors = {clause.first_block: clause.key for clause in reversed(clauses)}
    parts = parts_of(draft)
    page = parts.get_page(part)
    first = parts.starts[page.number - 1]
    marked = marks_by_block(draft.blocks, marks)
    shown = passages(page.object_list, anchors, first=first, under=UNDER, marks=marked)
    return Reading(
        page=page,
        passages=list(shown),
        index=index(map(as_drafted, clauses), part_of=parts.part_of),
    )


def parts_of(draft: drafting.Draft) -> Parts:
    """The text in parts that a page can carry."""
    return Parts(draft.blocks, most_blocks=BLOCKS_PER_PART)


def as_drafted(row: Clause) -> drafting.Clause:
    """A stored clause as the drafting table knows it."""
    return drafting.Clause(
        key=row.key,
        label=row.label,
        heading=row.heading,
        text=row.text,
        level=row.level,
        start=row.start,
        end=row.end,
        page=None,
        first_block=row.first_block,
        last_block=row.first_block,
    )


def files_of(version: Version) -> QuerySet[VersionFile]:
    """The files of a version in order, with how many pages each has."""
    files = version.files.select_related("upload__reading").order_by("position")
    return files.defer("upload__reading__draft")


def versions_of(entry: Entry, actor: Actor) -> QuerySet[Version]:
    """The versions of an entry that the actor may read, newest first."""
    visible = Version.objects.visible_to(actor).filter(entry=entry)
    rows = visible.select_related("author", "reviewer", "entry__body").defer("text")
    return rows.newest_first()


def in_force(versions: Iterable[Version], *, on: date) -> Version | None:
    """The version that holds on a day: the newest published one that has taken effect by then."""
    published = (version for version in versions if version.published_at)
    return next((version for version in published if version.effective_on <= on), None)
