"""The numbers that stand before a paragraph: "Art. 7 –", "7.2", "c. 2", "a)", "•".

The grammar is that of Italian acts: a paragraph that begins with "Art. 94 del Codice" cites an
article, one that begins with "Art. 94 – Esclusione" is one.
"""

import re
from dataclasses import dataclass
from typing import Literal

from casa.drafting.numerals import roman

MarkKind = Literal["article", "division", "comma", "decimal", "letter", "roman", "bullet"]

_LATIN = "bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies|undecies|duodecies"
_TAIL = rf"(?:[\s.-]?(?P<latin>{_LATIN})\b)?"
_AFTER = r"(?P<after>\s*[)\]°º]?\s*[.:]?\s*[-–—‐‑]*\s*[.:]?\s*)"
_ARTICLE = re.compile(
    rf"(?:art(?:icolo|\.)?|§)\s*(?:n\.?\s*)?(?P<number>\d{{1,4}}(?:\.\d{{1,2}})*){_TAIL}{_AFTER}",
    re.IGNORECASE,
)
# What follows the number of an article that is cited, not opened
_CITED = re.compile(
    r"""[,;/]|
        (?:comm[ai]|co\.|c\.|lett(?:era|ere|\.)|let\.|punto|n\.|nn\.|ss\.?)(?=\s|\d|$)|
        (?-i:d|dell|all)['’]|
        (?-i:e|ed|o|del|della|dello|dei|degli|delle|di|al|allo|alla|in|ex|seguenti)(?=\s|$)|
        d\.?\s?lgs|d\.?\s?p\.?\s?r|d\.?\s?[lm]\.|dpcm|d\.p\.c\.m|l\.\s?(?:\d|n)|legge\s+(?:\d|n)|
        codice\s+(?:civile|penale|dei)|cod\.|c\.c|c\.p|tuel|t\.u|gdpr|reg(?:olamento|\.)\s+\(?(?:ue|ce)
    """,
    re.IGNORECASE | re.VERBOSE,
)
# "Art. 5 – Punto di consegna", "Art. 6 – Lettera di invito": words of citations that open a title
_TITLED = re.compile(r"(?:Comm[ai]|Letter[ae]|Punto)\s")
_DASHES = "-–—‐‑"
_ROMAN = "[IVXLC]{1,7}"
_LOW_ROMAN = "[IVX]{1,6}"  # "L. 241/1990" and "C. Rossi" are not numerals
_DIVISION = re.compile(
    rf"""(?P<word>titolo|capo|sezione|parte|allegato|lotto|appendice)\s+
         (?:n\.?\s*)?(?P<number>\d{{1,3}}(?:\.\d{{1,2}})*|(?-i:{_ROMAN})\b|(?-i:[A-Z]\d?)\b|
            unic[oa]\b|prim[oa]\b|second[oa]\b|terz[oa]\b|quart[oa]\b|quint[oa]\b)
         {_TAIL}{_AFTER}""",
    re.IGNORECASE | re.VERBOSE,
)
_COMMA = re.compile(
    rf"(?:comma|co\.|c\.)\s*(?P<number>\d{{1,3}}){_TAIL}(?P<after>\s*[.):–—-]?\s*)", re.IGNORECASE
)
_PART = r"(?:0|[1-9]\d?)"
_DECIMAL = re.compile(
    rf"(?P<number>\(?(?:[1-9]\d{{0,2}}(?:\.{_PART}){{1,5}}|[1-9]\d{{0,2}}(?=\s?[-–—.)]|[\s.-]?(?:{_LATIN})\b)))"
    rf"(?:[\s.-]?(?P<latin>{_LATIN})\b)?(?P<after>\s?[.)]{{0,2}}\s?[-–—]{{0,2}}(?:\s+|(?=[A-ZÀ-Ý«“\"])))",
)
# "II.1)", "IV.2": the sections of a notice, a Roman one before the points
_SECTION = re.compile(
    r"(?P<number>[IVX]{1,5}(?:\.[1-9]\d?){1,4})"
    r"(?P<after>\s?[.):]{0,3}\s?[-–—]{0,2}(?:\s+|(?=[A-ZÀ-Ý«“\"])))"
)
_BARE = re.compile(r"(?P<number>0|[1-9]\d?)(?P<after>\s+)(?=[A-ZÀ-Ý])")
_LETTER = re.compile(
    r"(?P<number>\(?(?:[a-z]{1,2}|[A-Z])(?:[.-]?\d{1,2}|-(?:bis|ter|quater))?\)|[a-h]\.(?=\s))(?P<after>\s*)"
)
_NUMERAL = re.compile(rf"(?P<number>\(?(?:{_LOW_ROMAN}[.)]|[ivx]{{1,5}}\)))(?P<after>\s*[-–—]?\s+)")
_BULLET = re.compile(r"(?P<number>[•▪●○◦‣∙·■□◻☐☑☒➢➤✓✔❖→⇒►▶◆*–—-])(?P<after>\s+)")
_BULLETS_NEED_SPACE = re.compile(r"(?P<number>[•▪●○◦‣∙■□◻☐☑☒➢➤✓✔❖→⇒►▶◆])(?P<after>\s*)")

_ROMANS = {roman(number): number for number in range(1, 40)}

_GRAMMAR: tuple[tuple[MarkKind, re.Pattern[str]], ...] = (
    ("article", _ARTICLE),
    ("division", _DIVISION),
    ("comma", _COMMA),
    ("decimal", _SECTION),
    ("decimal", _DECIMAL),
    ("letter", _LETTER),
    ("roman", _NUMERAL),
    ("bullet", _BULLETS_NEED_SPACE),
    ("bullet", _BULLET),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A number that was understood. `digits` are its parts ("7.2" → (7, 2)), empty for letters."""

    kind: MarkKind
    label: str
    digits: tuple[int, ...] = ()
    latin: str = ""


def split_number(text: str) -> tuple[str, str]:
    """The number that opens the text, with its separators, and the rest; ("", text) if none."""
    for kind, pattern in _GRAMMAR:
        found = pattern.match(text)
        if found and _opens(kind, found, text):
            rest = text[found.end() :].strip()
            if rest or kind in ("article", "division"):
                return text[: found.end()].strip(), rest
    return "", text


def split_bare_number(text: str) -> tuple[str, str]:
    """As `split_number`, and also "7 OGGETTO": only for what already looks like a heading."""
    number, rest = split_number(text)
    bare = _BARE.match(text)
    if number or bare is None:
        return number, rest
    return bare["number"], text[bare.end() :].strip()


def mark_of(number: str) -> Mark | None:
    """What the number of a block says, None when it says nothing."""
    for kind, pattern in _GRAMMAR:
        found = pattern.match(number + " ")
        if found and not number[found.end() :].strip():
            return _mark(kind, found, number)
    if number.strip("(). ").isdigit():
        digits = int(number.strip("(). "))
        return Mark("decimal", str(digits), (digits,))
    return None


def _opens(kind: MarkKind, found: re.Match[str], text: str) -> bool:
    rest = text[found.end() :]
    if kind in ("article", "division"):
        return _opens_article(found, rest)
    if kind == "comma":
        return not rest[:1].islower()
    if kind == "decimal":
        if found["number"][:1].isalpha():  # "II.14 del Codice" goes on
            return not rest[:1].islower()
        # "12.30 del giorno", "3.5 per cento": a number inside a sentence
        return not ("." in found["number"] and rest[:1].islower() and not found["after"].strip())
    return True


def _opens_article(found: re.Match[str], rest: str) -> bool:
    if not rest or rest.startswith(("(", "[", "“", "«", '"')):
        return True
    dashed = any(dash in found["after"] for dash in _DASHES)
    if _CITED.match(rest) and not (dashed and _TITLED.match(rest)):
        return False
    return bool(found["after"].strip(" \t\n°º")) or not rest[0].islower()


def _mark(kind: MarkKind, found: re.Match[str], number: str) -> Mark:
    groups = found.groupdict()
    latin = (groups.get("latin") or "").lower()
    figure = found["number"].strip("(). ")
    digits = _digits(figure)
    name = f"{figure}-{latin}" if latin else figure
    if kind == "article":
        return Mark(kind, f"Art. {name}", digits, latin)
    if kind == "division":
        return Mark(kind, f"{groups['word'].capitalize()} {name}", digits, latin)
    return Mark(kind, name if digits else number.strip(), digits, latin)


def _digits(figure: str) -> tuple[int, ...]:
    """The parts of "7.2", and of "II.1" too; none for letters and for a Roman one alone."""
    first, dot, _ = figure.partition(".")
    parts = figure.split(".")
    if dot and first in _ROMANS:
        parts[0] = str(_ROMANS[first])
    return tuple(map(int, parts)) if all(part.isdecimal() for part in parts) else ()
