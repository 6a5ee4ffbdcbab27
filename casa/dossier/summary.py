"""The sheet of a shared tender: what it was and how it went, as a Word file without names."""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

AUTHOR = "Casa dei Comuni"
NAME = "Scheda della gara.docx"
NOT_TOLD = "non indicato"

Row = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What the sheet says, ready in words. `days` and `facts` are pairs of a label and a value."""

    title: str
    object: str
    facts: Sequence[Row]
    days: Sequence[Row]
    documents: Sequence[str]
    models: Sequence[str]
    reason: str


def as_docx(sheet: Sheet) -> bytes:
    """The sheet with real headings, in Italian."""
    document = Document()
    document.core_properties.author = AUTHOR
    document.core_properties.title = sheet.title
    document.core_properties.language = "it-IT"
    _speak_italian(document)
    document.add_heading(sheet.title, level=0)
    document.add_paragraph(sheet.object)
    for heading, lines in _parts(sheet):
        if lines:
            document.add_heading(heading, level=1)
        for line in lines:
            document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def days_in_words(days: int) -> str:
    """«1 giorno», «30 giorni»."""
    return ngettext("%d giorno", "%d giorni", days) % days


def percentage(value: Decimal | None) -> str:
    """«12,50 %», or that it was not told."""
    return NOT_TOLD if value is None else f"{number_format(value, 2)} %"


def _parts(sheet: Sheet) -> Iterable[tuple[str, Sequence[str]]]:
    yield _("In breve"), [f"{label}: {value}" for label, value in sheet.facts]
    yield _("Giorni per fase"), [f"{label}: {value}" for label, value in sheet.days]
    yield _("Perché è finita senza aggiudicazione"), [sheet.reason] if sheet.reason else []
    yield _("Documenti usati"), sheet.documents
    yield _("Modelli della biblioteca usati"), sheet.models


def _speak_italian(document: WordDocument) -> None:
    """Set the language of the text, so that readers pronounce it right."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "it-IT")
