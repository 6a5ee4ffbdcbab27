"""Two lists of paragraphs side by side: which one became which."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from casa.drafting.comparing.words import opcodes

Pair = tuple[int | None, int | None]
_SIMILAR = 55.0
_MOST_PAIRS = 40_000
_COMPARED_LENGTH = 1_000


def align(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    """(index before, index after) in an order that both lists keep; None where nothing matches.

    Equal texts first; inside each gap the similar ones that together are most similar.
    """
    pairs: list[Pair] = []
    for same, start, end, other, until in opcodes(before, after):
        if same:
            pairs += zip(range(start, end), range(other, until), strict=True)
        else:
            gap = _gap(before[start:end], after[other:until])
            pairs += [
                (
                    start + old if old is not None else None,
                    other + new if new is not None else None,
                )
                for old, new in gap
            ]
    return pairs


def _gap(before: Sequence[str], after: Sequence[str]) -> list[Pair]:
    if not before or not after or len(before) * len(after) > _MOST_PAIRS:
        return _unmatched(len(before), len(after))
    news = [text[:_COMPARED_LENGTH] for text in after]
    scores = [
        [fuzz.ratio(old[:_COMPARED_LENGTH], new, score_cutoff=_SIMILAR) for new in news]
        for old in before
    ]
    return list(_best_path(scores, len(before), len(after)))


def _unmatched(before: int, after: int) -> list[Pair]:
    return [*((old, None) for old in range(before)), *((None, new) for new in range(after))]


def _best_path(scores: list[list[float]], before: int, after: int) -> Iterator[Pair]:
    """The pairs whose scores sum up highest without crossing."""
    best = [[0.0] * (after + 1) for _ in range(before + 1)]
    for old in range(before - 1, -1, -1):
        row, below, likeness = best[old], best[old + 1], scores[old]
        for new in range(after - 1, -1, -1):
            paired = below[new + 1] + likeness[new] if likeness[new] else 0.0
            row[new] = max(below[new], row[new + 1], paired)
    old = new = 0
    while old < before and new < after:
        paired = scores[old][new]
        if paired and best[old][new] == best[old + 1][new + 1] + paired:
            yield old, new
            old, new = old + 1, new + 1
        elif best[old][new] == best[old + 1][new]:
            yield old, None
            old += 1
        else:
            yield None, new
            new += 1
    yield from ((rest, None) for rest in range(old, before))
    yield from ((None, rest) for rest in range(new, after))
