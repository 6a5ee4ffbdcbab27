"""From words to acts: what «il Codice», «medesimo decreto» and «stesso articolo» stand for."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from casa.drafting.citations.acts import EARLIER_CODES, PUBLIC_CONTRACTS, Act, Mention, named
from casa.drafting.citations.parts import Leaf
from casa.drafting.citations.referring import Reference, is_the_code


@dataclass(frozen=True, slots=True)
class Found:
    """Words that cite: a place, the act or what stands for it, its leaves.

    With neither act, reference nor `back` it is an article of the document itself.
    """

    start: int
    end: int
    leaves: tuple[Leaf, ...]
    act: Act | None = None
    reference: Reference | None = None
    back: str = ""


_WHOLE_ANNEX = re.compile(r"all\. \S+")


@dataclass
class _Memory:
    """What was cited last, for words that refer back."""

    by_kind: dict[str, tuple[int, Act]] = field(default_factory=dict)
    count: int = 0
    act: Act | None = None
    place: tuple[Act, str, str] | None = None
    acts: dict[str, Act] = field(default_factory=dict)

    def keep(self, act: Act, leaves: Sequence[Leaf]) -> None:
        """An act named without an article leaves «medesimo articolo» as it was."""
        self.count += 1
        self.by_kind[act.kind] = (self.count, act)
        self.act = act
        self.acts.update((article, act) for article, _comma, _letter in leaves)
        article, comma, _letter = leaves[-1]
        if article:
            self.place = None if _WHOLE_ANNEX.fullmatch(article) else (act, article, comma)

    def forget(self, leaves: Sequence[Leaf]) -> None:
        """The document named an article of its own."""
        self.place = None
        for article, _comma, _letter in leaves:
            self.acts.pop(article, None)

    def pointed(self, one: Found) -> Act | None:
        if one.back == "act":
            return self.act
        if one.back == "named":
            return self.acts.get(one.leaves[0][0])
        return self.place[0] if self.place else None

    def last_of(self, kinds: Sequence[str]) -> Act | None:
        met = [self.by_kind[kind] for kind in kinds if kind in self.by_kind]
        return max(met, key=lambda one: one[0])[1] if met else None


def resolved(
    found: Iterable[Found], defined: Mapping[str, Mention], issued_on: date | None
) -> Iterator[tuple[Found, Act]]:
    """Each citation with its act; those whose words refer to nothing are left out."""
    memory = _Memory()
    code = _code(defined, issued_on)
    for one in found:
        act = _act(one, memory, defined, code)
        if act is None:
            if not one.back and not one.reference:
                memory.forget(one.leaves)
            continue
        if one.back:
            one = replace(one, leaves=_leaves(one, memory))  # noqa: PLW2901
        memory.keep(act, one.leaves)
        yield one, act


def _act(one: Found, memory: _Memory, defined: Mapping[str, Mention], code: Act) -> Act | None:
    if one.act:
        return one.act
    if one.back:
        return memory.pointed(one)
    if one.reference is None:
        return None
    if one.reference.is_code:
        return code
    if one.reference.word:
        return defined[one.reference.word].act
    return memory.last_of(one.reference.kinds)


def _leaves(one: Found, memory: _Memory) -> tuple[Leaf, ...]:
    """What «medesimo articolo» and «medesimo comma» leave out."""
    if one.back in ("act", "named") or memory.place is None:
        return one.leaves
    _act, article, last = memory.place
    same = one.back == "comma"
    return tuple((article, last if same else comma, letter) for _a, comma, letter in one.leaves)


def _code(defined: Mapping[str, Mention], issued_on: date | None) -> Act:
    """The Codice that the document defines, else the one of its day, else an act without name."""
    own = next((one.act for word, one in defined.items() if is_the_code(word)), None)
    if own:
        return own
    if issued_on is None:
        return Act("", "", "codice", certain=False)
    day = issued_on.isoformat()
    name = next((name for until, name in EARLIER_CODES if day < until), PUBLIC_CONTRACTS)
    return replace(named(name), certain=False)
