"""XML that offices receive (FatturaPA, eForms, DGUE, anything else) as a readable outline.

Elements with elements inside are headings, the others are lines «label: value». Labels are the
element's own name in words; the English ones of eForms and DGUE (UBL) are told in Italian.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.passages import Content, Passage
from casa.drafting.text import clean, one_line
from casa.drafting.xml import Element, local, parse

CERTAINTY = 0.9
_DEEPEST = 6
_LABELS_FILE = Path(__file__).with_name("xml_labels.tsv")
_CAMEL = re.compile(r"(?<=[a-zà-ù0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_TITLES = {
    "FatturaElettronica": "Fattura elettronica",
    "ContractNotice": "Bando di gara (eForms)",
    "ContractAwardNotice": "Avviso di aggiudicazione (eForms)",
    "PriorInformationNotice": "Avviso di preinformazione (eForms)",
    "QualificationApplicationRequest": "Documento di gara unico europeo (DGUE): richiesta",
    "QualificationApplicationResponse": "Documento di gara unico europeo (DGUE): risposta",
    "ESPDRequest": "Documento di gara unico europeo (DGUE): richiesta",
    "ESPDResponse": "Documento di gara unico europeo (DGUE): risposta",
}
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]{400,}")


def read(path: Path, *, limits: Limits) -> Content:
    """The outline of the file. Raises Unreadable for what is no XML, or has a document type."""
    root = parse(path.read_bytes())
    labels = _labels()
    passages = [Passage(_TITLES.get(local(root)) or _label(root, labels), outline=1)]
    size = 0
    for passage in _outline(root, labels, depth=2):
        size += len(passage.text)
        if size > limits.characters or len(passages) > limits.blocks:
            raise Unreadable("too_large")
        passages.append(passage)
    return Content(passages=passages, confidence=CERTAINTY)


def _outline(parent: Element, labels: dict[str, str], *, depth: int) -> Iterator[Passage]:
    for element in parent:
        name = local(element)
        if not name:
            continue
        label = _label(element, labels)
        if len(element):
            yield Passage(label, outline=min(depth, _DEEPEST))
            yield from _outline(element, labels, depth=depth + 1)
        elif value := _value(element):
            yield Passage(f"{label}: {value}", flat=True)


def _value(element: Element) -> str:
    """The text of a leaf with its unit or currency; what is packed in base64 is only named."""
    text = one_line(clean(element.text or ""))
    if _BASE64.fullmatch(text):
        return "(un file allegato, che qui non si legge)"
    unit = element.get("currencyID") or element.get("unitCode") or ""
    return f"{text} {unit}".strip() if text else ""


def _label(element: Element, labels: dict[str, str]) -> str:
    name = local(element)
    if name in labels:
        return labels[name]
    words = " ".join(_CAMEL.split(name.replace("_", " ").replace("-", " ")))
    return words[:1].upper() + words[1:].lower() if not words.isupper() else words


def _labels() -> dict[str, str]:
    """The Italian words of element names: name, tab, words."""
    lines = _LABELS_FILE.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t") for line in lines if "\t" in line)
