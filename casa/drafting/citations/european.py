"""European acts: regulations, directives, decisions, however their numbers are turned."""

import re
from collections.abc import Iterator

from casa.drafting.citations.acts import Act, Mention
from casa.drafting.citations.forms import N, S
from casa.drafting.citations.numbers import year_of

_BODY = r"UE|CEE|CE|EU|Euratom"
_EU = re.compile(
    rf"""(?<!\w)(?P<t>regolament[oi]|reg\.(?:to)?|direttiv[ae]|dir\.|decision[ei]|dec\.)
    (?:[ ](?:(?P<impl>di[ ]esecuzione)|(?P<del>delegat[oaie])|(?P<eu>europe[oaie])))?
    (?:[ ](?:del[ ]parlamento[ ]europeo|della[ ]commissione|del[ ]consiglio)
       (?:[ ]e[ ]del[ ]consiglio)?)?
    {S}(?:\(?{S}(?P<o1>{_BODY})(?:,[ ]?Euratom)?{S}\)?{S},?)?
    {S}{N}?(?P<x>\d{{1,4}}){S}/{S}(?P<y>\d{{1,4}})(?:{S}/{S}(?P<o2>{_BODY})\b)?(?![\d/])""",
    re.IGNORECASE | re.VERBOSE,
)
_MORE = re.compile(
    rf"{S}(?:,|\be\b|\bed\b){S}(?:\({S}(?P<o1>{_BODY}){S}\){S}{N}?)?(?P<x>\d{{1,4}})/(?P<y>\d{{1,4}})"
    rf"(?:/(?P<o2>{_BODY})\b)?(?![\d/])"
)
_OLD, _NEW = 1952, 2040
_SWAPPED = 2015
"""The year from which regulations carry the year first."""
_LONG_YEARS = 1999
"""The year from which directives carry it in four digits."""
_BODIES = ((1993, "CEE"), (2010, "CE"))


def european(text: str) -> Iterator[Mention]:
    """«Reg. (UE) 2016/679», «direttive 2014/23/UE e 2014/24/UE»."""
    for match in _EU.finditer(text):
        act = _act(match, _kind(match["t"]), _layer(match), body="UE" if match["eu"] else "")
        if act:
            yield Mention(match.start(), match.end(), act)
            yield from _following(text, match.end(), act.kind, _layer(match))


def _following(text: str, at: int, kind: str, layer: str) -> Iterator[Mention]:
    while more := _MORE.match(text, at):
        at = more.end()
        if (more["o1"] or more["o2"]) and (act := _act(more, kind, layer)):
            yield Mention(more.start("x"), at, act)


def _kind(word: str) -> str:
    start = word[:3].lower()
    return {"dir": "dir.", "dec": "dec."}.get(start, "reg.")


def _layer(match: re.Match[str]) -> str:
    return "_impl" if match["impl"] else "_del" if match["del"] else ""


def _act(match: re.Match[str], kind: str, layer: str, *, body: str = "") -> Act | None:
    """None where the words are those of an Italian «regolamento n. 12/2019»."""
    order = _year_first(match["x"], match["y"], kind)
    body = (match["o1"] or match["o2"] or body).upper().replace("EURATOM", "UE").replace("EU", "UE")
    if not order or not (body or (kind != "dec." and order == (_year(match["x"]), order[1]))):
        return None
    year, number = order
    name = _name(kind, body or _body_of(year), order, before=bool(match["o1"]))
    return Act(name, f"http://data.europa.eu/eli/{kind[:3]}{layer}/{year}/{number}/oj", kind)


def _body_of(year: int) -> str:
    return next((body for until, body in _BODIES if year < until), "UE")


def _year(digits: str) -> int:
    """The year that four digits are; 0 for none."""
    year = int(digits)
    return year if _OLD <= year <= _NEW else 0


def _year_first(one: str, two: str, kind: str) -> tuple[int, int] | None:
    """Year and number, whichever was written first."""
    first, second = _year(one), _year(two)
    if first and (not second or kind != "reg." or first >= _SWAPPED):
        return first, int(two)
    if second:
        return second, int(one)
    short = {"reg.": (two, one), "dir.": (one, two)}.get(kind, ("", ""))
    if len(short[0]) == 2:  # noqa: PLR2004 -- «1182/71», «89/665»
        return year_of(short[0]), int(short[1])
    return None


def _name(kind: str, body: str, order: tuple[int, int], *, before: bool) -> str:
    """As official titles have it: «dir. 89/665/CEE», «reg. (CE) 1370/2007»."""
    year, number = order
    if kind == "dir." and not before:
        return f"dir. {year if year >= _LONG_YEARS else year % 100:02}/{number}/{body}"
    numbers = f"{year}/{number}" if year >= _SWAPPED else f"{number}/{year}"
    return f"{kind} ({body}) {numbers}"
