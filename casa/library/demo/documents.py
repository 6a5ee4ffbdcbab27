"""Demonstration documents as Word files: real headings, automatic numbering, nothing hidden."""

import io

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from casa.library.demo.texts import WARNING, Text

AUTHOR = "Casa dei Comuni"


def as_docx(text: Text) -> bytes:
    """The text as a DOCX with «Art. 1 – …» headings and numbered commi."""
    document = Document()
    document.core_properties.author = AUTHOR
    document.core_properties.title = text.title
    document.core_properties.language = "it-IT"
    _speak_italian(document)
    document.add_heading(text.title, level=0)
    document.add_paragraph(WARNING)
    for number, (heading, commi) in enumerate(text.articles, start=1):
        document.add_heading(f"Art. {number} – {heading}", level=1)
        for comma, words in enumerate(commi, start=1):
            document.add_paragraph(f"{comma}. {words}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _speak_italian(document: "Document") -> None:  # type: ignore[valid-type]
    """Set the language of the text, so that readers pronounce it right."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "it-IT")
