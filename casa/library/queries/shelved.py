"""The main text of a version as the library tells it: headings as people corrected them, clauses
with the keys that were handed on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from casa import drafting
from casa.intake.models import Reading as StoredReading
from casa.library.models import Clause, HeadingCorrection, Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Corrected:
    """A text with what people said of its headings."""

    corrections: Sequence[HeadingCorrection]

    @property
    def met(self) -> int:
        """How many corrections hold in this version."""
        return sum(row.is_met for row in self.corrections)

    @property
    def unmet(self) -> int:
        """How many found no line of theirs."""
        return len(self.corrections) - self.met


def drafted(version: Version) -> drafting.Draft | None:
    """The main text of a version; None when it has no file. Three queries."""
    stored = stored_reading(version)
    if stored is None:
        return None
    draft = drafting.from_json(stored.draft)
    clauses = version.clauses.order_by("position")
    return shelved(draft, corrections_of(version), list(clauses))


def stored_reading(version: Version) -> StoredReading | None:
    """What the intake read in the main file of a version."""
    return StoredReading.objects.filter(
        upload__version_file__version=version, upload__version_file__position=1
    ).first()


def corrections_of(version: Version) -> list[HeadingCorrection]:
    """What people said of the headings of a version, in the order in which they hold."""
    return list(version.heading_corrections.order_by("pk"))


def levels_of(corrections: Iterable[HeadingCorrection]) -> dict[int, int]:
    """The level of each block that was corrected; of two corrections the later one holds."""
    return {place: one.level for one in corrections for place in one.places}


def as_correction(row: HeadingCorrection) -> drafting.Correction:
    """A stored correction as the drafting table knows it."""
    return drafting.Correction(row.words, level=row.level, turn=row.turn, turns=row.turns)


def shelved(
    draft: drafting.Draft, corrections: Iterable[HeadingCorrection], clauses: Sequence[Clause]
) -> drafting.Draft:
    """A draft as it was read, with its version's corrections and the clauses that it was given.

    The stored clauses rule: where the drafting table has learned to cut otherwise since, the text
    is still told in the parts that have an address.
    """
    told = drafting.relevelled(draft, levels_of(corrections))
    if [clause.first_block for clause in told.clauses] != [row.first_block for row in clauses]:
        return replace(told, clauses=tuple(_clauses(clauses, blocks=len(told.blocks))))
    pairs = zip(told.clauses, clauses, strict=True)
    return replace(told, clauses=tuple(replace(clause, key=row.key) for clause, row in pairs))


def _clauses(rows: Sequence[Clause], *, blocks: int) -> Iterable[drafting.Clause]:
    """Each stored clause reaches to the next one."""
    if not rows:
        return
    starts = [*(row.first_block for row in rows), blocks]
    for row, (_first, following) in zip(rows, pairwise(starts), strict=True):
        yield replace(as_drafted(row), last_block=max(row.first_block, following - 1))


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
