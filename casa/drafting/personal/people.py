"""Births and addresses: what has no check digit and is known by the words around it."""

import re
from collections.abc import Iterator

from casa.drafting.personal.around import sentence_before
from casa.drafting.personal.datum import Kind, Level, PersonalDatum

_MONTHS = (
    "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
)
_DAY = (
    r"(?:0?[1-9]|[12]\d|3[01])(?:[./-](?:0?[1-9]|1[0-2])[./-](?:(?:19|20)\d\d|\d\d)"
    rf"|[º°]?\s(?:{_MONTHS})\s(?:19|20)\d\d)"
)
_PLACE = r"[A-ZÀ-Ù][\w'’À-ù]*(?:\s[A-ZÀ-Ùa-z][\w'’À-ù]*){0,4}?"
_BIRTH = re.compile(
    rf"\b(?:nat[oaie]\s+(?:a\s+(?P<place>{_PLACE})\s*(?:\([A-Z]{{2}}\))?,?\s*)?(?:il|in\s+data|l['’])\s*{_DAY}"
    rf"|(?:luogo\s+e\s+)?data\s+di\s+nascita\s{{0,9}}:?\s{{0,9}}"
    rf"(?:{_PLACE},?\s{{0,9}}(?:il\s{{0,9}})?)?{_DAY})",
    re.IGNORECASE,
)
_STREET = (
    r"(?i:via|viale|v\.le|piazza|p\.zza|piazzale|corso|c\.so|largo|vicolo|strada|contrada|c\.da|"
    r"località|loc\.|borgo|salita|frazione|fraz\.)"
)
_ADDRESS = re.compile(
    rf"(?<!\w){_STREET}\s+(?:(?:[a-zà-ù]{{1,6}}['’]?\s?){{0,3}})[A-ZÀ-Ù0-9][\wÀ-ù.'’]{{0,60}}"
    r"(?:\s[A-ZÀ-Ù0-9][\wÀ-ù.'’]{0,60}){0,4}\s?"
    r",?\s*(?:n\.?\s*|n°\s*)?\d{1,4}(?:\s?/\s?[A-Za-z0-9]{1,2}|\s?[A-Z](?![A-Za-z]))?(?!\w)"
)
_LIVES = re.compile(r"\b(?:residen|domicili|abita|dimora|nat[oa]\b)\w*", re.IGNORECASE)
_WORKS = re.compile(
    r"\b(?:sede|uffici|municipi|comune|provincia|palazz|impres|ditta|societ|s\.r\.l|s\.p\.a|"
    r"protocollo|lavori|intervent|tratto|immobil|scuol|cantier|manutenzion|presso)\w*",
    re.IGNORECASE,
)


def births(text: str) -> Iterator[PersonalDatum]:
    """Place and day of birth."""
    for found in _BIRTH.finditer(text):
        yield _datum("birth", text, found.start(), found.end(), "blocking")


def addresses(text: str) -> Iterator[PersonalDatum]:
    """Streets with a number: homes must go, seats and building sites are public."""
    for found in _ADDRESS.finditer(text):
        words = sentence_before(text, found.start())
        lives, works = _last(_LIVES, words), _last(_WORKS, words)
        level: Level = "blocking" if lives > works else "info"
        yield _datum("address", text, found.start(), found.end(), level)


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((found.start() for found in pattern.finditer(words)), default=-1)


def _datum(kind: Kind, text: str, start: int, end: int, level: Level) -> PersonalDatum:
    return PersonalDatum(kind, text[start:end], start, end, True, level)
