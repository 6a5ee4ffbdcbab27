"""Births, addresses and names: what has no check digit and is known by the words around it."""

import re
from collections.abc import Iterator
from pathlib import Path

from casa.drafting.personal.around import before, sentence_before
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
    rf"|(?:luogo\s+e\s+)?data\s+di\s+nascita\s*:?\s*(?:{_PLACE},?\s*(?:il\s*)?)?{_DAY})",
    re.IGNORECASE,
)
_STREET = (
    r"(?i:via|viale|v\.le|piazza|p\.zza|piazzale|corso|c\.so|largo|vicolo|strada|contrada|c\.da|"
    r"località|loc\.|borgo|salita|frazione|fraz\.)"
)
_ADDRESS = re.compile(
    rf"(?<!\w){_STREET}\s+(?:(?:[a-zà-ù]{{1,6}}['’]?\s?){{0,3}})(?:[A-ZÀ-Ù0-9][\wÀ-ù.'’]*\s?){{1,5}}"
    r",?\s*(?:n\.?\s*|n°\s*)?\d{1,4}(?:\s?/\s?[A-Za-z0-9]{1,2}|\s?[A-Z](?![A-Za-z]))?(?!\w)"
)
_LIVES = re.compile(r"\b(?:residen|domicili|abita|dimora|nat[oa]\b)\w*", re.IGNORECASE)
_WORKS = re.compile(
    r"\b(?:sede|uffici|municipi|comune|provincia|palazz|impres|ditta|societ|s\.r\.l|s\.p\.a|"
    r"protocollo|lavori|intervent|tratto|immobil|scuol|cantier|manutenzion|presso)\w*",
    re.IGNORECASE,
)
_TITLE = (
    r"(?i:sig\.?(?:\s?ra|\s?na|\s?ri)?|signor[ae]?|dott\.?(?:\s?ssa)?|dr\.?(?:ssa)?|ing\.?|arch\.?|geom\.?|"
    r"avv\.?(?:to)?|rag\.?|prof\.?(?:ssa)?|p\.i\.|per\.\s?ind\.|agr\.|geol\.|cav\.|on\.|notaio)"
)
_WORD = (
    r"[A-ZÀ-Ù](?:['’][A-ZÀ-Ù][a-zà-ù]+|[a-zà-ù]+(?:['’-][A-ZÀ-Ù]?[a-zà-ù]+)?"
    r"|[A-ZÀ-Ù]+(?:['’][A-ZÀ-Ù]+)?)"
)
_PARTICLE = r"(?:[Dd][aeiu]|[Dd]e[il]|[Dd]ell[ao]|[Dd]alla|[Ll][aoie]|[Dd]egli|[Vv]an|[Vv]on)"
_INITIAL = r"[A-Z]\.\s?"
_NAME = (
    rf"(?:{_INITIAL}){{0,2}}{_WORD}(?:\s(?:{_PARTICLE}\s)?{_WORD}){{1,3}}"
    rf"|(?:{_INITIAL}){{1,2}}{_WORD}"
)
_TITLED = re.compile(rf"(?<!\w)(?:{_TITLE}\s+){{1,3}}(?P<name>{_NAME})")
_ROLE = (
    r"(?i:responsabile(?:\s+(?:unico\s+del\s+(?:progetto|procedimento)|del\s+(?:servizio|settore|procedimento)"
    r"(?:\s+\w+)?))?|r\.?u\.?p\.?|dirigente|segretari[oa](?:\s+(?:generale|comunale|provinciale))?|"
    r"sindac[oa]|president[ei](?:ssa)?|vicesindac[oa]|assessor[ae]|direttore(?:\s+(?:dei\s+lavori|generale|"
    r"dell['’]esecuzione))?|direttrice(?:\s+(?:dei\s+lavori|dell['’]esecuzione))?|d\.?l\.|d\.?e\.?c\.?|"
    r"funzionari[oa](?:\s+istrut\w+)?|commissari[oa]|estensore|progettista|coordinat(?:ore|rice)|"
    r"legale\s+rappresentante|procurat(?:ore|rice)|componente|titolare|sottoscritt[oa]|"
    r"collaudat(?:ore|rice)|redatto\s+da|rappresentat[oa]\s+da|amministrat(?:ore|rice)(?:\s+unic[oa])?|"
    r"consigliere|consigliera|f\.to|firmato|nella\s+persona\s+(?:di|del(?:la)?)|verbalizzante|istrutt(?:ore|rice))"
)
_OF_WHAT = (
    r"(?:\s+(?:del|della|dell['’]|dello|di)\s*[\wÀ-ù]+(?:\s+[a-zà-ù]+){0,2}|\s+digitalmente\s+da)?"
)
_WITH_ROLE = re.compile(
    rf"(?<!\w){_ROLE}{_OF_WHAT}[\s:,–-]{{1,3}}(?:è\s+|:\s*)?(?:{_TITLE}\s+){{0,3}}(?P<name>{_NAME})"
)
_SAID_ROLE = re.compile(_ROLE)
_NOT_NAMES = frozenset(
    Path(__file__).with_name("not_names.txt").read_text(encoding="utf-8").split()
)
"""Words of offices and acts that begin with a capital and are nobody's name."""


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


def names(text: str) -> Iterator[PersonalDatum]:
    """Names after a title or a role; those of who signs and answers for the act are public."""
    for pattern in (_TITLED, _WITH_ROLE):
        for found in pattern.finditer(text):
            if _is_name(found["name"]):
                words = before(text, found.start("name"), most=80)
                level: Level = "info" if _SAID_ROLE.search(words) else "check"
                yield _datum("name", text, found.start("name"), found.end("name"), level)


def _is_name(words: str) -> bool:
    return not any(word.lower().strip("'’") in _NOT_NAMES for word in words.split())


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((found.start() for found in pattern.finditer(words)), default=-1)


def _datum(kind: Kind, text: str, start: int, end: int, level: Level) -> PersonalDatum:
    return PersonalDatum(kind, text[start:end], start, end, True, level)
