"""Two versions of a document: by clause, then by word."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from casa.drafting.comparing.aligning import align
from casa.drafting.comparing.units import BETWEEN, START, Unit, in_place, matched, part_text
from casa.drafting.comparing.words import Words, diff_words, joined
from casa.drafting.draft import Block, Draft, Row

State = Literal["same", "changed", "moved", "added", "removed"]
STATES: tuple[State, ...] = ("same", "changed", "moved", "added", "removed")


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """What became of one clause. `before` and `after` are its words without its own number, None
    where it is not; the equal and deleted `words` joined are `before`, the equal and inserted ones
    `after`. `label_before` and `label_after` differ when it was renumbered. A moved clause may
    have changed too: `words` tell.
    """

    key: str
    state: State
    label_before: str
    label_after: str
    heading: str
    level: int
    before: str | None
    after: str | None
    words: tuple[Words, ...]

    @property
    def is_edited(self) -> bool:
        """Some word is not the same."""
        return any(piece.op != "equal" for piece in self.words)


@dataclass(frozen=True, slots=True)
class Comparison:
    """The clauses in the order of the second version; removed ones after their old neighbour."""

    clauses: tuple[ClauseChange, ...]

    def count(self, state: State) -> int:
        """How many clauses are in that state."""
        return sum(change.state == state for change in self.clauses)


def compare(before: Draft, after: Draft) -> Comparison:
    """Compare two versions. Keys are those of `before`; added clauses have keys of their own.

    Numbers stand apart: a clause that was only renumbered is the same. A clause that did not
    keep its place among the others is moved.
    """
    olds, news = matched(before, after)
    old_by_key = {unit.key: unit for unit in olds}
    new_by_key = {unit.key: unit for unit in news}
    stayed = in_place([unit.key for unit in olds], [unit.key for unit in news])
    return Comparison(
        tuple(
            _change(old_by_key.get(key), new_by_key.get(key), moved=key not in stayed)
            for key in _order(olds, news)
        )
    )


def to_json(comparison: Comparison) -> dict[str, Any]:
    """What `casa compare --json` prints."""
    return {
        "clauses": [
            {
                "key": change.key,
                "state": change.state,
                "before": change.before,
                "after": change.after,
                "words": [{"op": piece.op, "text": piece.text} for piece in change.words],
            }
            for change in comparison.clauses
        ]
    }


def _order(olds: Sequence[Unit], news: Sequence[Unit]) -> Iterator[str]:
    """The keys after, and each removed one behind what it followed before."""
    kept = {unit.key for unit in news}
    behind: dict[str, list[str]] = {}
    last = ""
    for unit in olds:
        if unit.key in kept:
            last = unit.key
        else:
            behind.setdefault(last, []).append(unit.key)
    yield from behind.get("", ())
    for unit in news:
        yield unit.key
        yield from behind.get(unit.key, ())


def _change(old: Unit | None, new: Unit | None, *, moved: bool) -> ClauseChange:
    shown = new or old
    if shown is None:
        raise ValueError("a clause of neither version")
    return ClauseChange(
        key=shown.key,
        state=_state(old, new, moved=moved),
        label_before=old.label if old else "",
        label_after=new.label if new else "",
        heading=shown.heading,
        level=shown.level,
        before=old.text if old else None,
        after=new.text if new else None,
        words=_words(old, new),
    )


def _state(old: Unit | None, new: Unit | None, *, moved: bool) -> State:
    if old is None:
        return "added"
    if new is None:
        return "removed"
    if moved:
        return "moved"
    return "same" if old.bare == new.bare else "changed"


def _words(old: Unit | None, new: Unit | None) -> tuple[Words, ...]:
    if old is None or new is None:
        op = Words("insert", new.text) if new else Words("delete", old.text if old else "")
        return (op,) if op.text else ()
    if old.text == new.text:
        return (Words("equal", old.text),) if old.text else ()
    return joined(_between(old.parts, new.parts, BETWEEN, lambda a, b: _block(old, new, a, b)))


def _block(old: Unit, new: Unit, place: int, other: int) -> tuple[Words, ...]:
    before, after = old.blocks[place], new.blocks[other]
    if before.kind == after.kind == "table":
        return table_words(before, after)
    return diff_words(old.parts[place], new.parts[other])


def table_words(before: Block, after: Block) -> tuple[Words, ...]:
    """Two tables, row by row and cell by cell; the text is that of `part_text`."""
    olds = [" | ".join(row) for row in before.rows]
    news = [" | ".join(row) for row in after.rows]
    return joined(_between(olds, news, "\n", lambda a, b: _row(before.rows[a], after.rows[b])))


def _row(before: Row, after: Row) -> Iterator[Words]:
    if len(before) != len(after):
        yield from diff_words(" | ".join(before), " | ".join(after))
        return
    for place, (old, new) in enumerate(zip(before, after, strict=True)):
        if place:
            yield Words("equal", " | ")
        yield from diff_words(old, new)


def _between(
    olds: Sequence[str],
    news: Sequence[str],
    separator: str,
    inside: Callable[[int, int], "Iterator[Words] | tuple[Words, ...]"],
) -> Iterator[Words]:
    """The words of two lists of texts that are joined by a separator."""
    for old, new in align(olds, news):
        if old and new:
            yield Words("equal", separator)
        elif old or new:
            yield Words("delete" if old else "insert", separator)
        if old is not None and new is not None:
            yield from inside(old, new)
        elif old is not None:
            yield Words("delete", olds[old])
        elif new is not None:
            yield Words("insert", news[new])


__all__ = [
    "START",
    "STATES",
    "ClauseChange",
    "Comparison",
    "State",
    "compare",
    "part_text",
    "table_words",
    "to_json",
]
