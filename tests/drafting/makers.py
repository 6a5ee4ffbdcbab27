"""Documents of our own, made in code: what other rooms' tests upload, read and search.

Every maker takes the path to write and gives it back. `articles` is a list of
(title, [comma, …]); see `ARTICLES`. Nothing here comes from a real document.
"""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

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
    for name in ("Heading 1", "List Number"):
        properties = document.styles[name].element.get_or_add_pPr()
        for old in properties.findall(f"{{{nsdecls('w').split(chr(34))[1]}}}numPr"):
            properties.remove(old)
        properties.append(parse_xml(f'<w:numPr {nsdecls("w")}><w:numId w:val="90"/></w:numPr>'))


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
