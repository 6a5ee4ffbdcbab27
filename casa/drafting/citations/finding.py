"""Finding citations: acts and articles are found apart, then joined by the words between them."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, islice
from typing import TypeVar

from casa.drafting.citations.acts import PUBLIC_CONTRACTS, Act, Mention, named
from casa.drafting.citations.citation import Citation, url_of, urn_of
from casa.drafting.citations.linking import Target, annexes, is_annex, linked, without_overlap
from casa.drafting.citations.mentions import mentions
from casa.drafting.citations.parts import Part, parts
from casa.drafting.citations.places import pointing_back
from casa.drafting.citations.referring import Reference, definitions, references
from casa.drafting.citations.resolving import Found, resolved
from casa.drafting.citations.squeezing import Squeezed, squeezed

_ALIAS_GAP = re.compile(
    r"[ ,()\[–:«»“”\"'-]*(?:(?:approvato con|di cui al|recante|cioè|ossia|il|di seguito|"
    r"nel seguito|in seguito|c\.d\.|cd\.|anche)[ ,:«»“”\"']*)*",
    re.IGNORECASE,
)
_ALIAS_REACH = 60
_FEWEST, _DENSEST = 1_000, 10
_Placed = TypeVar("_Placed", Mention, Reference)


def find(text: str, *, issued_on: date | None = None) -> tuple[Citation, ...]:
    """Every norm cited in the text, in its order.

    `issued_on` is the day of the document: «il Codice» is the one the document itself defines, else
    that in force on this day, else nobody can tell and `act` is empty. Linear in the text, and of
    a text made of ranges («artt. 1-59») no more than one citation for each ten signs is told.
    """
    read = squeezed(text)
    acts = _apart(mentions(read.text))
    defined = definitions(read.text, acts)
    targets = _targets(read.text, acts, references(read.text, defined))
    for one in targets:
        if isinstance(one, Mention) and one.is_code:
            defined.setdefault("codice", one)
    found = _joined(read.text, targets)
    told = (_told(text, read, one, act) for one, act in resolved(found, defined, issued_on))
    return tuple(islice(chain.from_iterable(told), _FEWEST + len(text) // _DENSEST))


def _apart(found: Iterable[_Placed]) -> list[_Placed]:
    """Of mentions that overlap, the first and longest."""
    kept: list[_Placed] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def _targets(text: str, acts: Sequence[Mention], referred: Iterable[Reference]) -> list[Target]:
    """Acts and the words that stand for them, in the order of the text."""
    starts = [act.start for act in acts]

    def is_free(one: Reference) -> bool:
        at = bisect_right(starts, one.start) - 1
        return at < 0 or one.start >= acts[at].end

    free = _apart(one for one in referred if is_free(one))
    return _merged(text, sorted([*acts, *free], key=lambda one: one.start))


def _merged(text: str, targets: Iterable[Target]) -> list[Target]:
    """A name and the number beside it are one: «Codice dei contratti (d.lgs. 36/2023)»."""
    kept: list[Target] = []
    for target in targets:
        if kept and isinstance(target, Mention) and _is_code_beside(text, kept[-1], target):
            kept[-1] = Mention(kept[-1].start, target.end, target.act, is_code=True)
        elif kept and isinstance(target, Mention) and _is_named_again(text, kept[-1], target):
            kept[-1] = Mention(kept[-1].start, target.end, target.act)
        else:
            kept.append(target)
    return kept


def _is_code_beside(text: str, before: Target, target: Mention) -> bool:
    return isinstance(before, Reference) and before.is_code and _are_one(text, before, target)


def _are_one(text: str, before: Target, after: Target) -> bool:
    gap = after.start - before.end
    return gap <= _ALIAS_REACH and bool(_ALIAS_GAP.fullmatch(text, before.end, after.start))


def _joined(text: str, targets: Sequence[Target]) -> list[Found]:
    """Parts with the act on their right, else on their left; then what has no part."""
    articles = list(parts(text))
    inside = annexes(text, articles)
    pieces = without_overlap(sorted([*articles, *inside], key=lambda one: (one.start, -one.end)))
    links = _links(text, pieces, targets)
    own = {pieces[at].end for at in links}
    backs = [one for one in pointing_back(text, pieces) if one.end not in own]
    told = {one.end for one in backs}
    found = [Found(one.start, one.end, one.leaves, back=one.to) for one in backs]
    found += [
        _linked(part, links.get(at))
        for at, part in enumerate(pieces)
        if at in links or part.end not in told
    ]
    found += _bare(targets, {target.start for target in links.values()})
    return sorted(found, key=lambda one: one.start)


def _links(text: str, pieces: Sequence[Part], targets: Sequence[Target]) -> dict[int, Target]:
    """The act of each part, by its index; annexes are those of the Codice only."""
    links = ((at, targets[where]) for at, where in linked(text, pieces, targets).items())
    return {at: target for at, target in links if not is_annex(pieces[at]) or _is_of_code(target)}


def _linked(part: Part, target: Target | None) -> Found:
    """An annex is the Codice's even with no act beside it."""
    if is_annex(part):
        return _found(part, target or part, act=named(PUBLIC_CONTRACTS))
    if target is None:
        return Found(part.start, part.end, part.leaves)
    if isinstance(target, Mention):
        return _found(part, target, act=target.act)
    return _found(part, target, reference=target)


def _found(
    part: Part, other: Target | Part, act: Act | None = None, reference: Reference | None = None
) -> Found:
    start, end = min(part.start, other.start), max(part.end, other.end)
    return Found(start, end, part.leaves, act=act, reference=reference)


def _is_of_code(target: Target) -> bool:
    """Annexes with a roman number and a point are those of the Codice of 2023 only."""
    if isinstance(target, Mention):
        return target.act.name == PUBLIC_CONTRACTS
    return target.is_code


def _bare(targets: Sequence[Target], used: set[int]) -> Iterator[Found]:
    """Acts cited without an article; a name beside its number is the same citation."""
    for target in targets:
        if target.start in used or isinstance(target, Reference) or target.needs_part:
            continue
        yield Found(target.start, target.end, (("", "", ""),), act=target.act)


def _is_named_again(text: str, before: Target, target: Mention) -> bool:
    same = isinstance(before, Mention) and before.act.name == target.act.name
    return same and _are_one(text, before, target)


def _told(text: str, read: Squeezed, one: Found, act: Act) -> Iterator[Citation]:
    start, end = read.span(one.start, one.end)
    words = text[start:end]
    for article, comma, letter in one.leaves:
        urn = urn_of(act.urn, article)
        yield Citation(
            text=words,
            start=start,
            end=end,
            act=act.name,
            article=article,
            comma=comma,
            letter=letter,
            urn=urn,
            url=url_of(urn),
            certain=act.certain and bool(act.name),
        )
