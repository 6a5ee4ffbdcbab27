"""Keys that survive a new version: clauses are recognised by their words, not by their number."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice

from rapidfuzz import fuzz, process

from casa.drafting.clauses import fresh_key, with_unique_keys
from casa.drafting.draft import Clause
from casa.drafting.rivals import Rivals
from casa.drafting.text import one_line

_COMPARED_LENGTH = 600
_SIMILAR = 62.0
_SAME_TITLE = 88.0
_BONUS_SAME_LABEL = 6.0
_BONUS_SAME_TITLE = 8.0
_SHORT = 40
_SHORT_SIMILAR = 80.0


@dataclass(frozen=True, slots=True)
class _Trait:
    """What a clause is recognised by. `words` include those of the commi below it."""

    index: int
    kind: str
    title: str
    words: str
    label: str


def carry_keys(previous: Sequence[Clause], new: Sequence[Clause]) -> tuple[Clause, ...]:
    """The new clauses, each with the key of the previous clause that it continues.

    Equal words first, then the most similar pairs, then an unchanged title. A clause that
    continues none gets a fresh key, and never one that the previous version used: an old
    address must not lead to a different rule. Keys in the result are unique.
    """
    old_traits, new_traits = _traits(previous), _traits(new)
    pairs = dict(_pairs(old_traits, new_traits))
    carried = [
        replace(clause, key=previous[pairs[index]].key if index in pairs else "")
        for index, clause in enumerate(new)
    ]
    return with_unique_keys(carried, taken=[clause.key for clause in previous])


def _traits(clauses: Sequence[Clause]) -> list[_Trait]:
    return [
        _Trait(
            index=index,
            kind=_kind(clause),
            title=clause.heading.casefold(),
            words=_words(clauses, index),
            label=fresh_key(clause),
        )
        for index, clause in enumerate(clauses)
    ]


def _kind(clause: Clause) -> str:
    """Articles continue articles, commi commi: a comma equal to a whole article is not it."""
    if ", c. " in clause.label:
        return "comma"
    return "article" if clause.label.startswith("Art. ") else "heading"


def _words(clauses: Sequence[Clause], index: int) -> str:
    clause = clauses[index]
    words = [clause.heading, clause.text]
    length = len(clause.heading) + len(clause.text)
    for below in islice(clauses, index + 1, index + 1 + _COMPARED_LENGTH):
        if below.level <= clause.level or length > _COMPARED_LENGTH:
            break
        words += [below.heading, below.text]
        length += len(below.heading) + len(below.text)
    return one_line(" ".join(words)).casefold()[:_COMPARED_LENGTH]


def _pairs(old: list[_Trait], new: list[_Trait]) -> Iterator[tuple[int, int]]:
    """(index of the new clause, index of the old one), each at most once."""
    for match in (_equal, _similar, _same_title):
        found = list(match(old, new))
        yield from found
        matched_new = {pair[0] for pair in found}
        matched_old = {pair[1] for pair in found}
        old = [trait for trait in old if trait.index not in matched_old]
        new = [trait for trait in new if trait.index not in matched_new]


def _equal(old: list[_Trait], new: list[_Trait]) -> Iterator[tuple[int, int]]:
    """Same kind, same words; among repeated ones the same label first, then in order."""
    waiting: dict[tuple[str, str], list[_Trait]] = defaultdict(list)
    for trait in old:
        waiting[trait.kind, trait.words].append(trait)
    for (kind, words), twins in _grouped(new):
        olds = waiting.get((kind, words), [])
        yield from _same_labels_first(olds, twins)


def _grouped(traits: list[_Trait]) -> Iterator[tuple[tuple[str, str], list[_Trait]]]:
    def identity(trait: _Trait) -> tuple[str, str]:
        return trait.kind, trait.words

    for key, group in groupby(sorted(traits, key=identity), key=identity):
        yield key, list(group)


def _same_labels_first(olds: list[_Trait], news: list[_Trait]) -> Iterator[tuple[int, int]]:
    by_label = {trait.label: trait for trait in olds}
    rest_new = []
    for trait in news:
        twin = by_label.pop(trait.label, None)
        if twin is None:
            rest_new.append(trait)
        else:
            yield trait.index, twin.index
    taken = {trait.index for trait in by_label.values()}
    rest_old = [trait for trait in olds if trait.index in taken]
    yield from ((a.index, b.index) for a, b in zip(rest_new, rest_old, strict=False))


def _similar(old: list[_Trait], new: list[_Trait]) -> Iterator[tuple[int, int]]:
    """The best pairs of similar words, greedily from the most similar down."""
    scored = sorted(
        _scores(old, new), key=lambda score: (-score[0], score[1].index, score[2].index)
    )
    used_new: set[int] = set()
    used_old: set[int] = set()
    for _, newer, older in scored:
        if newer.index not in used_new and older.index not in used_old:
            used_new.add(newer.index)
            used_old.add(older.index)
            yield newer.index, older.index


def _scores(old: list[_Trait], new: list[_Trait]) -> Iterator[tuple[float, _Trait, _Trait]]:
    for newer, rivals in _met(old, new):
        least = _SIMILAR if len(newer.words) > _SHORT else _SHORT_SIMILAR
        found = process.extract(
            newer.words,
            [older.words for older in rivals],
            scorer=fuzz.ratio,
            score_cutoff=least,
            limit=5,
        )
        for _, score, position in found:
            yield score + _bonus(newer, rivals[position]), newer, rivals[position]


def _met(old: list[_Trait], new: list[_Trait]) -> Iterator[tuple[_Trait, list[_Trait]]]:
    """Each new clause with the old ones of its kind that it may continue, in their order."""
    for kind in dict.fromkeys(trait.kind for trait in new):
        olds = [trait for trait in old if trait.kind == kind]
        news = [trait for trait in new if trait.kind == kind]
        rivals = Rivals(olds, count_of_new=len(news))
        for place, newer in enumerate(news):
            yield newer, [olds[at] for at in rivals.of(newer, place=place)]


def _bonus(newer: _Trait, older: _Trait) -> float:
    bonus = _BONUS_SAME_LABEL if newer.label == older.label else 0.0
    same_title = bool(newer.title) and newer.title == older.title
    return bonus + (_BONUS_SAME_TITLE if same_title else 0.0)


def _same_title(old: list[_Trait], new: list[_Trait]) -> Iterator[tuple[int, int]]:
    """A clause rewritten under its old title is still that clause."""
    used: set[int] = set()
    titled = [trait for trait in old if trait.title]
    for newer, rivals in _met(titled, [trait for trait in new if trait.title]):
        for older in rivals:
            if older.index in used or fuzz.ratio(newer.title, older.title) < _SAME_TITLE:
                continue
            used.add(older.index)
            yield newer.index, older.index
            break
