"""Models of our own, made in code: a determination in DOCX, and the same words in ODT."""

from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import docx

from tests.drafting.makers import number_headings
from tests.drafting.makers_odf import OUTLINE, text_body, write_odf

LOTS = [
    {"oggetto": f"Lotto {number} <bis> & ter", "cig": f"B1A2C3D4E{number}", "importo": 1000.5}
    for number in range(1, 4)
]
DATA: dict[str, object] = {
    "ente": "Provincia di Pésaro & Urbino <SUA>",
    "cig": "B1A2C3D4E5",
    "cup": "J31B21000120005",
    "numero": "12",
    "oggetto": "lavori «urgenti»",
    "importo": "1234567.89",
    "data_atto": "2026-03-01",
    "pnrr": True,
    "lotti": LOTS,
}
CONSIDERED = "Considerato che {{ ente }} intende procedere ai sensi di legge" + (
    ", nel rispetto dei principi del risultato, della fiducia e dell’accesso al mercato" * 4
)


def docx_of(path: Path, *paragraphs: str | Sequence[str]) -> Path:
    """A DOCX with these paragraphs; a list of words is a paragraph of that many runs."""
    document = docx.Document()
    for paragraph in paragraphs:
        made = document.add_paragraph()
        for run in [paragraph] if isinstance(paragraph, str) else paragraph:
            made.add_run(run)
    document.save(str(path))
    return path


def odt_of(path: Path, *paragraphs: str, styles: str = "", meta: str = "") -> Path:
    """An ODT with these paragraphs as they are; what begins with an element is XML."""
    body = "".join(
        text if text.startswith(("<text:", "<table:")) else f"<text:p>{escape(text)}</text:p>"
        for text in paragraphs
    )
    return write_odf(path, text_body(body), styles=styles, meta=meta)


def determination(path: Path, *, paragraphs: int = 3, extra: Sequence[str] = ()) -> Path:
    """A model with fields in body, header, footer and title, a condition, and a table of lots."""
    document = docx.Document()
    section = document.sections[0]
    section.header.paragraphs[0].text = "{{ ente }} – CIG {{ cig }}"
    section.footer.paragraphs[0].text = "Determinazione n. {{ numero }}"
    document.core_properties.title = "Determinazione {{ numero }}"
    document.add_heading("Oggetto", 1)
    paragraph = document.add_paragraph("Affidamento di ")
    paragraph.add_run("{{ ogg").bold = True
    paragraph.add_run("etto }}")
    paragraph.add_run(
        " (CIG {{ cig }}, CUP {{ cup }}) per euro {{ importo|importo }} "
        "({{ importo|lettere }}), in data {{ data_atto|data_lunga }}."
    )
    for text in (
        "{%p se pnrr %}{# motivo: fondi PNRR #}",
        "Finanziato dall’Unione europea.",
        "{%p altrimenti %}",
        "Finanziato con fondi di bilancio.",
        "{%p fine se %}",
    ):
        document.add_paragraph(text)
    document.add_heading("Lotti", 1)
    _lots(document)
    document.add_heading("Considerato", 1)
    for _ in range(paragraphs):
        document.add_paragraph(CONSIDERED)
    for text in extra:
        document.add_paragraph(text)
    document.save(str(path))
    return path


def _lots(document: docx.document.Document) -> None:
    table = document.add_table(rows=4, cols=4)
    cells = ["{{ loop.numero }}", "{{ l.oggetto }}", "{{ l.cig }}", "{{ l.importo|importo }}"]
    for index, (title, cell) in enumerate(
        zip(["Lotto", "Oggetto", "CIG", "Importo"], cells, strict=True)
    ):
        table.cell(0, index).text = title
        table.cell(2, index).text = cell
    table.cell(1, 0).text = "{%tr per ogni l in lotti %}"
    table.cell(3, 0).text = "{%tr fine per %}"


def numbered(path: Path) -> Path:
    """A DOCX whose articles and commi are numbered by Word, the second article conditional."""
    document = docx.Document()
    number_headings(document)
    for style, text in (
        ("Heading 1", "Oggetto"),
        ("List Number", "Il contratto ha per oggetto {{ oggetto }}."),
        ("Normal", "{% se pnrr %}"),
        ("Heading 1", "Obblighi del PNRR"),
        ("List Number", "Si rispetta il principio DNSH."),
        ("Normal", "{% fine se %}"),
        ("Heading 1", "Durata"),
        ("List Number", "Primo."),
        ("List Number", "{% se pnrr %}Secondo.{% fine se %}"),
        ("List Number", "Ultimo."),
    ):
        document.add_paragraph(text, style=style)
    document.save(str(path))
    return path


def numbered_odt(path: Path) -> Path:
    """The same in ODT: articles by the outline, commi as items of a list."""
    heading = '<text:h text:outline-level="1">{}</text:h>'
    items = "".join(
        f"<text:list-item><text:p>{text}</text:p></text:list-item>"
        for text in ("Primo.", "{% se pnrr %}", "Secondo.", "{% fine se %}", "Ultimo.")
    )
    return odt_of(
        path,
        heading.format("Oggetto"),
        "{% se pnrr %}",
        heading.format("Obblighi del PNRR"),
        "{% fine se %}",
        heading.format("Durata"),
        f'<text:list text:style-name="Commi">{items}</text:list>',
        styles=OUTLINE,
    )
