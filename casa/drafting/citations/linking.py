"""Joining articles to acts by the words that stand between them, and articles to their annexes."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from casa.drafting.citations.acts import Mention
from casa.drafting.citations.parts import ANNEX, Leaf, Part
from casa.drafting.citations.referring import Reference

_S = r" ?"
_OF = (
    r"(?:del(?:la|lo|l['’]|le|l|i)?|dell['’]|dello|degli|dei|di\s+cui\s+al(?:la|lo|l['’]|le)?|"
    r"al(?:la|lo|l['’])?|dal(?:la|lo|l['’])?|ex|sul|nel(?:la)?)"
)
_LATER = (
    rf"(?:e{_S})?(?:ss?\.?{_S}mm?\.?{_S}ii?\.?"
    rf"|successive\s+modific\w+(?:\s+e[dt]?\s+integrazioni)?){_S}"
)
_TO_ACT = re.compile(
    rf"{_S}(?:\([^()\x00]{{0,80}}\){_S})?[,(–-]?{_S}(?:{_LATER},?{_S})?(?:{_OF}{_S})?"
    r"(?:(?:decreto|legge|codice|testo\s+unico|regolamento|direttiva)\s+[\w’' ]{1,50}\(\s*)?"
    r"(?:(?:citat|predett|medesim|richiamat|(?:pre)?vigent|suddett|nuov|vecchi|abrogat|anzidett|sopra\s+citat)[oaei]?\s+)?"
    rf"(?:cd\.\s+|c\.d\.\s+)?[«“\"']?{_S}",
    re.IGNORECASE,
)
_TITLE = r"(?:[«“\"][^«»“”\"\x00]{1,160}[»”\"])?"
_OF_EUROPE = (
    r"(?:(?:del\s+Parlamento\s+europeo(?:\s+e\s+del\s+Consiglio)?|del(?:la)?\s+(?:Consiglio|Commissione))"
    r"(?:,?\s+del\s+\d{1,2}\s+\w{5,9}\s+\d{4})?)?"
)
_FROM_ACT = re.compile(
    rf"{_S}(?:[)»”\"\]]{_S})?(?:\([^()]{{0,60}}\){_S})?{_OF_EUROPE}{_TITLE}{_S}[,(:–-]?{_S}(?:{_LATER},?{_S})?"
    r"(?:(?:ed?\s+)?(?:all['’]|agli|in\s+particolare(?:\s+l['’]|\s+gli)?|in\s+specie|segnatamente|l['’]|gli)\s*)?",
    re.IGNORECASE,
)
_BETWEEN_PARTS = re.compile(
    rf"{_S}(?:,|;|e|ed|o|nonch[eé]|,\s*e|,\s*nonch[eé]){_S}"
    r"(?:(?:la )?tabell[ae] \w{1,3} )?(?:(?:a )?quell[aeio] )?"
    r"(?:(?:del(?:l['’]|lo|gli)?|dell['’]|dall['’]|all['’]|agli|gli|l['’]|dagli|degli|di\s+cui\s+all['’])\s*)?",
    re.IGNORECASE,
)
_CONVERTING = 60
_REACH = 1_000
TOUCHING = re.compile(r" ?[,(:–-]? ?")

Target = Mention | Reference


def is_annex(part: Part) -> bool:
    return part.leaves[0][0].startswith("all. ")


def annexes(text: str, articles: Sequence[Part]) -> Iterator[Part]:
    """«All. II.14», «art. 3 dell'Allegato II.14»: annexes of the Codice, and only of that."""
    ends = [part.end for part in articles]
    starts = [part.start for part in articles]
    for match in ANNEX.finditer(text):
        name = f"all. {match['x']}"
        before = bisect_right(ends, match.start()) - 1
        after = bisect_left(starts, match.end())
        if before >= 0 and _TO_ACT.fullmatch(text, ends[before], match.start()):
            inside = articles[before]
            yield Part(inside.start, match.end(), _within(name, inside))
        elif after < len(starts) and TOUCHING.fullmatch(text, match.end(), starts[after]):
            inside = articles[after]
            yield Part(match.start(), inside.end, _within(name, inside))
        else:
            yield Part(match.start(), match.end(), ((name, "", ""),))


def _within(annex: str, part: Part) -> tuple[Leaf, ...]:
    return tuple(
        (f"{annex} art. {article}", comma, letter) for article, comma, letter in part.leaves
    )


def without_overlap(pieces: Sequence[Part]) -> list[Part]:
    """An article inside an annex goes with it."""
    kept: list[Part] = []
    for piece in pieces:
        if kept and piece.start < kept[-1].end:
            if piece.end > kept[-1].end and is_annex(piece):
                kept[-1] = piece
            continue
        kept.append(piece)
    return kept


def linked(text: str, pieces: Sequence[Part], targets: Sequence[Target]) -> dict[int, int]:
    """Which target each part belongs to: index of part → index of target."""
    found: dict[int, int] = {}
    at = 0
    for place, part in enumerate(pieces):
        while at < len(targets) and targets[at].start < part.end:
            at += 1
        if at < len(targets) and _TO_ACT.fullmatch(text, part.end, targets[at].start):
            found[place] = at
    for place in range(len(pieces) - 2, -1, -1):
        if place in found or place + 1 not in found or is_annex(pieces[place]):
            continue
        joined = _BETWEEN_PARTS.fullmatch(text, pieces[place].end, pieces[place + 1].start)
        if joined and _near(pieces[place], targets[found[place + 1]]):
            found[place] = found[place + 1]
    _link_leftwards(text, pieces, targets, found)
    return found


def _near(part: Part, target: Target) -> bool:
    """A list of articles may be long, but has an end."""
    return max(part.end, target.end) - min(part.start, target.start) <= _REACH


def _link_leftwards(
    text: str, pieces: Sequence[Part], targets: Sequence[Target], links: dict[int, int]
) -> None:
    at = -1
    for place, part in enumerate(pieces):
        if place in links:
            continue
        while at + 1 < len(targets) and targets[at + 1].end <= part.start:
            at += 1
        if at >= 0 and _FROM_ACT.fullmatch(text, targets[at].end, part.start):
            links[place] = at - 1 if _converts(text, targets, at) else at
        elif place - 1 in links and _BETWEEN_PARTS.fullmatch(
            text, pieces[place - 1].end, part.start
        ):
            before = links[place - 1]
            if targets[before].end <= pieces[place - 1].start and _near(part, targets[before]):
                links[place] = before


def _converts(text: str, targets: Sequence[Target], at: int) -> bool:
    """A law that converts the decree before it: articles named after both are the decree's."""
    if at == 0 or not all(isinstance(one, Mention) for one in targets[at - 1 : at + 1]):
        return False
    between = text[targets[at - 1].end : targets[at].start]
    return len(between) <= _CONVERTING and bool(re.search(r"\bconv", between, re.IGNORECASE))
