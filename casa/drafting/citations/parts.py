"""Where a text names articles, commi and letters: «commi 1 e 2 dell'art. 50», «artt. 94 e 95»."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casa.drafting.citations.numbers import LETTER, NUMBER, ORDINALS, expanded

_S = r" ?"
_SEP = rf"{_S}(?:,|;|\be/o\b|\bed?\b|\bo\b|\bnonch[eé]\b){_S}(?:\be{_S})?"


def _listed(one: str, following: str = "") -> str:
    following = following or one
    to = rf"{_S}(?:-|–|\bal?\b){_S}"
    return rf"(?:\bdal?{_S})?{one}(?:(?:{_SEP}|{to})(?:\bdal?{_S})?{following}){{0,60}}"


_COMMA_NUMBER = rf"{NUMBER}"
_END = r"(?![\w’'])(?!\.\w)"
_LETTER = rf"[«“\"']?\b{LETTER}(?:\)|[»”\"']\)?|\b){_END}"
_NEXT_LETTER = rf"[«“\"']?\b(?:{LETTER}(?:\)|[»”\"']\)?)|(?![eoan]\b){LETTER}\b(?!\.?\s*\d)){_END}"
_COMMA_WORDS = (
    rf"(?:comm[ai]|co\.?|cc\.|c\.?|paragraf[oi]|par\.|§){_S}(?P<c>{_listed(_COMMA_NUMBER)})"
    rf"|(?P<co>{'|'.join(ORDINALS)}|ultimo){_S}(?:comma|paragrafo)"
    rf"|(?P<cd>\d{{1,2}})[°º]{_S}comma"
)
_COMMA = re.compile(rf"{_S},?{_S}(?:e{_S})?(?:al{_S}|dal{_S})?(?:{_COMMA_WORDS})", re.IGNORECASE)
_COMMA_OF_MANY = re.compile(
    rf"{_S},?{_S}(?:comm[ai]|co\.?|cc\.|c\.|paragraf[oi]|par\.){_S}"
    rf"(?P<c>{NUMBER}(?:(?:{_S},{_S}(?!e\b)|{_S}(?:e|ed|o|a|-|–){_S}){NUMBER}(?={_S}(?:,|e\b)))*)"
    r"(?P<co>)(?P<cd>)",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    rf"{_S},?{_S}(?:alla{_S}|alle{_S})?(?:lett(?:er[ae])?\b\.?){_S}"
    rf"(?P<l>{_listed(_LETTER, _NEXT_LETTER)})",
    re.IGNORECASE,
)
_POINTS = re.compile(
    rf"{_S},?{_S}(?:(?:numer[oi]|nn?\.|punt[oi]|sub\.?){_S}\d{{1,2}}(?:\.\d)?(?:{_SEP}\d{{1,2}})*\)?|"
    rf"(?:{'|'.join(ORDINALS)}|ultimo){_S}(?:periodo|capoverso|alinea))",
    re.IGNORECASE,
)
_ARTICLES = re.compile(
    rf"(?P<many>articoli|artt\.?)?(?:articolo|art\.|art\b)?{_S}(?:n\.{_S})?(?P<a>{_listed(NUMBER)})"
    rf"(?P<ff>{_S},?{_S}(?:e{_S}ss(?:\.|gg?\.)|e{_S}seguenti|ss\.))?",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"{_SEP}(?P<a>{NUMBER})(?={_S},?{_S}(?:comm|c\.|co\.|del|d\.|l\.|lett|legge|decreto|primo|secondo))",
    re.IGNORECASE,
)
_AGAIN = re.compile(
    rf"{_SEP}(?P<c>{NUMBER})(?={_S}(?:,|;|\)|del|e\b|lett))(?P<co>)(?P<cd>)", re.IGNORECASE
)
"""«commi 1, 6, lettera d), e 10»: after a letter, a comma again."""
_SEVERAL = re.compile(rf"{_S},?{_S}(?:e{_S})?(?:commi|cc\.)", re.IGNORECASE)
_INSIDE_BRACKETS = re.compile(rf"{_S}\((?=(?:comm[ai]|co\.|cc\.|c\.|lett))", re.IGNORECASE)
_MORE_AFTER_BRACKETS = re.compile(
    rf"{_SEP}(?P<a>{NUMBER})(?!{_S}(?:giorni|mesi|anni|euro|%|per{_S}cento|/))", re.IGNORECASE
)
_HEAD = re.compile(
    r"(?<![\w.])(?:articol[oi]|artt?\.|art)(?=[\s\u00a0]*(?:dal?\s+)?(?:n\.\s*)?\d)", re.IGNORECASE
)
_OF = (
    rf"{_S},?{_S}(?:del{_S}|dell['’]{_S}|di{_S}cui{_S}all?['’]?{_S}|degli{_S}|dello{_S}|dei{_S}"
    rf"|al{_S})"
)
_BEFORE_COMMA = re.compile(rf"(?<!\w)(?:{_COMMA_WORDS})(?:{_OF}|{_S},{_S})$", re.IGNORECASE)
_BEFORE_THAT = re.compile(rf"(?<!\w)(?:{_COMMA_WORDS}){_S},?{_S}$", re.IGNORECASE)
_BEFORE_LETTER = re.compile(
    rf"(?<!\w)lett(?:er[ae])?\b\.?{_S}(?P<l>{_listed(_LETTER, _NEXT_LETTER)})(?:{_OF}|{_S},?{_S})$",
    re.IGNORECASE,
)
_BEHIND = 70
_MOST_ROUNDS, _MOST_LEAVES = 12, 100
"""No norm is cited at such length: beyond it somebody makes work for the machine."""
_OPENED = re.compile(r"\((?:comm|c|lett)", re.IGNORECASE)
ANNEX = re.compile(
    r"(?<!\w)(?:allegat[oi]|all\.)[\s\u00a0]*(?P<x>(?-i:[IVX]+)\.\d{1,2}(?:-bis)?)", re.IGNORECASE
)

Leaf = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Part:
    """Articles named in one breath, each with its comma and letter: («50», «1», «b»)."""

    start: int
    end: int
    leaves: tuple[Leaf, ...]


def parts(text: str) -> Iterator[Part]:
    """Every mention of articles, in the order of the text."""
    reached = 0
    for head in _HEAD.finditer(text):
        if head.start() >= reached:
            part = _part(text, head.start(), reached)
            if part:
                reached = part.end
                yield part


def _part(text: str, at: int, low: int) -> Part | None:
    head = _ARTICLES.match(text, at)
    if not head or not head["a"]:
        return None
    articles, end = expanded(head["a"]), head.end()
    start, commas, letters = _before(text, at, low)
    leaves: list[Leaf] = [(article, "", "") for article in articles[:-1]]
    inner, end = scan_inside(text, end, many=bool(head["many"]))
    if not inner:
        inner = _combined(commas, letters)
    leaves += [(articles[-1], comma, letter) for comma, letter in inner]
    further = _MORE_AFTER_BRACKETS if head["many"] and _closed(text, at, end) else _MORE
    for _ in range(_MOST_ROUNDS):
        if not (more := further.match(text, end)):
            break
        inner, end = scan_inside(text, more.end(), many=True)
        article = expanded(more["a"])[0]
        leaves += [(article, comma, letter) for comma, letter in inner or [("", "")]]
    return Part(start, end, tuple(leaves[:_MOST_LEAVES]))


def _closed(text: str, start: int, end: int) -> bool:
    """Whether the commi stand in brackets: then the list of articles goes on behind them."""
    return text[end - 1] == ")" and bool(_OPENED.search(text, start, end))


def scan_inside(text: str, at: int, *, many: bool = False) -> tuple[list[tuple[str, str]], int]:
    """The commi and letters that follow an article, and where they end.

    Of `many` articles, «comma 3, e 17» names one comma and then another article.
    """
    if opened := _INSIDE_BRACKETS.match(text, at):
        bracketed, end = scan_inside(text, opened.end())
        return bracketed, end + (text[end : end + 1] == ")")
    found: list[tuple[str, str]] = []
    several = bool(_SEVERAL.match(text, at))
    for turn in range(_MOST_ROUNDS):
        comma = _comma(text, at, many=many, again=bool(turn) and several and not many)
        commas = commas_of(comma) if comma else []
        at = comma.end() if comma else at
        at = _past_points(text, at)
        letters = _LETTERS.match(text, at)
        at = letters.end() if letters else at
        if not comma and not letters:
            break
        found += _combined(commas, expanded(letters["l"]) if letters else [])
        at = _past_points(text, at)
    return found, at


def _comma(text: str, at: int, *, many: bool, again: bool) -> re.Match[str] | None:
    found = (_COMMA_OF_MANY.match(text, at) if many else None) or _COMMA.match(text, at)
    return found or (_AGAIN.match(text, at) if again else None)


def commas_of(match: re.Match[str]) -> list[str]:
    """The numbers of the commi, whether in figures or in words."""
    if match["c"]:
        return expanded(match["c"])
    if match["cd"]:
        return [match["cd"]]
    word = match["co"].lower()
    return [str(ORDINALS.index(word) + 1)] if word in ORDINALS else ["ultimo"]


def _combined(commas: list[str], letters: list[str]) -> list[tuple[str, str]]:
    """Letters belong to the last comma."""
    if not letters:
        return [(comma, "") for comma in commas] or [("", "")][: not commas]
    last = commas[-1] if commas else ""
    return [(comma, "") for comma in commas[:-1]] + [(last, letter) for letter in letters]


def _past_points(text: str, at: int) -> int:
    for _ in range(_MOST_ROUNDS):
        if not (points := _POINTS.match(text, at)):
            break
        at = points.end()
    return at


def _before(text: str, at: int, low: int) -> tuple[int, list[str], list[str]]:
    """Commi and letters that stand before: «lett. b) del comma 1 dell'art. 50»; not below `low`."""
    commas: list[str] = []
    letters: list[str] = []
    low = max(low, at - _BEHIND)
    if comma := _last(_BEFORE_COMMA, text, low, at):
        commas, at = commas_of(comma[0]), comma[1]
    if letter := _last(_BEFORE_LETTER, text, low, at):
        letters, at = expanded(letter[0]["l"]), letter[1]
    if letters and not commas and (comma := _last(_BEFORE_THAT, text, low, at)):
        commas, at = commas_of(comma[0]), comma[1]
    return at, commas, letters


_STARTS = re.compile(
    rf"(?<!\w)(?:comm[ai]|co\.|cc\.|c\.|par|§|lett|{'|'.join(ORDINALS)}|ultimo|\d{{1,2}}[°º])",
    re.IGNORECASE,
)


def _last(
    pattern: re.Pattern[str], text: str, low: int, at: int
) -> tuple[re.Match[str], int] | None:
    """The pattern where it ends at `at`, wherever from `low` on it begins."""
    window = text[low:at]
    for begun in _STARTS.finditer(window):
        if match := pattern.match(window, begun.start()):
            return match, low + begun.start()
    return None
