"""Numbers that stand for a person or a firm: fiscal code, VAT number, IBAN, plate, document.

The check digits are those of D.M. 23 dicembre 1976 (fiscal code, also where letters replace
digits), of the VAT number (Luhn) and of ISO 13616 (IBAN), as computed by python-stdnum.
"""

import re
from collections.abc import Iterator

from stdnum import iban, luhn
from stdnum.it import codicefiscale, iva

from casa.drafting.personal.around import after, before, sentence_before
from casa.drafting.personal.datum import Kind, Level, PersonalDatum

_DIGIT = "[0-9LMNPQRSTUV]"  # letters stand for digits where two persons would share a code
_FISCAL_CODE = re.compile(
    rf"(?<![A-Z0-9])[A-Z]{{3}}[\s-]?[A-Z]{{3}}[\s-]?{_DIGIT}{{2}}[\s-]?[ABCDEHLMPRST][\s-]?"
    rf"{_DIGIT}{{2}}[\s-]?[A-Z]{_DIGIT}{{3}}[\s-]?[A-Z](?![A-Z0-9])",
    re.IGNORECASE,
)
_FISCAL_WORDS = re.compile(r"\bc\.? ?f\b|cod(?:ice|\.)?\s+fisc", re.IGNORECASE)
_VAT_WORDS = re.compile(r"\bp(?:art(?:ita|\.)?|\.)?\s?/?\s?i\.?v\.?a\b|\bvat\b", re.IGNORECASE)
_TEMPORARY = re.compile(r"provvisori|temporane|numeric", re.IGNORECASE)
_A_PERSON = re.compile(
    r"\bnat[oa]\b|\bsig(?:\.|nor)|residen|cittadin|\bsottoscritt|\bdott\.|\bavv\.|\bgeom\.|\bing\.",
    re.IGNORECASE,
)
_VAT = re.compile(r"(?<![\w.,/-])(?:IT[ -]?)?(\d{11})(?![\w/-]|[.,]\d)", re.IGNORECASE)
_NO_VAT = re.compile(
    r"(?:\bprot|\bn[.°]|\bcig\b|\bcup\b|\brep\b|matricola|pratica|codice(?! fisc)|numero|€|euro"
    r"|protocollo|\btel|\bcell|\bfax|ordine|fattura|gara)[^\d\n]{0,20}$",
    re.IGNORECASE,
)
_IBANS = (
    re.compile(
        r"(?<![A-Z0-9])(?:IT|SM)[ -]?\d{2}[ -]?[A-Z](?:[ -]?\d){10}(?:[ -]?[A-Z0-9]){12}"
        r"(?![A-Z0-9])",
        re.IGNORECASE,
    ),
    re.compile(
        r"(?<![A-Z0-9])(?!IT|SM)[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])"
    ),
)
_OF_A_BODY = re.compile(
    r"tesorer|provincia|comune\b|\bente\b|unione|regione|banca d['’]italia|conto di tesoreria"
    r"|stazione appaltante|amministrazione|\bpagopa",
    re.IGNORECASE,
)
_OF_A_FIRM = re.compile(
    r"\bs\.? ?r\.? ?l\b|\bs\.? ?p\.? ?a\b|società|impresa|ditta|appaltatore|fornitore|cooperativ"
    r"|operatore economico|conto (?:corrente )?dedicato",
    re.IGNORECASE,
)
_PLATE_LETTER = "[A-HJ-NPR-TV-Z]"
_PLATE = re.compile(
    rf"(?<![A-Z0-9]){_PLATE_LETTER}{{2}}[ -]?\d{{3}}[ -]?{_PLATE_LETTER}{{2}}(?![A-Z0-9-])",
    re.IGNORECASE,
)
_A_VEHICLE = re.compile(
    r"\btarg[ah]|\btargat|veicol|automezz|\bauto\b|autovettur|autocarr|motocicl|motovei|furgon"
    r"|scuolabus|\bmezzo\b|rimorchi|autobus",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"\b(?:carta\s+d[i'’]\s*identità(?:\s+elettronica)?|documento(?:\s+d[i'’]\s*(?:identità"
    r"|riconoscimento))?|c\.\s?i\.e?\.?|cie|patente(?:\s+di\s+guida)?|passaporto"
    r"|permesso\s+di\s+soggiorno)\s{0,9}"
    r"(?:(?:n\.?|nr\.?|numero|n°)\s{0,9})?:?\s{0,9}"
    r"([A-Z]{2}\s?\d{7}|[A-Z]{2}\s?\d{5}\s?[A-Z]{2}|[A-Z]\d[A-Z0-9]{7}[A-Z]|[A-Z]\d{8}"
    r"|[A-Z]{2}\d{7}[A-Z])(?![A-Z0-9])",
    re.IGNORECASE,
)


def fiscal_codes(text: str) -> Iterator[PersonalDatum]:
    """Fiscal codes of persons; a wrong check letter counts only where the text announces one."""
    for found in _FISCAL_CODE.finditer(text):
        valid = codicefiscale.is_valid(re.sub(r"[\s-]", "", found[0]).upper())
        if valid:
            yield _datum("fiscal_code", found, level="blocking")
        elif _FISCAL_WORDS.search(before(text, found.start(), most=30)) and _has_digit(found[0]):
            yield _datum("fiscal_code", found, level="check", valid=False)


def eleven_digits(text: str) -> Iterator[PersonalDatum]:
    """VAT numbers, the fiscal codes of bodies, and the temporary ones of persons."""
    for found in _VAT.finditer(text):
        words = before(text, found.start(), most=45)
        fiscal, vat = _last(_FISCAL_WORDS, words), _last(_VAT_WORDS, words)
        announced = max(fiscal, vat) >= 0 or found[0][:2].upper() == "IT"
        if announced and fiscal > vat:
            valid = luhn.is_valid(found[1])
            yield _datum("fiscal_code", found, group=1, valid=valid, level=_owner(text, found))
        elif announced:
            yield _datum("vat_number", found, group=1, valid=iva.is_valid(found[1]), level="info")
        elif iva.is_valid(found[1]) and not _NO_VAT.search(words):
            yield _datum("vat_number", found, group=1, level="info")


def ibans(text: str) -> Iterator[PersonalDatum]:
    """IBANs with right check digits: whose account it is, the words before it say."""
    for pattern in _IBANS:
        for found in pattern.finditer(text):
            if iban.is_valid(found[0].replace("-", "")):
                yield _datum("iban", found, level=_account(sentence_before(text, found.start())))


def plates(text: str) -> Iterator[PersonalDatum]:
    """Plates of vehicles, near a word that speaks of one."""
    for found in _PLATE.finditer(text):
        around = before(text, found.start(), most=80) + after(text, found.end(), most=40)
        if _A_VEHICLE.search(around):
            yield _datum("plate", found, level="check")


def documents(text: str) -> Iterator[PersonalDatum]:
    """Numbers of identity cards, licences and passports, after the name of the document."""
    for found in _DOCUMENT.finditer(text):
        yield _datum("document", found, group=1, level="blocking")


def _owner(text: str, found: re.Match[str]) -> Level:
    """A fiscal code of eleven digits is a person's only where the words say so."""
    words = sentence_before(text, found.start())
    return "blocking" if _TEMPORARY.search(words) or _A_PERSON.search(words) else "info"


def _account(words: str) -> Level:
    body, firm = _last(_OF_A_BODY, words), _last(_OF_A_FIRM, words)
    person = _last(_A_PERSON, words)
    if person > max(body, firm) or max(body, firm) < 0:
        return "blocking"
    return "info" if body > firm else "check"


def _last(pattern: re.Pattern[str], words: str) -> int:
    return max((found.start() for found in pattern.finditer(words)), default=-1)


def _has_digit(value: str) -> bool:
    return any(letter.isdigit() for letter in value)


def _datum(
    kind: Kind, found: re.Match[str], *, level: Level, valid: bool = True, group: int = 0
) -> PersonalDatum:
    return PersonalDatum(
        kind,
        found[group],
        found.start(group),
        found.end(group),
        valid,
        level,
    )
