"""What elements and codes of known vocabularies are called in Italian."""

import re
from functools import cache
from pathlib import Path

from casa.drafting.readers.xml.values import first, shown_date
from casa.drafting.xml import Element, local

_CAMEL = re.compile(r"(?<=[a-zà-ù0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TITLES = {
    "FatturaElettronica": "Fattura elettronica",
    "FatturaElettronicaSemplificata": "Fattura elettronica semplificata",
    "ContractNotice": "Bando di gara (eForms)",
    "ContractAwardNotice": "Avviso di aggiudicazione (eForms)",
    "PriorInformationNotice": "Avviso di preinformazione (eForms)",
    "QualificationApplicationRequest": "Documento di gara unico europeo (DGUE): richiesta",
    "QualificationApplicationResponse": "Documento di gara unico europeo (DGUE): risposta",
    "ESPDRequest": "Documento di gara unico europeo (DGUE): richiesta",
    "ESPDResponse": "Documento di gara unico europeo (DGUE): risposta",
    "postacert": "Dati di certificazione della PEC",
}


def title_of(root: Element) -> str:
    """What the whole file is: "Fattura elettronica n. 12 del 03/03/2026"."""
    title = _TITLES.get(local(root)) or label(root)
    if local(root).startswith("FatturaElettronica"):
        number, day = first(root, "Numero"), shown_date(first(root, "Data"))
        title += f" n. {number}" * bool(number) + f" del {day}" * bool(number and day)
    return title[:200]


def label(element: Element) -> str:
    """The name of an element in words."""
    name = local(element)
    known = _labels().get(name)
    if known:
        return known
    words = " ".join(_CAMEL.split(name.replace("_", " ").replace("-", " ")))
    return words[:1].upper() + words[1:].lower() if not words.isupper() else words


def meaning(element: Element, code: str) -> str:
    """What a code says, "" for one that is not known."""
    return _codes().get((local(element), code), "")


@cache
def _labels() -> dict[str, str]:
    return dict(line.split("\t") for line in _lines("labels.tsv"))


@cache
def _codes() -> dict[tuple[str, str], str]:
    rows = (line.split("\t") for line in _lines("codes.tsv"))
    return {(name, code): words for name, code, words in rows}


def _lines(name: str) -> list[str]:
    text = Path(__file__).with_name(name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if "\t" in line]
