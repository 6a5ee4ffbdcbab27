"""Documents of our own, made in code: what other rooms' tests upload, read and search.

Every maker takes the path to write and gives it back. `articles` is a list of
(title, [comma, …]); see `ARTICLES`. Nothing here comes from a real document.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import openpyxl
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.drafting.makers_odf import (
    ODS_TYPE,
    OUTLINE,
    article_xml,
    sheet_xml,
    text_body,
    write_odf,
)
from tests.drafting.makers_pdf import Pdf

Article = tuple[str, Sequence[str]]
TITLE = "Disciplinare di gara per il servizio di pulizia"
ARTICLES: list[Article] = [
    (
        "Oggetto dell'appalto",
        [
            "L'appalto ha per oggetto il servizio di pulizia degli edifici comunali.",
            "Il valore stimato è pari a euro 120.000,00, oneri per la sicurezza esclusi.",
        ],
    ),
    (
        "Requisiti di partecipazione",
        [
            "Possono partecipare gli operatori economici iscritti alla Camera di commercio.",
            "È richiesta la certificazione di qualità aziendale in corso di validità.",
            "Il possesso dei requisiti è verificato con il fascicolo virtuale.",
        ],
    ),
    ("Durata", ["Il contratto dura dodici mesi dalla consegna del servizio."]),
]


def make_docx(
    path: Path,
    *,
    articles: Sequence[Article] = ARTICLES,
    title: str = TITLE,
    automatic_numbering: bool = True,
    author: str = "",
) -> Path:
    """A DOCX whose "Art. 1 –" and "1." are numbered by Word, or typed by hand in bold."""
    document = docx.Document()
    document.core_properties.author = author
    document.core_properties.title = title
    document.add_heading(title, level=0)
    if automatic_numbering:
        number_headings(document)
    for index, (heading, commas) in enumerate(articles, start=1):
        _add_article(document, index, heading, commas, automatic=automatic_numbering)
    document.save(str(path))
    return path


def _add_article(
    document: Document, index: int, heading: str, commas: Sequence[str], *, automatic: bool
) -> None:
    if automatic:
        document.add_paragraph(heading, style="Heading 1")
        for comma in commas:
            document.add_paragraph(comma, style="List Number")
        return
    document.add_paragraph().add_run(f"Art. {index} – {heading}").bold = True
    for number, comma in enumerate(commas, start=1):
        document.add_paragraph(f"{number}. {comma}")


def number_headings(document: Document) -> None:
    """Let Heading 1 count "Art. 1 –" and List Number count the commi below it."""
    numbering = document.part.numbering_part.element
    abstract = parse_xml(
        f"""<w:abstractNum {nsdecls("w")} w:abstractNumId="90">
        <w:multiLevelType w:val="multilevel"/>
        <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
          <w:pStyle w:val="Heading1"/><w:lvlText w:val="Art. %1 –"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/>
          <w:pStyle w:val="ListNumber"/><w:lvlText w:val="%2."/></w:lvl>
        </w:abstractNum>"""
    )
    numbering.insert(0, abstract)
    number = parse_xml(f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    numbering.append(number)
    for level, name in enumerate(("Heading 1", "List Number")):
        properties = document.styles[name].element.get_or_add_pPr()
        for old in properties.findall(f"{{{nsdecls('w').split(chr(34))[1]}}}numPr"):
            properties.remove(old)
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="90"/></w:numPr>'
            )
        )


def make_txt(
    path: Path,
    *,
    articles: Sequence[Article] = ARTICLES,
    title: str = TITLE,
    encoding: str = "utf-8",
) -> Path:
    """A plain text with "Art. 1 – Oggetto" headings and numbered commi."""
    path.write_bytes(plain_text(articles, title=title).encode(encoding))
    return path


def plain_text(articles: Sequence[Article] = ARTICLES, *, title: str = TITLE) -> str:
    """The text that `make_txt` writes."""
    parts = [title]
    for index, (heading, commas) in enumerate(articles, start=1):
        parts.append(f"Art. {index} – {heading}")
        parts += [f"{number}. {comma}" for number, comma in enumerate(commas, start=1)]
    return "\n\n".join(parts) + "\n"


def make_odt(path: Path, *, articles: Sequence[Article] = ARTICLES, title: str = TITLE) -> Path:
    """An ODT whose articles are numbered by the outline and whose commi by a list."""
    body = f'<text:p text:style-name="Title">{title}</text:p>' + "".join(
        article_xml(heading, commas) for heading, commas in articles
    )
    meta = f"<dc:title>{title}</dc:title><meta:initial-creator>Autore</meta:initial-creator>"
    return write_odf(path, text_body(body), styles=OUTLINE, meta=meta)


def make_pdf(
    path: Path,
    *,
    articles: Sequence[Article] = ARTICLES,
    title: str = TITLE,
    header: str = "",
    footer: str = "",
    empty_pages: int = 0,
    scanned_pages: int = 0,
) -> Path:
    """A PDF with text; headings in bold; header and footer ("Pagina {}") on every page."""
    pdf = Pdf(header=header, footer=footer)
    pdf.add_page()
    pdf.paragraph(title, size=16, bold=True)
    for index, (heading, commas) in enumerate(articles, start=1):
        pdf.paragraph(f"Art. {index} – {heading}", bold=True)
        for number, comma in enumerate(commas, start=1):
            pdf.paragraph(f"{number}. {comma}")
    for _ in range(empty_pages):
        pdf.add_page()
    for _ in range(scanned_pages):
        pdf.add_page()
        pdf.picture()
    return pdf.save(path)


def make_scan(path: Path, *, pages: int = 2) -> Path:
    """A PDF of pictures without a word."""
    pdf = Pdf()
    for _ in range(pages):
        pdf.add_page()
        pdf.picture()
    return pdf.save(path)


def make_html(path: Path, *, articles: Sequence[Article] = ARTICLES, title: str = TITLE) -> Path:
    """A web page with a heading for each article and a numbered list of commi."""
    parts = [f"<h1>{title}</h1>"]
    for index, (heading, commas) in enumerate(articles, start=1):
        items = "".join(f"<li>{comma}</li>" for comma in commas)
        parts.append(f"<h2>Art. {index} – {heading}</h2><ol>{items}</ol>")
    page = f"<!doctype html><html lang=it><meta charset=utf-8><title>{title}</title>"
    path.write_text(f"{page}<body>{''.join(parts)}</body></html>", encoding="utf-8")
    return path


def make_xlsx(path: Path, *, rows: Sequence[Sequence[object]] = (("Lotto", "Importo"),)) -> Path:
    """A workbook with one sheet "Lotti"."""
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "Lotti"
    for row in rows:
        sheet.append(list(row))
    workbook.save(path)
    return path


def make_ods(path: Path, *, rows: Sequence[Sequence[str]] = (("Lotto", "Importo"),)) -> Path:
    """A spreadsheet document with one sheet "Lotti"."""
    body = f"<office:spreadsheet>{sheet_xml('Lotti', rows)}</office:spreadsheet>"
    return write_odf(path, body, kind=ODS_TYPE)


def rezip(source: Path, target: Path, *, changes: dict[str, bytes | None]) -> Path:
    """A copy of an archive with entries replaced, added, or left out (None)."""
    with zipfile.ZipFile(source) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    entries.update({name: data for name, data in changes.items() if data is not None})
    for name in [name for name, data in changes.items() if data is None]:
        entries.pop(name, None)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in entries.items():
            new.writestr(name, data)
    target.write_bytes(buffer.getvalue())
    return target
