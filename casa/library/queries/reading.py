"""What the reading page shows: the text in blocks, each clause with its address."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from casa import drafting
from casa.library.models import Clause, Entry, Version, VersionFile
from casa.registry.actor import Actor

FIRST_HEADING = 2
LAST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Passage:
    """A block as the page shows it: its kind, the level of its heading, the clause it opens."""

    kind: str
    number: str
    text: str
    heading_level: int
    rows: tuple[tuple[str, ...], ...]
    anchor: str


@dataclass(frozen=True, slots=True)
class Reading:
    """A version's main text with the clause index beside it."""

    passages: Sequence[Passage]
    clauses: Sequence[Clause]
    pages: int | None
    confidence: float


def reading_of(version: Version) -> Reading | None:
    """The main file of a version, ready to be read; None when it has no files. Two queries."""
    file = files_of(version).first()
    if file is None:
        return None
    draft = drafting.from_json(file.upload.reading.draft)
    clauses = list(version.clauses.order_by("position"))
    anchors = {clause.first_block: clause.key for clause in reversed(clauses)}
    return Reading(
        passages=list(_passages(draft.blocks, anchors)),
        clauses=clauses,
        pages=draft.pages,
        confidence=draft.confidence,
    )


def files_of(version: Version) -> QuerySet[VersionFile]:
    """The files of a version in order, with what was read in them."""
    return version.files.select_related("upload__reading").order_by("position")


def versions_of(entry: Entry, actor: Actor) -> QuerySet[Version]:
    """The versions of an entry that the actor may read, newest first."""
    visible = Version.objects.visible_to(actor).filter(entry=entry)
    return visible.select_related("author", "reviewer", "entry").newest_first()


def _passages(blocks: Iterable[drafting.Block], anchors: Mapping[int, str]) -> Iterable[Passage]:
    """Headings never skip a level: a page's outline is walked by keyboard and by ear."""
    deepest = FIRST_HEADING - 1
    for index, block in enumerate(blocks):
        level = 0
        if block.kind == "heading":
            level = min(block.level + FIRST_HEADING - 1, deepest + 1, LAST_HEADING)
            deepest = level
        yield Passage(
            kind=block.kind,
            number=block.number,
            text=block.text,
            heading_level=level,
            rows=block.rows,
            anchor=anchors.get(index, ""),
        )
