"""Where a text names an act with its number: laws and decrees, European acts, ANAC, known names."""

import re
from collections.abc import Iterator

from casa.drafting.citations.acts import CODES, PATHS, Act, Mention, act_of, named
from casa.drafting.citations.anac import anac
from casa.drafting.citations.european import european
from casa.drafting.citations.forms import NUMBERED, YEAR, N, S, number_in
from casa.drafting.citations.numbers import DATE, date_of, year_of

_REGION = (
    r"Abruzzo|Basilicata|Calabria|Campania|Emilia[- ]Romagna|Friuli[- ]Venezia[- ]Giulia|Lazio|"
    r"Liguria|Lombardia|Marche|Molise|Piemonte|Puglia|Sardegna|Siciliana|Sicilia|Toscana|Umbria|"
    r"Valle\ d['’]Aosta|Veneto"
)
_MINISTRY = r"(?:\s+(?:\(?[A-Z]{3,5}\)?|(?!\d|n\.|decreto\b)[A-Za-zÀ-ù'’,\-]+)){0,16}?"
_KINDS: tuple[tuple[str, str], ...] = (
    ("r.d.l.", rf"regio{S}decreto{S}[-–]?{S}legge|r\.{S}d\.{S}l\."),
    ("r.d.", rf"regio{S}decreto|r\.{S}d\."),
    (
        "d.lgs.",
        (
            rf"decret[oi]{S}[-–]?{S}legislativ[oi]|d\.?{S}lgs\.?(?:vo\b)?|d\.?{S}leg\.?{S}vo|d\.?{S}l\.?vo"
            rf"|decr\.{S}legisl?\.|decr\.{S}lgs\."
        ),
    ),
    ("d.l.", rf"decreto{S}[-–]?{S}legge|d\.{S}l\.|dl(?=\s+n?\.?\s*\d)"),
    (
        "d.P.R.",
        rf"decreto{S}del{S}presidente{S}della{S}repubblica|d\.?{S}p\.?{S}r\.?",
    ),
    (
        "d.P.C.M.",
        (
            rf"decreto{S}del{S}presidente{S}del{S}consiglio(?:{S}dei{S}ministri)?"
            rf"|d\.?{S}p\.?{S}c\.?{S}m\.?"
        ),
    ),
    (
        "d.m.",
        (
            rf"decreto{S}(?:inter)?ministeriale{_MINISTRY}|decreto{S}(?:del|dei){S}ministr[oi]{_MINISTRY}"
            rf"|decreto{S}(?:del{S})?ministero{_MINISTRY}|decreto{S}(?:MIT|MIMS|MEF|MASE|MATTM|MITE)\b"
            rf"|d\.{S}m\.{_MINISTRY}|d\.{S}i\.|dm(?=\s+(?:n\.?)?\s*\d)"
        ),
    ),
    ("l. cost.", rf"legge{S}costituzionale|l\.{S}cost\."),
    (
        "l.r.",
        (
            rf"(?:legge{S}(?:regionale|(?=(?:della{S})?regione\b))|l\.{S}r\.)(?:{S},?{S}(?:della{S}|del{S}|dell['’]{S})?"
            rf"(?:regione{S})?(?P<region>{_REGION}))?"
        ),
    ),
    (
        "l.p.",
        (
            rf"(?:legge{S}provinciale|l\.{S}p\.)(?:{S}(?:di{S}|della{S}provincia{S}di{S})?"
            r"(?P<province>Trento|Bolzano))?"
        ),
    ),
    (
        "l.",
        (
            rf"legg[ei]{S}(?:statale|dello{S}Stato)?|l\."
            rf"|(?-i:L)(?={S}{N}?\d{{1,3}}{S}/{S}(?:19|20)\d\d)"
        ),
    ),
)
_ACT = re.compile(
    rf"(?<![\w.])(?:{'|'.join(f'(?P<k{at}>{words})' for at, (_kind, words) in enumerate(_KINDS))})"
    rf"{S},?{S}{NUMBERED}",
    re.IGNORECASE | re.VERBOSE,
)
_MORE = re.compile(
    rf"{S}(?:,|\be\b|\bed\b){S}{N}?(?P<n>\d{{1,5}}){S}/{S}(?P<y>{YEAR})(?![\d/])", re.IGNORECASE
)
_DATED = re.compile(
    rf"(?<![\w.])(?:(?P<m>decreto{S}(?:inter)?ministeriale{_MINISTRY}|d\.{S}m\.{_MINISTRY}"
    rf"|decreto{S}(?:del|dei){S}ministr[oi]{_MINISTRY}|decreto{S}(?:MIT|MEF|MASE)\b|dm(?=\s+\d))"
    rf"|(?P<p>d\.?{S}p\.?{S}c\.?{S}m\.?|decreto{S}del{S}presidente{S}del{S}consiglio"
    rf"(?:{S}dei{S}ministri)?)){S},?{S}(?:del{S}|dell['’]{S}|in\ data\s+)?(?P<d>{DATE})",
    re.IGNORECASE | re.VERBOSE,
)
_REGION_AFTER = re.compile(
    rf"{S},?{S}\(?(?:della{S}|del{S}|dell['’]{S})?(?:regione{S})?({_REGION})\b", re.IGNORECASE
)
_NAMES: tuple[tuple[str, str], ...] = (
    ("c.p.p.", r"codice\s+di\s+procedura\s+penale|c\.\s?p\.\s?p\.|cod\.\s?proc\.\s?pen\."),
    ("c.p.c.", r"codice\s+di\s+procedura\s+civile|c\.\s?p\.\s?c\.|cod\.\s?proc\.\s?civ\."),
    ("d.lgs. 104/2010", r"codice\s+del\s+processo\s+amministrativo|c\.\s?p\.\s?a\."),
    ("c.c.", r"codice\s+civile|cod\.\s?civ\.|c\.\s?c\.(?!\s?n\.?\s?l)"),
    ("c.p.", r"codice\s+penale|cod\.\s?pen\.|c\.\s?p\.(?!\s?[a-z]\.)"),
    ("Cost.", r"(?-i:Costituzione)(?!\s+d[ei])|(?-i:Cost\.)"),
    (
        "d.lgs. 267/2000",
        (
            r"t\.?u\.?e\.?l\.?(?!\w)|testo\s+unico\s+(?:delle\s+leggi\s+sull['’]ordinamento\s+)?"
            r"(?:degli\s+)?enti\s+locali"
        ),
    ),
    (
        "d.lgs. 196/2003",
        (
            r"codice\s+(?:della\s+)?privacy|codice\s+in\s+materia\s+di\s+protezione\s+dei\s+dati"
            r"\s+personali"
        ),
    ),
    ("d.lgs. 82/2005", r"codice\s+dell['’]amministrazione\s+digitale|c\.?a\.?d\.?(?!\w)"),
    ("d.lgs. 159/2011", r"codice\s+(?:delle\s+leggi\s+)?antimafia"),
    ("d.lgs. 117/2017", r"codice\s+del\s+terzo\s+settore"),
    (
        "d.lgs. 152/2006",
        r"codice\s+dell['’]ambiente|testo\s+unico\s+(?:in\s+materia\s+)?ambientale",
    ),
    ("d.P.R. 380/2001", r"testo\s+unico\s+(?:dell['’])?edilizia"),
    ("l. 300/1970", r"statuto\s+dei\s+lavoratori"),
    ("reg. (UE) 2016/679", r"gdpr|rgpd|g\.d\.p\.r\."),
)
_NAMED = re.compile(
    r"(?<!\w)(?:"
    + "|".join(f"(?P<a{at}>{words})" for at, (_name, words) in enumerate(_NAMES))
    + r")(?!\w)",
    re.IGNORECASE,
)


def mentions(text: str) -> Iterator[Mention]:
    """Every act named by its number or its own name, in no order."""
    yield from _numbered(text)
    yield from _dated(text)
    yield from european(text)
    yield from anac(text)
    for match in _NAMED.finditer(text):
        name = next(_NAMES[at][0] for at in range(len(_NAMES)) if match[f"a{at}"] is not None)
        short = match[0].endswith(".") and name in CODES
        yield Mention(match.start(), match.end(), named(name), needs_part=short)


def _numbered(text: str) -> Iterator[Mention]:
    for match in _ACT.finditer(text):
        kind = next(_KINDS[at][0] for at in range(len(_KINDS)) if match[f"k{at}"] is not None)
        number, year, day = number_in(match)
        if not year:
            continue
        end = match.end()
        if kind in ("l.r.", "l.p."):
            act, end = _local(text, match, kind, f"{int(number)}/{year}")
        else:
            act = act_of(kind, number, year, day=day)
        yield Mention(match.start(), end, act)
        yield from _following(text, end, kind)


def _following(text: str, end: int, kind: str) -> Iterator[Mention]:
    """«i decreti legislativi n. 33/2013 e n. 39/2013»: each further number is an act too."""
    while kind in PATHS and (more := _MORE.match(text, end)):
        yield Mention(more.start("n"), more.end(), act_of(kind, more["n"], year_of(more["y"])))
        end = more.end()


def _local(text: str, match: re.Match[str], kind: str, number: str) -> tuple[Act, int]:
    place, end = (match["region"] if kind == "l.r." else match["province"]) or "", match.end()
    if kind == "l.r." and not place and (after := _REGION_AFTER.match(text, end)):
        place, end = after[1], after.end()
    place = _region(place)
    slug = place.lower().replace(" ", ".").replace("'", ".")
    urn = f"urn:nir:regione.{slug}:legge:{number.split('/')[1]};{number.split('/', maxsplit=1)[0]}"
    name = " ".join(part for part in (kind, place, number) if part)
    return Act(name, urn if kind == "l.r." and place else "", kind, certain=False), end


def _region(place: str) -> str:
    words = re.sub(r"[-\s]+", " ", place).replace("’", "'").title()
    fixed = {
        "Emilia Romagna": "Emilia-Romagna",
        "Siciliana": "Sicilia",
        "Valle D'Aosta": "Valle d'Aosta",
    }
    return fixed.get(words, words)


def _dated(text: str) -> Iterator[Mention]:
    for match in _DATED.finditer(text):
        if not (day := date_of(match["d"])):
            continue
        if re.match(rf"{S},?{S}{N}\d", text[match.end() : match.end() + 20], re.IGNORECASE):
            continue
        kind = "d.m." if match["m"] else "d.P.C.M."
        yield Mention(match.start(), match.end(), Act(f"{kind} {day:%d/%m/%Y}", "", kind))
