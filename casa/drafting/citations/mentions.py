"""Where a text names an act with its number: laws and decrees, European acts, ANAC, known names."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casa.drafting.citations.acts import CODES, PATHS, Act, act_of, named
from casa.drafting.citations.numbers import DATE, date_of, year_of

_S = r"[ \u00a0\n]*"
_N = rf"(?:n(?:umero|r|°|º)?{_S}\.?{_S}|nr\.?{_S}|n\.°{_S})"
_Y = r"(?:18|19|20)\d\d"
_NUMBERED = rf"""(?:
    (?:del{_S}|dell['’]{_S}|in\ data\s+)?(?P<d1>{DATE}){_S},?{_S}{_N}(?P<n1>\d{{1,5}})(?![\d/])
  | {_N}?(?P<n2>\d{{1,5}}){_S}/{_S}(?P<y2>{_Y}|\d\d)(?![\d/])
  | {_N}?(?P<n3>\d{{1,5}})\s+(?:del|dell['’]|in\ data|d\.d\.){_S}(?P<d3>{DATE})
  | {_N}?(?P<n4>\d{{1,5}})\s+del(?:l['’]anno)?\s+(?P<y4>{_Y})(?!\d)
)"""
_REGION = (
    r"Abruzzo|Basilicata|Calabria|Campania|Emilia[- ]Romagna|Friuli[- ]Venezia[- ]Giulia|Lazio|"
    r"Liguria|Lombardia|Marche|Molise|Piemonte|Puglia|Sardegna|Siciliana|Sicilia|Toscana|Umbria|"
    r"Valle\ d['’]Aosta|Veneto"
)
_MINISTRY = r"(?:\s+(?:\(?[A-Z]{3,5}\)?|(?!\d|n\.)[A-Za-zÀ-ù'’,\-]+)){0,16}?"
_KINDS: tuple[tuple[str, str], ...] = (
    ("r.d.l.", rf"regio{_S}decreto{_S}[-–]?{_S}legge|r\.{_S}d\.{_S}l\."),
    ("r.d.", rf"regio{_S}decreto|r\.{_S}d\."),
    (
        "d.lgs.",
        (
            rf"decret[oi]{_S}[-–]?{_S}legislativ[oi]|d\.?{_S}lgs\.?(?:vo\b)?|d\.?{_S}leg\.?{_S}vo|d\.?{_S}l\.?vo"
            rf"|decr\.{_S}legisl?\.|decr\.{_S}lgs\."
        ),
    ),
    ("d.l.", rf"decreto{_S}[-–]?{_S}legge|d\.{_S}l\.|dl(?=\s+n?\.?\s*\d)"),
    (
        "d.P.R.",
        rf"decreto{_S}del{_S}presidente{_S}della{_S}repubblica|d\.?{_S}p\.?{_S}r\.?",
    ),
    (
        "d.P.C.M.",
        (
            rf"decreto{_S}del{_S}presidente{_S}del{_S}consiglio(?:{_S}dei{_S}ministri)?"
            rf"|d\.?{_S}p\.?{_S}c\.?{_S}m\.?"
        ),
    ),
    (
        "d.m.",
        (
            rf"decreto{_S}(?:inter)?ministeriale{_MINISTRY}|decreto{_S}(?:del|dei){_S}ministr[oi]{_MINISTRY}"
            rf"|decreto{_S}(?:del{_S})?ministero{_MINISTRY}|decreto{_S}(?:MIT|MIMS|MEF|MASE|MATTM|MITE)\b"
            rf"|d\.{_S}m\.{_MINISTRY}|d\.{_S}i\.|dm(?=\s+(?:n\.?)?\s*\d)"
        ),
    ),
    ("l. cost.", rf"legge{_S}costituzionale|l\.{_S}cost\."),
    (
        "l.r.",
        (
            rf"(?:legge{_S}(?:regionale|(?=(?:della{_S})?regione\b))|l\.{_S}r\.)(?:{_S},?{_S}(?:della{_S}|del{_S}|dell['’]{_S})?"
            rf"(?:regione{_S})?(?P<region>{_REGION}))?"
        ),
    ),
    (
        "l.p.",
        (
            rf"(?:legge{_S}provinciale|l\.{_S}p\.)(?:{_S}(?:di{_S}|della{_S}provincia{_S}di{_S})?"
            r"(?P<province>Trento|Bolzano))?"
        ),
    ),
    ("l.", rf"legg[ei]{_S}(?:statale|dello{_S}Stato)?|l\."),
)
_ACT = re.compile(
    rf"(?<![\w.])(?:{'|'.join(f'(?P<k{at}>{words})' for at, (_kind, words) in enumerate(_KINDS))})"
    rf"{_S},?{_S}{_NUMBERED}",
    re.IGNORECASE | re.VERBOSE,
)
_MORE = re.compile(
    rf"{_S}(?:,|\be\b|\bed\b){_S}{_N}?(?P<n>\d{{1,5}}){_S}/{_S}(?P<y>{_Y})(?![\d/])", re.IGNORECASE
)
_MORE_EU = re.compile(
    rf"{_S}(?:,|\be\b|\bed\b){_S}(?P<x>\d{{1,4}})/(?P<y>\d{{1,4}})/(?P<o2>UE|CE|CEE)\b(?![\d/])"
)
_DATED = re.compile(
    rf"(?<![\w.])(?:(?P<m>decreto{_S}(?:inter)?ministeriale{_MINISTRY}|d\.{_S}m\.{_MINISTRY}"
    rf"|decreto{_S}(?:del|dei){_S}ministr[oi]{_MINISTRY}|decreto{_S}(?:MIT|MEF|MASE)\b|dm(?=\s+\d))"
    rf"|(?P<p>d\.?{_S}p\.?{_S}c\.?{_S}m\.?|decreto{_S}del{_S}presidente{_S}del{_S}consiglio"
    rf"(?:{_S}dei{_S}ministri)?)){_S},?{_S}(?:del{_S}|dell['’]{_S}|in\ data\s+)?(?P<d>{DATE})",
    re.IGNORECASE | re.VERBOSE,
)
_REGION_AFTER = re.compile(
    rf"{_S},?{_S}\(?(?:della{_S}|del{_S}|dell['’]{_S})?(?:regione{_S})?({_REGION})\b", re.IGNORECASE
)
_EU = re.compile(
    rf"""(?<!\w)(?P<t>regolament[oi]|reg\.(?:to)?|direttiv[ae]|dir\.|decisione|dec\.)
    (?:\s+(?:di\s+esecuzione|delegat[oa]|europe[oa]))?
    (?:\s+(?:del\s+parlamento\s+europeo|della\s+commissione|del\s+consiglio)
       (?:\s+e\s+del\s+consiglio)?)?
    {_S}(?:\(?{_S}(?P<o1>UE|CE|CEE|EU)(?:,\s*Euratom)?{_S}\)?{_S},?)?
    {_S}{_N}?(?P<x>\d{{1,4}}){_S}/{_S}(?P<y>\d{{1,4}})(?:{_S}/{_S}(?P<o2>UE|CE|CEE|EU)\b)?(?![\d/])""",
    re.IGNORECASE | re.VERBOSE,
)
_ANAC_WORDS = rf"(?:ANAC|A\.N\.AC\.|A\.N\.A\.C\.|AVCP|Autorità{_S}nazionale{_S}anticorruzione)"
_DELIBERA = (
    rf"(?:deliberazion[ei]|deliber[ae]|determinazion[ei]|det\.|del\.)"
    rf"(?:{_S}del{_S}(?:consiglio|presidente))?"
)
_ANAC = re.compile(
    rf"""(?<!\w)(?:{_DELIBERA}{_S}(?:dell['’]|di\s+|della\s+)?{_S}(?:{_ANAC_WORDS}){_S},?{_S}{
        _NUMBERED
    }
    |{_DELIBERA}{_S}{
        _NUMBERED.replace("P<d1", "P<e1")
        .replace("P<n1", "P<m1")
        .replace("P<n2", "P<m2")
        .replace("P<y2", "P<z2")
        .replace("P<n3", "P<m3")
        .replace("P<d3", "P<e3")
        .replace("P<n4", "P<m4")
        .replace("P<y4", "P<z4")
    }
     {_S},?{_S}(?:dell['’]|di\s+|della\s+)?{_S}(?:{_ANAC_WORDS}))""",
    re.IGNORECASE | re.VERBOSE,
)
_GUIDELINES = re.compile(
    rf"(?<!\w)(?:linee\s+guida|l\.{_S}g\.){_S}(?:dell['’])?{_S}(?:{_ANAC_WORDS}{_S})?{_N}(\d{{1,2}})\b"
    rf"(?!{_S}/)",
    re.IGNORECASE,
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
_OLD = 1952
_NEW = 2040
_SWAPPED = 2015


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an act. `needs_part`: they count only with an article; `is_code`: the text
    calls that act «Codice»."""

    start: int
    end: int
    act: Act
    needs_part: bool = False
    is_code: bool = False


def mentions(text: str) -> Iterator[Mention]:
    """Every act named by its number or its own name, in no order."""
    yield from _numbered(text)
    yield from _dated(text)
    yield from _european(text)
    yield from _anac(text)
    for match in _NAMED.finditer(text):
        name = next(_NAMES[at][0] for at in range(len(_NAMES)) if match[f"a{at}"] is not None)
        short = match[0].endswith(".") and name in CODES
        yield Mention(match.start(), match.end(), named(name), needs_part=short)


def _numbered(text: str) -> Iterator[Mention]:
    for match in _ACT.finditer(text):
        kind = next(_KINDS[at][0] for at in range(len(_KINDS)) if match[f"k{at}"] is not None)
        number, year, day = _number_in(match, "n", "y", "d")
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


def _number_in(match: re.Match[str], n: str, y: str, d: str) -> tuple[str, int, str]:
    """Number, year (0 when the date is none) and ISO day of `_NUMBERED`, whatever its form."""
    for at in "13":
        if match[f"{n}{at}"]:
            day = date_of(match[f"{d}{at}"])
            return (
                (match[f"{n}{at}"], day[0], f"{day[0]:04}-{day[1]:02}-{day[2]:02}")
                if day
                else ("0", 0, "")
            )
    for at in "24":
        if match[f"{n}{at}"]:
            return match[f"{n}{at}"], year_of(match[f"{y}{at}"]), ""
    return "0", 0, ""


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
        if re.match(rf"{_S},?{_S}{_N}\d", text[match.end() : match.end() + 20], re.IGNORECASE):
            continue
        kind = "d.m." if match["m"] else "d.P.C.M."
        yield Mention(
            match.start(), match.end(), Act(f"{kind} {day[2]:02}/{day[1]:02}/{day[0]}", "", kind)
        )


def _european(text: str) -> Iterator[Mention]:
    for match in _EU.finditer(text):
        kind = {"r": "reg.", "d": "dir."}[match["t"][0].lower()]
        kind = "dec." if match["t"].lower().startswith("dec") else kind
        body = (match["o1"] or match["o2"] or "").upper().replace("EU", "UE")
        order = _year_first(match["x"], match["y"], kind)
        if not order or not (body or kind == "dir."):
            continue
        year, number = order
        act = _european_act(kind, body, year, number, before=bool(match["o1"]))
        yield Mention(match.start(), match.end(), act)
        end = match.end()
        while more := _MORE_EU.match(text, end):
            end = more.end()
            if further := _year_first(more["x"], more["y"], kind):
                act = _european_act(kind, more["o2"], *further, before=False)
                yield Mention(more.start("x"), end, act)


def _european_act(kind: str, body: str, year: int, number: int, *, before: bool) -> Act:
    name = _european_name(kind, body, year, number, before=before)
    eli = f"http://data.europa.eu/eli/{kind.rstrip('.')}/{year}/{number}/oj"
    return Act(name, eli, kind)


def _year_first(one: str, two: str, kind: str) -> tuple[int, int] | None:
    def is_year(text: str) -> bool:
        return len(text) == len(str(_OLD)) and _OLD <= int(text) <= _NEW

    if is_year(one) and not is_year(two):
        return int(one), int(two)
    if is_year(two) and not is_year(one):
        return int(two), int(one)
    if is_year(one) and is_year(two):
        return (
            (int(one), int(two)) if kind != "reg." or int(one) >= _SWAPPED else (int(two), int(one))
        )
    if kind == "reg." and len(two) == 2:  # noqa: PLR2004 -- «1182/71»
        return year_of(two), int(one)
    if kind == "dir." and len(one) == 2:  # noqa: PLR2004 -- «89/665»
        return year_of(one), int(two)
    return None


def _european_name(kind: str, body: str, year: int, number: int, *, before: bool) -> str:
    body = body or "UE"
    if kind == "dir." and not before:
        shown = year if year >= 1999 else year - 1900  # noqa: PLR2004 -- when titles changed
        return f"dir. {shown}/{number}/{body}"
    return (
        f"{kind} ({body}) {year}/{number}"
        if year >= _SWAPPED
        else f"{kind} ({body}) {number}/{year}"
    )


def _anac(text: str) -> Iterator[Mention]:
    for match in _ANAC.finditer(text):
        before = any(match[f"n{at}"] for at in "1234")
        names = ("n", "y", "d") if before else ("m", "z", "e")
        number, year, _day = _number_in(match, *names)
        if year:
            act = Act(f"del. ANAC {int(number)}/{year}", "", "del.")
            yield Mention(match.start(), match.end(), act)
    for match in _GUIDELINES.finditer(text):
        yield Mention(match.start(), match.end(), Act(f"l.g. ANAC {int(match[1])}", "", "l.g."))
