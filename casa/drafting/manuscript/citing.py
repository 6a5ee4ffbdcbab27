"""The norms that a manuscript cites, and whether the table calls them in force on its day."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from casa.drafting import citations, norms
from casa.drafting.citations import Citation
from casa.drafting.manuscript.inline import TAG, plain
from casa.drafting.manuscript.manuscript import Line, Manuscript

_APART = "\n\n"
_VALID = ("in_force", "changed")  # «changed» is in force with another text than that of 2023


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation with its line and what the table says of it."""

    citation: Citation
    line: int
    verdict: norms.Verdict

    @property
    def holds(self) -> bool:
        """In force on the day, as it was written or as it was changed later."""
        return self.verdict.status in _VALID


def cited(manuscript: Manuscript, table: norms.NormTable) -> tuple[Cited, ...]:
    """Every citation of the text. Fields do not count as words; «del Codice» must be defined."""
    lines = list(_lines(manuscript))
    starts = list(accumulate((len(text) + len(_APART) for text, _ in lines), initial=0))
    found = citations.find(_APART.join(text for text, _ in lines))
    return tuple(
        Cited(
            one,
            lines[bisect_right(starts, one.start) - 1][1],
            norms.verdict(table, one, on=manuscript.checked_on),
        )
        for one in found
    )


def changed(manuscript: Manuscript, table: norms.NormTable) -> tuple[str, ...]:
    """What the table says of the norms that have changed since 2023: a jurist compares them."""
    told = {
        norms.name_of(one.citation): one.verdict.note
        for one in cited(manuscript, table)
        if one.verdict.status == "changed"
    }
    return tuple(f"{name}: {note}" if note else name for name, note in told.items())


def _lines(manuscript: Manuscript) -> Iterator[tuple[str, int]]:
    for block in manuscript.blocks:
        if isinstance(block, Line):
            yield _words(block.text), block.line
            continue
        for cells, line in zip(block.rows, block.lines, strict=True):
            yield " | ".join(map(_words, cells)), line


def _words(text: str) -> str:
    """A field stands for words that are no citation; a command or a note for none."""
    return plain(TAG.sub(lambda found: "…" if found[0].startswith("{{") else "", text))
