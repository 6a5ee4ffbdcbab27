"""Finding citations: acts and articles are found apart, then joined by the words between them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from casa.drafting.citations.acts import EARLIER_CODES, PUBLIC_CONTRACTS, Act, named
from casa.drafting.citations.citation import Citation, url_of, urn_of
from casa.drafting.citations.linking import Target, annexes, is_annex, linked, without_overlap
from casa.drafting.citations.mentions import Mention, mentions
from casa.drafting.citations.parts import Leaf, Part, parts
from casa.drafting.citations.places import pointing_back
from casa.drafting.citations.referring import Reference, definitions, references

_ALIAS_GAP = re.compile(
    r"[\s,(\[–:«“\"'-]*(?:(?:approvato\s+con|di\s+cui\s+al|recante|cioè|ossia|il|di\s+seguito|nel\s+seguito|"
    r"in\s+seguito|c\.d\.|cd\.|anche)[\s,:«“\"']*)*",
    re.IGNORECASE,
)
_ALIAS_REACH = 60


@dataclass
class _Memory:
    """What was cited last, for words that refer back."""

    by_kind: dict[str, tuple[int, Act]] = field(default_factory=dict)
    count: int = 0
    act: Act | None = None
    article: str = ""
    comma: str = ""

    def keep(self, act: Act, leaf: Leaf) -> None:
        self.count += 1
        self.by_kind[act.kind] = (self.count, act)
        self.act = act
        if leaf[0]:
            self.article, self.comma = leaf[0], leaf[1]

    def last_of(self, kinds: Sequence[str]) -> Act | None:
        met = [self.by_kind[kind] for kind in kinds if kind in self.by_kind]
        return max(met, key=lambda one: one[0])[1] if met else None


@dataclass(frozen=True, slots=True)
class _Found:
    """Words that cite: a place, the act or what stands for it, its leaves."""

    start: int
    end: int
    leaves: tuple[Leaf, ...]
    act: Act | None = None
    reference: Reference | None = None
    back: str = ""


def find(text: str, *, issued_on: date | None = None) -> tuple[Citation, ...]:
    """Every norm cited in the text, in its order.

    `issued_on` is the day of the document: «il Codice» is the one the document itself defines, else
    that in force on this day, else nobody can tell and `act` is empty. Linear in the text.
    """
    acts = _apart(sorted(mentions(text), key=lambda one: (one.start, -one.end)))
    defined = definitions(text, acts)
    starts = [act.start for act in acts]
    referred = [one for one in references(text, defined) if not _inside(one, acts, starts)]
    targets = _merged(
        text, sorted([*acts, *_apart_references(referred)], key=lambda one: one.start)
    )
    for one in targets:
        if isinstance(one, Mention) and one.is_code:
            defined.setdefault("codice", one)
    return tuple(_told(text, _joined(text, targets), defined, issued_on))


def _apart(found: Sequence[Mention]) -> list[Mention]:
    """Of mentions that overlap, the first and longest."""
    kept: list[Mention] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _apart_references(found: Iterable[Reference]) -> list[Reference]:
    kept: list[Reference] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _inside(one: Reference, acts: Sequence[Mention], starts: Sequence[int]) -> bool:
    at = bisect_right(starts, one.start) - 1
    return at >= 0 and one.start < acts[at].end


def _joined(text: str, targets: Sequence[Target]) -> Iterator[_Found]:
    """Parts with the act on their right, else on their left; then what has no part."""
    pieces = sorted([*parts(text), *annexes(text)], key=lambda one: (one.start, -one.end))
    pieces = without_overlap(pieces)
    links = linked(text, pieces, targets)
    used: set[int] = set()
    found: list[_Found] = []
    for at, part in enumerate(pieces):
        where = links.get(at)
        if where is not None and is_annex(part) and not _is_of_code(targets[where]):
            where = None
        if where is None:
            if is_annex(part):
                found.append(_Found(part.start, part.end, part.leaves, act=named(PUBLIC_CONTRACTS)))
            continue
        used.add(where)
        target = targets[where]
        start, end = min(part.start, target.start), max(part.end, target.end)
        found.append(_linked(start, end, part, target))
    found += [
        _Found(one.start, one.end, one.leaves, back=one.to) for one in pointing_back(text, pieces)
    ]
    found += _bare(text, targets, used)
    return iter(sorted(found, key=lambda one: one.start))


def _merged(text: str, targets: Sequence[Target]) -> list[Target]:
    """«Codice dei contratti, approvato con d.lgs. 36/2023»: the name and the number are one."""
    kept: list[Target] = []
    for target in targets:
        before = kept[-1] if kept else None
        if (
            isinstance(before, Reference)
            and before.is_code
            and isinstance(target, Mention)
            and _ALIAS_GAP.fullmatch(text, before.end, target.start)
        ):
            kept[-1] = Mention(before.start, target.end, target.act, is_code=True)
            continue
        kept.append(target)
    return kept


def _linked(start: int, end: int, part: Part, target: Target) -> _Found:
    if is_annex(part):
        return _Found(start, end, part.leaves, act=named(PUBLIC_CONTRACTS))
    if isinstance(target, Mention):
        return _Found(start, end, part.leaves, act=target.act)
    return _Found(start, end, part.leaves, reference=target)


def _is_of_code(target: Target) -> bool:
    """Annexes with a roman number and a point are those of the Codice of 2023 only."""
    if isinstance(target, Mention):
        return target.act.name == PUBLIC_CONTRACTS
    return target.is_code


def _bare(text: str, targets: Sequence[Target], used: set[int]) -> Iterator[_Found]:
    """Acts cited without an article; a name beside its number is the same citation."""
    for at, target in enumerate(targets):
        if at in used or isinstance(target, Reference):
            continue
        if target.needs_part or _named_beside(text, targets, at):
            continue
        yield _Found(target.start, target.end, (("", "", ""),), act=target.act)


def _named_beside(text: str, targets: Sequence[Target], at: int) -> bool:
    target = targets[at]
    for other in (at - 1, at + 1):
        if not 0 <= other < len(targets):
            continue
        beside = targets[other]
        low, high = sorted((target, beside), key=lambda one: one.start)
        gap = high.start - low.end
        same = (
            isinstance(beside, Mention)
            and isinstance(target, Mention)
            and beside.act.name == target.act.name
        )
        if (
            same
            and other < at
            and 0 <= gap <= _ALIAS_REACH
            and _ALIAS_GAP.fullmatch(text, low.end, high.start)
        ):
            return True
    return False


def _told(
    text: str,
    found: Iterable[_Found],
    defined: Mapping[str, Mention],
    issued_on: date | None,
) -> Iterator[Citation]:
    memory = _Memory()
    for one in found:
        act, leaves = _resolved(one, memory, defined, issued_on)
        if act is None:
            continue
        for leaf in leaves:
            if act.name:
                memory.keep(act, leaf)
            yield _citation(text, one, act, leaf)


def _resolved(
    one: _Found, memory: _Memory, defined: Mapping[str, Mention], issued_on: date | None
) -> tuple[Act | None, tuple[Leaf, ...]]:
    if one.act:
        return one.act, one.leaves
    if one.back:
        return _remembered(one, memory)
    reference = one.reference
    if reference is None:
        return None, ()
    if reference.is_code:
        return _code(defined, issued_on), one.leaves
    if reference.word:
        return defined[reference.word].act, one.leaves
    return memory.last_of(reference.kinds), one.leaves


def _remembered(one: _Found, memory: _Memory) -> tuple[Act | None, tuple[Leaf, ...]]:
    if one.back == "act":
        return memory.act, one.leaves
    if not memory.article:
        return None, ()
    article, comma = memory.article, memory.comma
    if one.back == "comma":
        return memory.act, tuple((article, comma, letter) for _a, _c, letter in one.leaves)
    return memory.act, tuple((article, c, letter) for _a, c, letter in one.leaves)


def _code(defined: Mapping[str, Mention], issued_on: date | None) -> Act:
    """The Codice that the document defines, else the one of its day, else an act without name."""
    own = next((one.act for word, one in defined.items() if word.startswith("codice")), None)
    if own:
        return own
    if issued_on is None:
        return Act("", "", "codice", certain=False)
    name = next(
        (name for until, name in EARLIER_CODES if issued_on < date.fromisoformat(until)),
        PUBLIC_CONTRACTS,
    )
    return replace(named(name), certain=False)


def _citation(text: str, one: _Found, act: Act, leaf: Leaf) -> Citation:
    article, comma, letter = leaf
    urn = urn_of(act.urn, article)
    return Citation(
        text=text[one.start : one.end],
        start=one.start,
        end=one.end,
        act=act.name,
        article=article,
        comma=comma,
        letter=letter,
        urn=urn,
        url=url_of(urn),
        certain=act.certain and bool(act.name),
    )
