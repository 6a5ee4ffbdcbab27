"""Words that point to a place cited before: «medesimo articolo», «stesso comma», «ibidem»."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casa.drafting.citations.linking import TOUCHING
from casa.drafting.citations.numbers import expanded
from casa.drafting.citations.parts import Leaf, Part, commas_of, scan_inside

_SAME_PLACE = re.compile(
    r"(?<!\w)(?:(?:(?P<same>medesim|stess|citat|predett|suddett|richiamat)[oa] "
    r"(?:(?P<article>articolo|art\.)|(?P<comma>comma)))|(?P<there>ibidem|(?P<ivi>ivi))(?!\w))",
    re.IGNORECASE,
)
_COMMA_BEFORE = re.compile(
    r"(?<!\w)(?:comm[ai]|co\.|c\.) ?(?P<c>[\d ,ebistrquainoa-]{1,24}?) "
    r"(?:del(?:lo|l)?|di cui al(?:lo)?) ?$"
    r"|(?P<co>primo|secondo|terzo|quarto|quinto|ultimo) comma (?:del(?:lo)?) ?$"
    r"|(?P<cd>\d)[°º] ?comma (?:del(?:lo)?) ?$",
    re.IGNORECASE,
)
_LETTER_BEFORE = re.compile(
    r"(?<!\w)lett(?:er[ae])?\b\.? ?(?P<l>[a-z]{1,2}\)?(?:(?:,| e) [a-z]{1,2}\))*) ?"
    r"(?:dello|del|di cui allo|di cui al|,) ?$",
    re.IGNORECASE,
)
_BEHIND = 60
_SAME_ACT = re.compile(
    r",? (?:de(?:llo|l|lla) (?:stess|medesim)[oa]|ibidem)(?= ?(?:[.,;:)]|$))", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Back:
    """A place that points back to the last act, article or comma, or the article named before."""

    start: int
    end: int
    leaves: tuple[Leaf, ...]
    to: str


def pointing_back(text: str, pieces: Sequence[Part]) -> Iterator[Back]:
    """«comma 3 del medesimo articolo», «ibidem, comma 4», «predetto articolo 416-bis»."""
    starts = [part.start for part in pieces]
    behind = list(_with_act_behind(text, pieces))
    yield from behind
    taken = {back.end for back in behind}
    for match in _SAME_PLACE.finditer(text):
        if match.end() in taken:
            continue
        after = match.start("article") if match["article"] else match.end()
        at = bisect_left(starts, after)
        part = pieces[at] if at < len(starts) else None
        if match["article"] and part and part.start == after:
            yield Back(match.start(), part.end, part.leaves, to="named")
        elif match["there"] and part and TOUCHING.fullmatch(text, after, part.start):
            yield Back(match.start(), part.end, part.leaves, to="act")
        elif back := _to_comma(text, match) if match["comma"] else _to_article(text, match):
            yield back


def _with_act_behind(text: str, pieces: Sequence[Part]) -> Iterator[Back]:
    """«articolo 106 dello stesso», «art. 41, co. 14, ibidem»: of the act cited last."""
    for part in pieces:
        if match := _SAME_ACT.match(text, part.end):
            yield Back(part.start, match.end(), part.leaves, to="act")


def _to_comma(text: str, match: re.Match[str]) -> Back | None:
    """Told only with a letter: «al medesimo comma» alone cites nothing new."""
    start = match.start()
    inner, end = scan_inside(text, match.end())
    letters = [letter for _comma, letter in inner if letter]
    if not letters:
        letters, start = _letters_before(text, start)
    leaves = tuple(("", "", letter) for letter in letters)
    return Back(start, end, leaves, to="comma") if leaves else None


def _to_article(text: str, match: re.Match[str]) -> Back | None:
    """«ivi» alone is an everyday word («ivi compresi»)."""
    start = match.start()
    inner, end = scan_inside(text, match.end())
    if match["ivi"] and not inner:
        return None
    if not inner and (before := _COMMA_BEFORE.search(text, max(0, start - _BEHIND), start)):
        commas = commas_of(before)
        letters, start = _letters_before(text, before.start())
        inner = [(comma, "") for comma in commas[:-1]]
        inner += [(commas[-1], letter) for letter in letters or [""]]
    leaves = tuple(("", comma, letter) for comma, letter in inner or [("", "")])
    return Back(start, end, leaves, to="article")


def _letters_before(text: str, at: int) -> tuple[list[str], int]:
    """The letters named right before a place, and where their words begin."""
    before = _LETTER_BEFORE.search(text, max(0, at - _BEHIND), at)
    return (expanded(before["l"]), before.start()) if before else ([], at)
