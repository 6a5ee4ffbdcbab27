"""E-mail, certified mail and telephone: an office's own ones are public, a person's are not."""

import re
from collections.abc import Iterator

from casa.drafting.personal.around import before, sentence_before
from casa.drafting.personal.datum import Level, PersonalDatum

_MAIL = re.compile(
    r"(?<![\w.%+'-])[\w.%+'-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w@])"
)
_CERTIFIED = re.compile(
    r"@(?:[\w-]+\.)*(?:\w*pec\w*|legalmail|postacert|postecert|\w*-?cert|actaliscertymail"
    r"|sicurezzapostale|archiworld\w*|ordineavvocati\w*|registerpec)(?:\.[\w-]+)*$",
    re.IGNORECASE,
)
_SAYS_CERTIFIED = re.compile(r"\bp\.?e\.?c\b|posta\s+(?:elettronica\s+)?certificata", re.IGNORECASE)
_OFFICIAL = re.compile(
    r"@(?:[\w-]+\.)*(?:comune|provincia|regione|citta|cittametropolitana|unione\w*|governo|gov|ausl"
    r"|asl|anticorruzione|agid|consip|mit|mef|istruzione|interno)\b[\w.-]*$|@[\w.-]*(?:comune|provincia|regione)"
    r"[\w.-]*$|^(?:protocollo|segreteria|urp|info|gare|appalti|uffici\w*|lavori\w*|ragioneria"
    r"|tecnico|direzione|pec|amministrazione|anagrafe|contratti|sua|cuc|suap|dpo|rpd|tributi|posta"
    r"|comune|provincia)(?:[._-][\w.-]*)?@",
    re.IGNORECASE,
)
_PRIVATE = re.compile(
    r"@(?:gmail|googlemail|libero|hotmail|yahoo|outlook|alice|virgilio|tiscali|icloud|live|tim"
    r"|fastwebnet|tin|inwind|iol|msn|me|proton|protonmail|email)\.[a-z.]+$",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\w/,@-])(?<!\d\.)(?:"
    r"(?:(?:\+|00)39[ ./-]?)?\(?3\d{2}\)?[ ./-]?\d{2,3}[ .-]?\d{2}[ .-]?\d{2,3}"
    r"|(?:(?:\+|00)39[ ./-]?)?\(?0\d{1,3}\)?[ ./-]{0,3}\d{2,4}(?:[ .-]?\d{2,4}){1,3}"
    r"|(?:800|199|848)[ .-]?\d{3}[ .-]?\d{3}"
    r"|\+(?!39)\d{1,3}(?:[ .-]?\d{2,4}){2,5}"
    r")(?![\w/]|[,.]\d)"
)
_SAYS_PHONE = re.compile(
    r"(?:\btel(?:efon[oi]|efonic[oa]|\.|\b)|\bcell(?:ulare|\.|\b)|\bfax\b|\bmobile\b|recapit"
    r"|n\.? ?verde|numero verde|\bchiama|centralino|whatsapp|\bph\b|contatt)[^\n]{0,40}$",
    re.IGNORECASE,
)
_DIGITS, _PREFIX = range(8, 14), 3
_NO_PHONE = re.compile(
    r"(?:\bprot(?:ocollo|\.)?|\bcig|\bcup|\brep\.?|euro|€|importo|codice|matricola|pratica|fattura"
    r"|\bdel|\bn\.|capitolo|\bcap|partita\s+iva|p\.?\s?iva|fiscale|fogli[oa]|mappal[ei])[^\w\n]{0,4}$",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"uffici[oa]|settore|servizio|\br\.?u\.?p\b|responsabile|sede|municipio|comune\b|provincia"
    r"|protocollo|reperibilit|dirigente|segreteria|\bente\b|dipartimento|numero verde",
    re.IGNORECASE,
)


def mail(text: str) -> Iterator[PersonalDatum]:
    """E-mail and certified addresses."""
    for found in _MAIL.finditer(text):
        start = found.start() + len(found[0]) - len(found[0].lstrip(".'-"))
        value = text[start : found.end()]
        spoken = before(text, start, most=40).rpartition("@")[2]
        certified = _CERTIFIED.search(value) or _SAYS_CERTIFIED.search(spoken)
        yield PersonalDatum(
            "pec" if certified else "email", value, start, found.end(), True, _mail_level(value)
        )


def phones(text: str) -> Iterator[PersonalDatum]:
    """Telephone numbers: mobiles by their form, the others where the text announces them."""
    for found in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        national = re.sub(r"^(?:0039|39(?=\d{9,}))", "", digits)
        words = before(text, found.start(), most=60)
        if len(national) in _DIGITS and _is_phone(found[0], words):
            level = _phone_level(text, found, is_mobile=national.startswith("3"))
            start = found.start()
            yield PersonalDatum("phone", found[0], start, found.end(), True, level)


def _mail_level(value: str) -> Level:
    if _PRIVATE.search(value):
        return "blocking"
    return "info" if _OFFICIAL.search(value) else "check"


def _is_phone(written: str, words: str) -> bool:
    if written.startswith(("+", "0039")):
        return True
    if _NO_PHONE.search(words):
        return False
    if _SAYS_PHONE.search(words):
        return True
    groups = re.split(r"[ ./-]+", written)
    return written.startswith("3") and len(groups) in (2, 3) and len(groups[0]) == _PREFIX


def _phone_level(text: str, found: re.Match[str], *, is_mobile: bool) -> Level:
    """A mobile is a person's unless an office gives it as its own."""
    if not is_mobile:
        return "info"
    words = sentence_before(text, found.start(), most=80)
    return "info" if _OFFICE.search(words) else "blocking"
