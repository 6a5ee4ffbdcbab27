"""Clauses: the parts of a document that can be addressed, each with its key.

A heading, an article and a comma are clauses; letters and bulleted points are not. The key is
the slug of the label where it first appears ("art-7", "art-7-c-2", "7-2"), unique in the
document; `keys.carry_keys` hands it on to the next version.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from casa.drafting.draft import Block, Clause, lay_out
from casa.drafting.labels import Mark, mark_of
from casa.drafting.limits import DEFAULT
from casa.drafting.text import slug

_CAPITALS = re.compile(r"([A-ZÀ-Ý][A-ZÀ-Ý0-9'’,./()& -]{3,100}?)\s*(?:[.:]|\s[-–—])\s+(?=\S)")
_NOTE_MARK = re.compile(r"\[\d{1,3}\]")
_BRACKETED = re.compile(r"[(\[]\s*([^()\[\]]+?)\s*[)\]]\.?")
_FIGURES = re.compile(r"\d+(?:\.\d+)*")
_LATIN_TAIL = re.compile(r"[\s.-]?[a-z]{3,}")
_MISSING_COMMAS = 3
UNNAMED = "parte"


@dataclass(slots=True)
class _Opening:
    """Where a clause begins, before its end is known."""

    block: int
    label: str
    heading: str
    level: int
    intro: str
    is_comma: bool = False


@dataclass(slots=True)
class _Place:
    """Which article or numbered heading we are inside, and how its commi are numbered."""

    label: str = ""
    digits: tuple[int, ...] = ()
    level: int = 0
    is_article: bool = False
    shape: str = ""
    depth: int = 0
    last: tuple[int, ...] = ()
    last_latin: str = ""
    listed: tuple[int, ...] = ()


def clauses_of(blocks: Sequence[Block], *, most: int = DEFAULT.clauses) -> tuple[Clause, ...]:
    """The clauses of the blocks, in order, with fresh unique keys; no more than `most`.

    Of a document with more, only headings and articles are clauses, and the last one holds the
    rest: no word is lost.
    """
    openings = list(_openings(blocks))
    if len(openings) > most:
        openings = [opening for opening in openings if not opening.is_comma][:most]
    text, spans = lay_out(blocks)
    ends = [opening.block - 1 for opening in openings[1:]] + [len(blocks) - 1]
    clauses = [
        _clause(opening, last=last, blocks=blocks, text=text, spans=spans)
        for opening, last in zip(openings, ends, strict=False)
    ]
    return with_unique_keys(clauses, taken=())


def fresh_key(clause: Clause) -> str:
    """The key that the label, or else the heading, gives by itself."""
    return slug(clause.label or clause.heading) or UNNAMED


def with_unique_keys(clauses: Iterable[Clause], *, taken: Iterable[str]) -> tuple[Clause, ...]:
    """Give a fresh key to every clause that has none, never one that is taken already."""
    used = set(taken)
    counts: dict[str, int] = {}
    keyed = []
    for clause in clauses:
        key = clause.key or _first_free(fresh_key(clause), used, counts)
        used.add(key)
        keyed.append(replace(clause, key=key))
    return tuple(keyed)


def _first_free(wanted: str, used: set[str], counts: dict[str, int]) -> str:
    """The name itself or with the next number; `counts` remembers how far each name has come."""
    count = counts.get(wanted, 1)
    key = wanted if count == 1 else f"{wanted}-{count}"
    while key in used:
        count += 1
        key = f"{wanted}-{count}"
    counts[wanted] = count
    return key


def _openings(blocks: Sequence[Block]) -> Iterable[_Opening]:
    place = _Place()
    for index, block in enumerate(blocks):
        mark = mark_of(block.number) if block.number else None
        if block.kind == "heading" or (block.kind == "item" and _is_article(mark)):
            opening = _section(index, block, mark)
            place = _entered(place, opening, mark)
            yield opening
        elif block.kind == "item" and mark is not None:
            before = blocks[index - 1].text if index else ""
            comma = _comma(index, block, mark, place=place, before=before)
            if comma is not None:
                yield comma


def _is_article(mark: Mark | None) -> bool:
    return mark is not None and mark.kind == "article"


def _section(index: int, block: Block, mark: Mark | None) -> _Opening:
    heading, intro = block.text, ""
    if block.kind == "item":
        heading, intro = _title_and_rule(block.text)
    label = mark.label if mark is not None and mark.kind != "bullet" else ""
    return _Opening(index, label, _plain(heading), max(1, block.level), intro)


def _plain(heading: str) -> str:
    """Without the marks of its notes, and without brackets around the whole: "(Requisiti)"."""
    heading = _NOTE_MARK.sub("", heading)
    bracketed = _BRACKETED.fullmatch(heading)
    return bracketed[1] if bracketed else heading


def _title_and_rule(text: str) -> tuple[str, str]:
    """ "OGGETTO – L'appalto ha per oggetto…" → the title and the rule that follows it."""
    found = _CAPITALS.match(text)
    return (found[1], text[found.end() :]) if found else ("", text)


def _entered(place: _Place, opening: _Opening, mark: Mark | None) -> _Place:
    if mark is not None and mark.kind in ("article", "decimal"):
        return _Place(opening.label, mark.digits, opening.level, mark.kind == "article")
    # a small title inside an article does not end the article
    inside = place.is_article and not opening.label and opening.level > place.level
    return place if inside else _Place(level=opening.level)


def _comma(index: int, block: Block, mark: Mark, *, place: _Place, before: str) -> _Opening | None:
    number = _comma_number(mark, place)
    if number is None:
        return None
    shape = _shape(block.number)
    if not place.shape:
        place.shape = "none" if before.endswith(":") and len(mark.digits) == 1 else shape
        place.depth = block.level
    deeper = len(number) == 1 and place.depth != block.level
    if place.shape != shape or deeper:
        return None
    if not _follows(number, mark.latin, place):
        place.listed = number
        return None
    place.last, place.last_latin = number, mark.latin
    return _Opening(
        index,
        _comma_label(mark, number, place),
        "",
        place.level + len(number),
        block.text,
        is_comma=True,
    )


def _comma_number(mark: Mark, place: _Place) -> tuple[int, ...] | None:
    """The number within the place: (2,) for "2.", "c. 2" or, inside article 7, for "7.2"."""
    above = place.digits
    if mark.kind not in ("comma", "decimal") or not mark.digits or not place.label:
        return None
    if len(mark.digits) > len(above) and mark.digits[: len(above)] == above:
        return mark.digits[len(above) :]
    return mark.digits if place.is_article and len(mark.digits) == 1 else None


def _shape(number: str) -> str:
    """How the number is written: a list "1) 2)" inside commi "1. 2." is told by this."""
    plain = _LATIN_TAIL.sub("", number)
    return _FIGURES.sub(lambda found: "n.n" if "." in found[0] else "n", plain).rstrip(". ")


def _follows(number: tuple[int, ...], latin: str, place: _Place) -> bool:
    """Commi count on; a number that goes back begins a list, and the list counts on first."""
    if place.listed and number == (*place.listed[:-1], place.listed[-1] + 1):
        return False
    if number == place.last:
        return bool(latin) and latin != place.last_latin
    before = place.last[0] if place.last else 0
    return number > place.last and number[0] <= before + _MISSING_COMMAS


def _comma_label(mark: Mark, number: tuple[int, ...], place: _Place) -> str:
    if not place.is_article:
        return mark.label
    figure = ".".join(str(part) for part in number)
    return f"{place.label}, c. {figure}" + (f"-{mark.latin}" if mark.latin else "")


def _clause(
    opening: _Opening,
    *,
    last: int,
    blocks: Sequence[Block],
    text: str,
    spans: Sequence[tuple[int, int]],
) -> Clause:
    start, end = spans[opening.block][0], spans[last][1]
    body = text[spans[opening.block][1] : end].strip()
    own = "\n\n".join(part for part in (opening.intro, body) if part)
    return Clause(
        key="",
        label=opening.label,
        heading=opening.heading,
        text=own,
        level=opening.level,
        start=start,
        end=end,
        page=blocks[opening.block].page,
        first_block=opening.block,
        last_block=last,
    )
