"""Word files written as XML, with all that real ones have: notes, boxes, fields, nested tables."""

import random
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from tests.drafting.versions import sentence

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360"
    "606060000000050001a5f645400000000049454e44ae426082"
)


@dataclass
class Parts:
    """What a file is made of; `pictures` are the bytes of media, related as "rP0", "rP1"…"""

    body: str
    notes: list[str] = field(default_factory=list)
    header: str = ""
    styles: str = ""
    numbering: str = ""
    pictures: list[bytes] = field(default_factory=list)


def run(text: str, form: str = "") -> str:
    return f'<w:r><w:rPr>{form}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", number: tuple[int, int] | None = None) -> str:
    said = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        said += f'<w:numPr><w:ilvl w:val="{number[0]}"/><w:numId w:val="{number[1]}"/></w:numPr>'
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{said}</w:pPr>{inside}</w:p>"


def note(identifier: int) -> str:
    return f'<w:r><w:footnoteReference w:id="{identifier}"/></w:r>'


def check_box(*, ticked: bool) -> str:
    return (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
        f'<w:default w:val="{int(ticked)}"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        "<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def control_box() -> str:
    """The check box of newer forms, a content control."""
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    kind = f'<w14:checkbox xmlns:w14="{w14}"><w14:checked w14:val="0"/></w14:checkbox>'
    return f"<w:sdt><w:sdtPr>{kind}</w:sdtPr><w:sdtContent>{run('☐')}</w:sdtContent></w:sdt>"


def simple_field(text: str) -> str:
    return f'<w:fldSimple w:instr=" REF luogo ">{run(text)}</w:fldSimple>'


def box(*paragraphs: str) -> str:
    """A text box as Word writes it: the drawing, and again for old programs."""
    inside = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline>'
        f'<wp:docPr id="7" name="Casella"/><wps:wsp><wps:txbx>{inside}</wps:txbx></wps:wsp>'
        "</wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>"
        f"{inside}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def picture(relation: str) -> str:
    return (
        '<w:r><w:drawing><wp:inline><wp:docPr id="9" name="Stemma"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:blipFill><a:blip r:embed="{relation}"/></pic:blipFill></pic:pic>'
        "</a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def table(*rows: list[str]) -> str:
    """Rows of cells, each the XML of its paragraphs."""
    lines = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in row) + "</w:tr>"
        for row in rows
    )
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{lines}</w:tbl>"


def styles(*, heading_counts: bool, bold: bool) -> str:
    """Titolo1 means different things in different files, as it does."""
    counts = "<w:numPr><w:numId w:val='1'/></w:numPr>" if heading_counts else ""
    return (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normale"><w:name w:val="Normal"/>'
        "</w:style>"
        '<w:style w:type="paragraph" w:styleId="Titolo1"><w:name w:val="heading 1"/>'
        f"<w:pPr>{counts}<w:outlineLvl w:val='0'/></w:pPr>"
        f"<w:rPr>{'<w:b/>' if bold else ''}</w:rPr></w:style>"
    )


def numbering(*forms: str) -> str:
    """A list for each form ("decimal", "lowerLetter"…), numbered from 1."""
    abstracts = "".join(
        f'<w:abstractNum w:abstractNumId="{place}"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
        f'<w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        for place, form in enumerate(forms)
    )
    lists = "".join(
        f'<w:num w:numId="{place + 1}"><w:abstractNumId w:val="{place}"/></w:num>'
        for place in range(len(forms))
    )
    return abstracts + lists


def write_word(path: Path, parts: Parts) -> Path:
    """The archive around the parts."""
    section = '<w:headerReference w:type="default" r:id="rHeader"/>' if parts.header else ""
    notes = "".join(
        f'<w:footnote w:id="{place}">{text}</w:footnote>'
        for place, text in enumerate(parts.notes, start=1)
    )
    files = {
        "styles": f"<w:styles {NAMES}>{parts.styles or styles(heading_counts=False, bold=True)}</w:styles>",
        "numbering": f"<w:numbering {NAMES}>{parts.numbering}</w:numbering>"
        if parts.numbering
        else "",
        "footnotes": f"<w:footnotes {NAMES}>{notes}</w:footnotes>" if notes else "",
        "header": f"<w:hdr {NAMES}>{parts.header}</w:hdr>" if parts.header else "",
    }
    files = {name: text for name, text in files.items() if text}
    relations = "".join(
        f'<Relationship Id="r{name.title()}" Type="{R}/{name}" Target="{name}.xml"/>'
        for name in files
    ) + "".join(
        f'<Relationship Id="rP{place}" Type="{R}/image" Target="media/i{place}.png"/>'
        for place in range(len(parts.pictures))
    )
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{KIND}.{kind}+xml"/>'
        for name, kind in [("document", "document.main"), *((name, name) for name in files)]
    )
    document = f"<w:document {NAMES}><w:body>{parts.body}<w:sectPr>{section}</w:sectPr></w:body></w:document>"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" '
            'ContentType="application/xml"/><Default Extension="rels" ContentType="application/'
            'vnd.openxmlformats-package.relationships+xml"/><Default Extension="png" '
            f'ContentType="image/png"/>{types}</Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        archive.writestr("word/document.xml", document)
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        )
        for name, text in files.items():
            archive.writestr(f"word/{name}.xml", text)
        for place, data in enumerate(parts.pictures):
            archive.writestr(f"word/media/i{place}.png", data)
    return path


def any_word(chance: random.Random) -> Parts:
    """A file of anything, from a seed."""
    parts = Parts(
        "", styles=styles(heading_counts=chance.random() < 0.5, bold=chance.random() < 0.5)
    )
    parts.numbering = numbering(*chance.sample(["decimal", "lowerLetter", "upperRoman"], 3))
    parts.header = paragraph(sentence(chance)) if chance.random() < 0.6 else ""
    parts.pictures = [PICTURE + bytes([chance.randrange(3)])]
    parts.body = "".join(_any_item(chance, parts) for _ in range(chance.randint(1, 9)))
    return parts


def changed(chance: random.Random, parts: Parts) -> Parts:
    """Another version: some items go, some come, some words are others."""
    other = any_word(chance)
    made = Parts(**{**vars(parts), "header": chance.choice([parts.header, other.header])})
    made.notes = [*parts.notes]
    made.body = parts.body
    for _ in range(chance.randint(0, 4)):
        made.body = made.body.replace(
            f" {chance.choice(['ente', 'termine', 'importo'])} ", " nuovo ", 1
        )
    if made.notes and chance.random() < 0.6:
        made.notes[0] = paragraph(sentence(chance))
    made.body += "".join(_any_item(chance, made) for _ in range(chance.randint(0, 2)))
    return made


def _any_item(chance: random.Random, parts: Parts, *, deep: bool = True) -> str:
    if deep and chance.random() < 0.25:
        width = chance.randint(1, 3)
        return table(*(
            ["".join(_any_item(chance, parts, deep=chance.random() < 0.2) for _ in range(chance.randint(1, 2)))
             + paragraph() for _ in range(width)]
            for _ in range(chance.randint(1, 3))
        ))  # fmt: skip
    style = chance.choice(["", "", "Titolo1"])
    number = chance.choice([None, None, (0, 1), (0, 2), (0, 3)])
    return paragraph(
        *(_any_run(chance, parts) for _ in range(chance.randint(1, 5))), style=style, number=number
    )


def _any_run(chance: random.Random, parts: Parts) -> str:
    kind = chance.choice(
        ["text"] * 6 + ["bold", "hidden", "note", "box", "field", "check", "tab", "picture"]
    )
    text = f" {sentence(chance)}"
    if kind == "note":
        parts.notes.append(paragraph(sentence(chance)))
        return note(len(parts.notes))
    made = {
        "bold": lambda: run(text, "<w:b/>"),
        "hidden": lambda: run(text, "<w:vanish/>"),
        "box": lambda: box(paragraph(text), paragraph(sentence(chance))),
        "field": lambda: simple_field(text),
        "check": lambda: check_box(ticked=chance.random() < 0.5),
        "tab": lambda: "<w:r><w:t>prima</w:t><w:tab/><w:t>dopo</w:t><w:br/></w:r>",
        "picture": lambda: picture("rP0"),
    }
    return made.get(kind, lambda: run(text))()
