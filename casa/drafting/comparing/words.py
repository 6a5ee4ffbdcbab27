"""Two texts word by word."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from typing import Literal

from rapidfuzz.distance import Indel

Op = Literal["equal", "delete", "insert"]
Span = tuple[bool, int, int, int, int]

_TOKEN = re.compile(r"\d+(?:[.,/:]\d+)*|\w+['’]?|\s+|[^\w\s]")
_READABLE = 250_000
_NO_WORD = re.compile(r"[^\w]{0,3}")


@dataclass(frozen=True, slots=True)
class Words:
    """Some words of a comparison: in both texts, only in the first, or only in the second."""

    op: Op
    text: str


def diff_words(before: str, after: str) -> tuple[Words, ...]:
    """The words that make one text into the other.

    Equal and deleted ones joined are `before`, equal and inserted ones `after`, to the letter.
    Between two changes no lone space or comma is left standing as equal.
    """
    if before == after:
        return (Words("equal", before),) if before else ()
    return joined(_pieces(_TOKEN.findall(before), _TOKEN.findall(after)))


def joined(pieces: Iterable[Words]) -> tuple[Words, ...]:
    """Neighbours of one kind as one; between two equal ones what goes stands before what comes."""
    done: list[Words] = []
    for equal, group in groupby(pieces, key=lambda piece: piece.op == "equal"):
        found = list(group)
        ops: tuple[Op, ...] = ("equal",) if equal else ("delete", "insert")
        for op in ops:
            text = "".join(piece.text for piece in found if piece.op == op)
            done += [Words(op, text)] if text else []
    return tuple(done)


def _pieces(before: Sequence[str], after: Sequence[str]) -> Iterator[Words]:
    spans = list(opcodes(before, after))
    for place, (same, start, end, other, until) in enumerate(spans):
        old, new = "".join(before[start:end]), "".join(after[other:until])
        if same and not (0 < place < len(spans) - 1 and _NO_WORD.fullmatch(old)):
            yield Words("equal", old)
        else:
            yield Words("delete", old)
            yield Words("insert", new)


def opcodes(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Span]:
    """(same, start, end, start, end) of the runs that two sequences share and do not share.

    What is equal at both ends is cut first. Of short sequences the longest run counts, which reads
    better; of long ones the longest common subsequence, which has no worst case to speak of.
    """
    head = _equal_at_start(before, after)
    tail = _equal_at_end(before, after, head)
    end, until = len(before) - tail, len(after) - tail
    if head:
        yield True, 0, head, 0, head
    for same, a1, a2, b1, b2 in _middle(before[head:end], after[head:until]):
        yield same, a1 + head, a2 + head, b1 + head, b2 + head
    if tail:
        yield True, end, len(before), until, len(after)


def _middle(before: Sequence[Hashable], after: Sequence[Hashable]) -> Iterator[Span]:
    if not before and not after:
        return
    if len(before) * len(after) <= _READABLE:
        found = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
        yield from ((tag == "equal", a, b, c, d) for tag, a, b, c, d in found)
        return
    steps = Indel.opcodes(before, after)
    for same, group in groupby(steps, key=lambda step: step.tag == "equal"):
        run = list(group)  # what goes and what comes in one place are one span
        yield (
            same,
            run[0].src_start,
            run[-1].src_end,
            run[0].dest_start,
            run[-1].dest_end,
        )


def _equal_at_start(before: Sequence[Hashable], after: Sequence[Hashable]) -> int:
    count = 0
    for old, new in zip(before, after, strict=False):
        if old != new:
            break
        count += 1
    return count


def _equal_at_end(before: Sequence[Hashable], after: Sequence[Hashable], head: int) -> int:
    most = min(len(before), len(after)) - head
    count = 0
    while count < most and before[-1 - count] == after[-1 - count]:
        count += 1
    return count
