"""The order of a result: theirs where only they moved clauses, ours otherwise."""

from collections.abc import Iterable, Sequence

from casa.drafting.comparing.units import in_place


def merged_order(base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]) -> list[str]:
    """Every key of the three once. Keys that go from the result keep a place here too.

    The skeleton is the order of the side that moved something; what stands only in the other
    comes behind what it follows there. Where both moved clauses, ours is the skeleton and each
    clause that only they moved goes where they put it.
    """
    moved_by_us = _moved(base, ours)
    moved_by_them = _moved(base, theirs)
    if not moved_by_us:
        return _with_others(_with_others(list(theirs), ours), base)
    order = _with_others(list(ours), theirs)
    for key in (key for key in theirs if key in moved_by_them - moved_by_us):
        order.remove(key)
        _put_behind(order, key, theirs)
    return _with_others(order, base)


def _moved(base: Sequence[str], side: Sequence[str]) -> set[str]:
    return set(base) & set(side) - in_place(base, side)


def _with_others(order: list[str], others: Iterable[str]) -> list[str]:
    """The order with the keys it lacks, each right behind what precedes it among the others."""
    known = set(order)
    followers: dict[str, list[str]] = {}
    last = ""
    for key in others:
        if key in known:
            last = key
        else:
            followers.setdefault(last, []).append(key)
    full = list(followers.get("", ()))
    for key in order:
        full += [key, *followers.get(key, ())]
    return full


def _put_behind(order: list[str], key: str, like: Sequence[str]) -> None:
    place = like.index(key)
    before = like[place - 1] if place else ""
    order.insert(order.index(before) + 1 if before in order else 0, key)
