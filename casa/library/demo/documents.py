"""Demonstration documents as Word files: real headings, Italian as the language."""

import io

from docx import Document
from docx.document import Document as WordDocument
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from casa.library.demo.texts import Text

AUTHOR = "Casa dei Comuni"


def as_docx(text: Text) -> bytes:
    """The text as a DOCX with «Art. 1 – …» headings and numbered commi."""
    document = Document()
    document.core_properties.author = AUTHOR
    document.core_properties.title = text.title
    document.core_properties.language = "it-IT"
    _speak_italian(document)
    document.add_heading(text.title, level=0)
    document.add_paragraph(text.warning)
    for number, article in enumerate(text.articles, start=1):
        document.add_heading(f"Art. {number} – {article.heading}", level=1)
        for comma, words in enumerate(article.commi, start=1):
            document.add_paragraph(f"{comma}. {words}")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _speak_italian(document: WordDocument) -> None:
    """Set the language of the text, so that readers pronounce it right."""
    properties = document.styles.element.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    language = properties.find(qn("w:lang"))
    if language is None:
        language = OxmlElement("w:lang")
        properties.append(language)
    language.set(qn("w:val"), "it-IT")
