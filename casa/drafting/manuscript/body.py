"""The blocks of a manuscript as the body of a DOCX: styles only, no look of their own."""

from collections.abc import Iterator, Sequence
from html import escape

from casa.drafting.manuscript.columns import WIDTH, sides_of, widths_of
from casa.drafting.manuscript.inline import TAG, Piece, pieces, plain
from casa.drafting.manuscript.manuscript import Block, Line, LineKind, Manuscript, Table

STYLES: dict[LineKind, str] = {
    "letterhead": "Ente",
    "title": "Title",
    "heading": "Heading1",
    "article": "Heading2",
    "comma": "Comma",
    "point": "Punto",
    "letter": "Lettera",
    "point_letter": "LetteradiPunto",
    "dash": "Trattino",
    "centred": "Centrato",
    "before_signature": "Primadellafirma",
    "signature": "Firma",
    "signature_more": "Firmaseguito",
    "page_break": "Interruzione",
    "command": "Istruzione",
    "text": "",
}
# Word joins tables that touch, wants a paragraph after the last one, and knows no space below one
_AFTER_TABLE = '<w:p><w:pPr><w:pStyle w:val="Dopotabella"/></w:pPr></w:p>'
_LOOK = (
    '<w:tblLook w:val="{value}" w:firstRow="{first}" w:lastRow="0" w:firstColumn="0" '
    'w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
)


def body_of(manuscript: Manuscript) -> str:
    """The paragraphs and tables, without the section around them."""
    parts: list[str] = []
    heading = manuscript.title
    for block in manuscript.blocks:
        if isinstance(block, Line):
            heading = plain(block.text) if block.kind in ("heading", "article") else heading
            parts.append(_paragraph(block))
        else:
            parts.append(_table(block, caption=TAG.sub("…", heading)))
            parts.append(_AFTER_TABLE)
    return "".join(parts)


def notes_of(sentences: Sequence[str]) -> str:
    """Notes after the last block, each a paragraph that goes when the model is filled."""
    return "".join(_styled(STYLES["command"], _runs(f"{{# {one} #}}")) for one in sentences)


def lines_of(manuscript: Manuscript) -> tuple[int, ...]:
    """The line of the file of each paragraph of the body, cells included, in order."""
    return tuple(_lines(manuscript.blocks))


def _lines(blocks: Sequence[Block]) -> Iterator[int]:
    for block in blocks:
        if isinstance(block, Line):
            yield block.line
            continue
        for cells, line in zip(block.rows, block.lines, strict=True):
            yield from [line] * len(cells)
        yield block.line


def _paragraph(line: Line) -> str:
    if line.kind == "page_break":
        return _styled(STYLES[line.kind], '<w:r><w:br w:type="page"/></w:r>')
    return _styled(STYLES[line.kind], _runs(line.text))


def _styled(style: str, runs: str) -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{runs}</w:p>"


def _runs(text: str) -> str:
    return "".join(map(_run, pieces(text)))


def _run(piece: Piece) -> str:
    style = {(True, False): "Strong", (False, True): "Emphasis", (True, True): "Enfasiforte"}.get(
        (piece.bold, piece.italic)
    )
    look = f'<w:rPr><w:rStyle w:val="{style}"/></w:rPr>' if style else ""
    return f'<w:r>{look}<w:t xml:space="preserve">{escape(piece.text, quote=False)}</w:t></w:r>'


def _table(table: Table, *, caption: str) -> str:
    widths, sides = widths_of(table), sides_of(table)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    rows = "".join(
        _row(cells, widths=widths, sides=sides, header=table.header and at == 0)
        for at, cells in enumerate(table.rows)
    )
    look = _LOOK.format(value="0620" if table.header else "0600", first=int(table.header))
    return (
        '<w:tbl><w:tblPr><w:tblStyle w:val="Tabellaconbordi"/>'
        f'<w:tblW w:w="{WIDTH}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f'<w:tblCaption w:val="{escape(caption)}"/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{rows}</w:tbl>"
    )


def _row(cells: Sequence[str], *, widths: Sequence[int], sides: Sequence[str], header: bool) -> str:
    properties = "<w:cantSplit/>" + ("<w:tblHeader/>" if header else "")
    made = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{_styled(_cell_style(side, header=header), _runs(cell))}</w:tc>"
        for cell, width, side in zip(cells, widths, sides, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{made}</w:tr>"


def _cell_style(side: str, *, header: bool) -> str:
    if header:
        return "Testatadellatabella"
    return {"right": "Cifredellatabella", "center": "Centroditabella"}.get(side, "Testoditabella")
