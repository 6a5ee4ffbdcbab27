"""Legal references in one spelling, so that «art 50 dlgs 36/2023» finds what a text writes out.

Texts and queries become the same words: `dlgs-36-2023` for an act, `art-50@dlgs-36-2023` for its
article, `art-50-c-1-l-b@…` for a comma and a letter; the same without `@…` where the act is not
named. This is no grammar of citations: what is not understood simply gives no word.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casa.search.italian import fold

MOST_ARTICLES = 12
CENTURY = 40
"""Two digits from 40 up are of the last century."""
WELL_KNOWN = {"tuel": "dlgs-267-2000", "gdpr": "reg-679-2016", "cad": "dlgs-82-2005"}
"""Acts that have a name of their own, read as such only beside an article."""

_KINDS = {
    "dlgs": r"d\.?\s?lgs\.?|d\.?\s?lg\.|d\.?\s?leg\.(?:vo)?|d\.?\s?l\.?vo|decreto\s+legislativo",
    "dpcm": r"d\.?p\.?c\.?m\.?",
    "dpr": r"d\.?\s?p\.?\s?r\.?|decreto\s+del\s+presidente\s+della\s+repubblica",
    "dm": r"d\.?\s?m\.?|decreto\s+ministeriale",
    "dl": r"d\.?\s?l\.?|decreto[\s-]legge",
    "lr": r"l\.?\s?r\.?|legge\s+regionale",
    "l": r"l\.?|legge",
    "rd": r"r\.?\s?d\.?|regio\s+decreto",
    "dir": r"direttiva|dir\.",
    "reg": r"regolamento|reg\.",
}
_MONTHS = "gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic"
_DAY = rf"\d{{1,2}}(?:°|º)?\s+(?:{_MONTHS})[a-z]*\.?\s+|\d{{1,2}}[./-]\d{{1,2}}[./-]"
_NUMBER = r"(?:n\s?[.°º]?\s?|nr\.?\s?|num\.?\s?|numero\s)?"
_KIND = "|".join(f"(?P<{name}>{spelling})" for name, spelling in _KINDS.items())
_ACT = (
    rf"(?:{_KIND})\s?(?:\(?(?:ue|ce|cee)\)?\s?)?(?:"
    rf"(?:del\s+)?(?:{_DAY})(?P<year2>\d{{4}})\s?,?\s?(?:n\s?[.°º]?|nr\.?|numero)\s?(?P<number2>\d{{1,4}})"
    rf"|{_NUMBER}(?P<number>\d{{1,4}})\s?(?:/\s?|\s?del(?:l['’]anno)?\s+(?:{_DAY})?|(?=\s(?:19|20)\d\d))"
    r"\s?(?P<year>\d{1,4})(?!\d)(?:/(?:ue|ce|cee))?"
    r")(?!\d)"
    r"|(?P<name>tuel|gdpr|cad)(?![^\W_])"
)


def _latin_part(place: int) -> str:
    endings = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies"
    return rf"(?:[\s-]?(?P<latin{place}>{endings})(?![^\W_]))?"


def _comma_part(place: int) -> str:
    spelling = r"(?:comma|commi|co\.?|c\.?)"
    return rf"{spelling}\s?(?P<comma{place}>\d{{1,3}}){_latin_part(place)}"


def _letter_part(place: int) -> str:
    return rf"(?:lettera|lett\.?|let\.?|l\.)\s?(?P<letter{place}>[a-z])(?![a-z])\)?"


_GAP = r"[\s,]{0,3}"
_ARTICLE = (
    rf"(?:(?:{_letter_part(1)}{_GAP}(?:del\s+)?)?{_comma_part(1)}{_GAP}"
    rf"(?:{_letter_part(2)}{_GAP})?(?:dell['’]|all['’]|dell\s)?)?"
    rf"art(?:icol[oi]|t)?\b\.?\s?(?:n\.?\s?)?(?P<article>\d{{1,4}}){_latin_part(3)}"
    r"(?P<more>(?:\s?(?:,|e|ed)\s?\d{1,4}(?![\d/]))*)"
    rf"(?:[\s,.]{{0,3}}{_comma_part(4)})?(?:{_GAP}{_letter_part(5)})?"
)
_FIND_ACT = re.compile(rf"(?<![^\W_])(?=[drltgc])(?:{_ACT})")
_FIND_ARTICLE = re.compile(rf"(?<![^\W_])(?:{_ARTICLE})")
_YEARS = re.compile(r"1[89]\d\d|20\d\d|/\d\d|/\s\d\d|el\s\d\d(?!\d)|nno\s\d\d(?!\d)|tuel|gdpr|cad")
"""What every act has: a year, or a name of its own. Each way begins with a letter or a digit, which
is what makes it quick."""
_ARTICLES = re.compile(r"art(?:icol[oi]|t)?\b")
_FULL_YEAR = re.compile(r"(?:18|19|20)\d\d")
_JOINT = re.compile(r"[\s,;:)–-]{0,3}(?:(?:del(?:la|lo)?|dell['’]|di\s+cui\s+al(?:la)?|ex)\s?)?$")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference in a text: where it stands and its words, the most precise first."""

    start: int
    end: int
    tokens: tuple[str, ...]
    act: str


def references_in(text: str) -> list[Reference]:
    """The references of a text, in order."""
    folded = fold(text)
    acts = [
        _Found(found.start(), found.end(), act, named=bool(found["name"]))
        for found in _all(_FIND_ACT, folded, near=_YEARS, before=75, after=40)
        if (act := _act(found))
    ]
    articles = list(_all(_FIND_ARTICLE, folded, near=_ARTICLES, before=80, after=150))
    return list(_joined(folded, acts, articles))


def _all(
    pattern: re.Pattern[str], text: str, *, near: re.Pattern[str], before: int, after: int
) -> Iterator[re.Match[str]]:
    """What matches near something that is quickly found: texts are long, references few."""
    begun, end = 0, -1
    for place in near.finditer(text):
        start = max(0, place.start() - before)
        if start > end:
            yield from pattern.finditer(text, begun, max(end, 0))
            begun = start
        end = place.end() + after
    yield from pattern.finditer(text, begun, max(end, 0))


def tokens_in(text: str) -> set[str]:
    """Every word of every reference: what the index keeps of a text."""
    kept: set[str] = set()
    for reference in references_in(text):
        kept.update(reference.tokens)
        kept.update(token.partition("@")[0] for token in reference.tokens)
        kept.update({reference.act} - {""})
    return kept


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    act: str
    named: bool


def _joined(text: str, acts: list[_Found], articles: list[re.Match[str]]) -> Iterator[Reference]:
    """Articles with the act that follows them, else the one just before; acts that stand alone."""
    taken: set[int] = set()
    found: list[Reference] = []
    for article in articles:
        place = _act_after(text, acts, article.end())
        place = _act_before(text, acts, article.start()) if place is None else place
        act = acts[place] if place is not None else None
        start, end = article.span()
        if act is not None and place is not None:
            taken.add(place)
            start, end = min(start, act.start), max(end, act.end)
        name = act.act if act else ""
        found.append(Reference(start, end, _words(article, name), name))
    for place, act in enumerate(acts):
        if place not in taken and not act.named:
            found.append(Reference(act.start, act.end, (act.act,), act.act))
    yield from sorted(found, key=lambda reference: reference.start)


def _act_after(text: str, acts: list[_Found], end: int) -> int | None:
    for place, act in enumerate(acts):
        if act.start >= end:
            return place if _JOINT.fullmatch(text[end : act.start]) else None
    return None


def _act_before(text: str, acts: list[_Found], start: int) -> int | None:
    for place in range(len(acts) - 1, -1, -1):
        if acts[place].end <= start:
            return place if _JOINT.fullmatch(text[acts[place].end : start]) else None
    return None


def _act(found: re.Match[str]) -> str:
    """The canonical act; empty where number and year cannot be told apart."""
    if name := found["name"]:
        return WELL_KNOWN[name]
    kind = next(name for name in _KINDS if found[name])
    number, year = found["number"] or found["number2"], found["year"] or found["year2"]
    if kind in {"dir", "reg"} and _FULL_YEAR.fullmatch(number):
        number, year = year, number  # «2014/24/UE» says the year first
    full = _full(year)
    return f"{kind}-{int(number)}-{full}" if full else ""


def _full(year: str) -> str:
    if _FULL_YEAR.fullmatch(year):
        return year
    if len(year) != 2:  # noqa: PLR2004
        return ""
    return f"{19 if int(year) >= CENTURY else 20}{year}"


def _words(article: re.Match[str], act: str) -> tuple[str, ...]:
    """`art-50-c-1-l-b@act`, `art-50-c-1@act`, `art-50@act`: the most precise first."""
    where = f"@{act}" if act else ""
    first = f"art-{int(article['article'])}{_latin(article['latin3'])}"
    words = [f"{first}{where}"]
    comma, latin = (
        (article["comma1"], article["latin1"])
        if article["comma1"]
        else (
            article["comma4"],
            article["latin4"],
        )
    )
    letter = article["letter1"] or article["letter2"] or article["letter5"]
    path = first
    if comma:
        path = f"{path}-c-{int(comma)}{_latin(latin)}"
        words.insert(0, f"{path}{where}")
    if letter:
        words.insert(0, f"{path}-l-{letter}{where}")
    others = re.findall(r"\d+", article["more"] or "")[:MOST_ARTICLES]
    return (*words, *(f"art-{int(number)}{where}" for number in others))


def _latin(ending: str | None) -> str:
    return f"-{ending}" if ending else ""
