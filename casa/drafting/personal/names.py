"""Names of people: what stands after a title or a role, and what begins with a given name."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from casa.drafting.personal.around import after, before
from casa.drafting.personal.datum import Level, PersonalDatum

_HERE = Path(__file__).parent


def _words(name: str) -> frozenset[str]:
    return frozenset((_HERE / name).read_text(encoding="utf-8").split())


_NOT_NAMES = _words("not_names.txt")
"""Words of offices and acts that begin with a capital and are nobody's name."""
_GIVEN = _words("given_names.txt")
_PLACES = _words("named_places.txt")
"""What is called after a person: streets, schools, hospitals, saints."""

_TITLE = (
    r"(?i:sig\.?(?:\s?ra|\s?na|\s?ri)?|signor[ae]?|dott\.?(?:\s?ssa)?|dr\.?(?:ssa)?|ing\.?|arch\.?|geom\.?|"
    r"avv\.?(?:to)?|rag\.?|prof\.?(?:ssa)?|p\.i\.|per\.\s?ind\.|agr\.|geol\.|cav\.|on\.|cons\.|notaio)"
)
_WORD = (
    r"[A-ZÀ-Ù](?:['’][A-ZÀ-Ù][a-zà-ù]+|[a-zà-ù]+(?:['’-][A-ZÀ-Ù]?[a-zà-ù]+)?"
    r"|[A-ZÀ-Ù]+(?:['’][A-ZÀ-Ù]+)?)"
)
_PARTICLE = r"(?:[Dd][aeiu]|[Dd]e[il]|[Dd]ell[ao]|[Dd]alla|[Ll][aoie]|[Dd]egli|[Vv]an|[Vv]on)"
_GAP = r"[ \t\u00a0]{1,3}"
_INITIAL = r"[A-Z]\.\s?"
_FULL = rf"{_WORD}(?:{_GAP}(?:{_PARTICLE}{_GAP})?{_WORD}){{1,3}}"
_NAME = rf"(?:{_INITIAL}){{0,2}}{_FULL}|(?:{_INITIAL}){{1,2}}{_WORD}"
_TITLED = re.compile(rf"(?<!\w)(?:{_TITLE}\s+){{1,3}}(?P<name>{_NAME})")
_ROLES = "|".join(
    line.replace(" ", r"\s+").replace("(", "(?:")
    for line in (_HERE / "roles.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
_ROLE = rf"(?i:{_ROLES})"
_QUALIFIED = (
    r"(?:\s+(?i:generale|comunale|provinciale|capo|vicari[oa]|supplente|reggente|uscente|"
    r"istrut\w+|amministrativ[oa]|tecnic[oa]|speciale|individuale|incaricat[oa]|competente)){0,2}"
)
_OF_WHAT = (
    r"(?:\s+(?:del|della|dell['’]|dello|di|per\s+la|per\s+il|p\.o\.)\s*[\wÀ-ù]+(?:\s+[a-zà-ù]+){0,2}"
    r"|\s+digitalmente\s+da)?"
)
_WITH_ROLE = re.compile(
    rf"(?<!\w){_ROLE}{_QUALIFIED}{_OF_WHAT}[\s:,–(-]{{1,3}}(?:è\s+|:\s*)?"
    rf"(?:{_TITLE}\s+){{0,3}}(?P<name>{_NAME})"
)
_JOINED = re.compile(rf",?{_GAP}e{_GAP}(?:{_TITLE}\s+){{0,3}}(?P<name>{_NAME})")
_RUN = re.compile(rf"(?<![\w.'’]){_WORD}(?:{_GAP}(?:{_PARTICLE}{_GAP})?{_WORD}){{1,7}}(?!\w)")
_NUMERAL = re.compile(r"[IVX]+\s")
_JOINS = re.compile(_PARTICLE, re.IGNORECASE)
_PIECE = re.compile(r"\S+")
_OWN_PART = re.compile(
    r"(?<!\w)(?:sottoscritt|richiedent|istant|ricorrent|controinteressat|beneficiari|utent|alunn|genitor|"
    r"tutor|erede|eredi|cittadin|mogli|marit|figli[oa]|padre|madre|fratell|sorell|vedov|inquilin|residente|"
    r"candidat|proprietari|conduttor|locatari|testimon|dipendent|operai|autista|studente|tirocinant|volontari)",
    re.IGNORECASE,
)
_OWN_DATA = re.compile(
    r"(?<!\w)(?:nat[oa]\s+(?:a|il|in)\b|residente\s+(?:a|in)\b|codice\s+fiscale|c\.\s?f\.)",
    re.IGNORECASE,
)
_SAID_ROLE = re.compile(rf"(?<!\w){_ROLE}")


def names(text: str) -> Iterator[PersonalDatum]:
    """Those of who signs and answers for the act are public (info); the others ask for a look."""
    told = {*_after_a_word(text), *_by_given_name(text)}
    for start, end in sorted(told | set(_joined(text, told))):
        yield PersonalDatum("name", text[start:end], start, end, True, _level(text, start, end))


def _level(text: str, start: int, end: int) -> Level:
    """Public is who signs for a body; never a party of their own, or who is told by their birth."""
    words = before(text, start, most=80)
    if _OWN_PART.search(words) or _OWN_DATA.search(after(text, end, most=120)):
        return "check"
    return "info" if _SAID_ROLE.search(words) else "check"


def _after_a_word(text: str) -> Iterator[tuple[int, int]]:
    for pattern in (_TITLED, _WITH_ROLE):
        for found in pattern.finditer(text):
            start, end = _narrowed(text, *found.span("name"))
            if re.search(r"[ .]", text[start:end]) and not _NUMERAL.match(text, start):
                yield start, end


def _joined(text: str, told: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """«i presenti O. Prova e P. Esempio»: what a name is joined to is a name too."""
    for _start, end in told:
        found = _JOINED.match(text, end)
        if found:
            start, stop = _narrowed(text, *found.span("name"))
            if re.search(r"[ .]", text[start:stop]):
                yield start, stop


def _by_given_name(text: str) -> Iterator[tuple[int, int]]:
    for found in _RUN.finditer(text):
        start, end = _narrowed(text, *found.span())
        words = text[start:end].lower().split()
        known = len(words) > 1 and (words[0] in _GIVEN or words[-1] in _GIVEN)
        if known and not _PLACES.intersection(words) and not _names_a_place(text, start):
            yield start, end


def _narrowed(text: str, start: int, end: int) -> tuple[int, int]:
    """The name in "Provincia Amalia Corvatta delibera": from its first word to the last of four."""
    kept: list[re.Match[str]] = []
    for piece in _PIECE.finditer(text, start, end):
        if _is_word_of_a_name(piece[0]) and (kept or not _JOINS.fullmatch(piece[0])):
            kept.append(piece)
        elif kept:
            break
    while kept and not kept[-1][0][0].isupper():
        kept.pop()
    return (kept[0].start(), kept[-1].end()) if kept else (start, start)


def _names_a_place(text: str, start: int) -> bool:
    around = before(text, start, most=40).lower().replace("’", "'").replace("'", " ").split()[-3:]
    return any(word.strip(',.;:()«»"') in _PLACES for word in around)


def _is_word_of_a_name(word: str) -> bool:
    return word.lower().strip("'’") not in _NOT_NAMES
