"""Numbers as officials write them: bis and ter, lists and ranges, years in two digits, dates."""

import re
from datetime import date

MONTHS = (
    "gennaio",
    "febbraio",
    "marzo",
    "aprile",
    "maggio",
    "giugno",
    "luglio",
    "agosto",
    "settembre",
    "ottobre",
    "novembre",
    "dicembre",
)
ORDINALS = ("primo", "secondo", "terzo", "quarto", "quinto", "sesto", "settimo", "ottavo", "nono")
_CENTURY = 100
_TURN = 40
_WIDEST = 60
LATIN = (
    "bis|ter|quater|quinquies|sexies|septies|octies|novies|nonies|decies|undecies|duodecies|terdecies|"
    "quaterdecies|quinquiesdecies|sexiesdecies|semel"
)
NUMBER = rf"\d{{1,4}}(?:[ \u00a0]?-?[ \u00a0]?(?:{LATIN})\b)?(?![°º\d])"
LETTER = rf"(?:[a-z]{{1,2}})(?:[ \u00a0]?-[ \u00a0]?(?:{LATIN})\b)?"
DATE = (
    rf"\d{{1,2}}[°º]?\s+(?:{'|'.join(MONTHS)})\s+(?:18|19|20)\d\d"
    r"|\d{1,2}[./-]\d{1,2}[./-](?:(?:18|19|20)\d\d|\d\d)(?!\d)"
)
_SPLIT = re.compile(r"\s*(?:,|;|\be/o\b|\bed\b|\be\b(?!\))|\bo\b(?!\))|\bnonch[eé]\b)\s*")
_RANGE = re.compile(rf"(.+?)(?:\)?\s*[-–]\s*(?!(?:{LATIN})\b)|\)?\s+al?\s+)(.+)", re.IGNORECASE)
_LATIN = re.compile(rf"[ \u00a0-]*({LATIN})$", re.IGNORECASE)
_NUMERIC = re.compile(r"(\d{1,2})[./-](\d{1,2})[./-](\d{2,4})")
_WORDED = re.compile(r"(\d{1,2})[°º]?\s+(\w+)\s+(\d{4})")


def tidy(number: str) -> str:
    """«17 BIS» → "17-bis", «b)» → "b"."""
    plain = re.sub(r"[«»“”\"')(]", "", number).strip().lower()
    return _LATIN.sub(r"-\1", plain)


def expanded(listed: str) -> list[str]:
    """«94, 95 e 98» → 94, 95, 98; «da 94 a 98» → 94 … 98; «da a) a c)» → a, b, c."""
    found: list[str] = []
    for piece in _SPLIT.split(re.sub(r"^\s*dal?\s+", "", listed)):
        words = re.sub(r"^\s*dal?l?['’]?\s+", "", piece)
        if not words.strip():
            continue
        bounds = _RANGE.fullmatch(words.strip())
        found += _between(tidy(bounds[1]), tidy(bounds[2])) if bounds else [tidy(words)]
    return found


def _between(first: str, last: str) -> list[str]:
    if first.isdigit() and last.isdigit():
        numbers = range(int(first), int(last) + 1)
        return [str(number) for number in numbers] if 0 < len(numbers) < _WIDEST else [first, last]
    if len(first) == len(last) == 1:
        return [chr(code) for code in range(ord(first), ord(last) + 1)]
    return [first, last]


def year_of(text: str) -> int:
    """«23» → 2023, «98» → 1998, «2016» → 2016."""
    year = int(text)
    if year >= _CENTURY:
        return year
    return year + (2000 if year <= _TURN else 1900)


def date_of(text: str) -> date | None:
    """The day of «31 marzo 2023», «31/03/2023», «31.3.23»; None for what is no day."""
    if worded := _WORDED.match(text):
        month = worded[2].lower()
        parts = (worded[3], MONTHS.index(month) + 1 if month in MONTHS else 0, worded[1])
    elif numeric := _NUMERIC.match(text):
        parts = (numeric[3], int(numeric[2]), numeric[1])
    else:
        return None
    try:
        return date(year_of(parts[0]), parts[1], int(parts[2]))
    except ValueError:
        return None
