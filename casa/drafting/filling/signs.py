"""The signs by which people leave a place to fill: lines, dots, brackets, boxes, «XXXX»."""

import re
from collections.abc import Iterator

from casa.drafting.filling.guessing import guess
from casa.drafting.filling.holders import Span

_LOOK_BACK = 60
_BLANK = re.compile(
    r"(?P<line>_{2,}(?:[ /]{0,3}_{2,})*)"
    r"|(?P<dots>(?:\.{4,}|…{2,})(?:[ /]{0,3}(?:\.{3,}|…+))*)"
    r"|(?P<brackets>\[[^\[\]{}\n]{0,80}\])"
    r"|(?P<angles><<[^<>\n]{1,60}>>|«[A-Za-zÀ-ù_ ]{1,40}»(?=[\s,.;)]|$))"
    r"|(?P<letters>\b[Xx]{3,}\b)"
    r"|(?P<date>\bgg\s?[/.-]\s?mm\s?[/.-]\s?a{2,4}\b)"
    r"|(?P<box>[☐□❏])"
    r"|(?P<few>(?<![.…])(?:\.{3}|…)(?![.…]))",
    re.IGNORECASE,
)
_LEADER = re.compile(r"\s*\d{1,4}\s*$")
_NO_BLANK = re.compile(
    r"\[\s*(?:omissis|nota|cfr|vedi|sic|n\.?\s?[bdr]\b|eventual|oppure|se |\d+).{0,80}\]",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:firma|timbro|signature|firmato)(?:\s+\w+){0,3}\s*:?\s*$", re.IGNORECASE)


def signs_in(text: str) -> Iterator[Span]:
    """The blanks of a text, without leaders of an index, places to sign, «[omissis]», ellipses."""
    found = [match for match in _BLANK.finditer(text) if _is_blank(match, text)]
    # three dots are an ellipsis, unless the words before some of them ask for something
    few = any(_asks(match, text) for match in found if match.lastgroup == "few")
    for match in found:
        if few or match.lastgroup != "few":
            yield Span(match.lastgroup or "", *match.span())


def is_no_blank(words: str) -> bool:
    """Words in brackets that are a remark: «[omissis]», «[Eventuale]», «[1]»."""
    return _NO_BLANK.fullmatch(words) is not None


def _is_blank(match: re.Match[str], text: str) -> bool:
    kind, (start, end) = match.lastgroup, match.span()
    if kind in ("line", "dots") and _SIGNED.search(text[max(0, start - _LOOK_BACK) : start]):
        return False
    if kind == "dots" or (kind == "line" and "\t" in text):
        return _LEADER.match(text, end) is None or not text[:start].strip()
    return kind != "brackets" or not is_no_blank(match[0])


def _asks(match: re.Match[str], text: str) -> bool:
    start, end = match.span()
    before, after = text[max(0, start - _LOOK_BACK) : start], text[end : end + _LOOK_BACK]
    return guess(before, match[0], after)[1] != ""
