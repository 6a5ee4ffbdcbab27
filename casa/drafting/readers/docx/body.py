"""The body of a DOCX as passages: paragraphs, tables, text boxes, notes, in reading order."""

from collections.abc import Iterable, Iterator

from casa.drafting.draft import Row
from casa.drafting.passages import Passage
from casa.drafting.readers.docx.numbering import Numbering
from casa.drafting.readers.docx.package import Package, W, number, value
from casa.drafting.readers.docx.styles import Style
from casa.drafting.readers.docx.words import Line, Words
from casa.drafting.text import clean
from casa.drafting.xml import Element, local

_SKIPPED = frozenset({"del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "tcPr"})
_MOST_COLUMNS = 100
_BODY_LEVEL = 9


def passages_of(
    body: Element, *, package: Package, numbering: Numbering, words: Words
) -> list[Passage]:
    """All passages of the document."""
    return _Body(package=package, numbering=numbering, words=words).passages(body)


class _Body:
    """A walk through the body; holds what a deleted paragraph mark left for the next paragraph."""

    def __init__(self, *, package: Package, numbering: Numbering, words: Words) -> None:
        self._numbering = numbering
        self._words = words
        self._notes = _notes_of(package)
        self._pending = ""
        self._styles = words.styles

    def passages(self, container: Element) -> list[Passage]:
        return list(self._walk(container, flat=False))

    def _walk(self, container: Element, *, flat: bool) -> Iterator[Passage]:
        for child in container:
            name = local(child)
            if name == "p":
                yield from self._paragraph(child, flat=flat)
            elif name == "tbl":
                yield from self._table(child)
            elif name and name not in _SKIPPED:
                yield from self._walk(child, flat=flat or _is_index(child))

    def _paragraph(self, paragraph: Element, *, flat: bool) -> Iterator[Passage]:
        properties = paragraph.find(f"{W}pPr")
        style = self._styles.named(value(properties, "pStyle") or self._styles.default)
        line = self._words.line(paragraph, style=style)
        text = clean(self._pending + line.text)
        self._pending = ""
        if _mark_deleted(properties):
            self._pending = f"{text} " if text else ""
            return
        label, depth = self._numbering.label(properties, style=style)
        yield Passage(
            text=text,
            number=label if text else "",
            outline=_outline(properties, style=style) if text else 0,
            depth=depth,
            standout=line.all_bold,
            flat=flat or style.is_index,
        )
        yield from self._hanging(line)

    def _hanging(self, line: Line) -> Iterator[Passage]:
        """Text boxes and notes stand right after the paragraph that they hang on."""
        for box in line.boxes:
            yield from self._walk(box, flat=False)
        for key, mark in line.notes:
            note = self._notes.get(key)
            if note is not None:
                yield Passage(self._flat_text(note), number=mark, note=True)

    def _table(self, table: Element) -> Iterator[Passage]:
        """One cell is a frame around text; more are a table."""
        rows = [self._cells(row) for row in _below(table, "tr")]
        if sum(len(cells) for cells in rows) == 1:
            yield from self._walk(rows[0][0][1], flat=False)
            return
        notes: list[Passage] = []
        texts = [self._row(cells, notes) for cells in rows]
        yield Passage("", rows=tuple(texts))
        yield from notes

    def _cells(self, row: Element) -> list[tuple[int, Element]]:
        """The cells with how many columns each covers. Rows need not agree on their number."""
        cells = []
        for cell in _below(row, "tc"):
            span = number(value(cell.find(f"{W}tcPr"), "gridSpan"), 1)
            cells.append((min(max(1, span), _MOST_COLUMNS), cell))
        return cells

    def _row(self, cells: list[tuple[int, Element]], notes: list[Passage]) -> Row:
        row: list[str] = []
        for span, cell in cells:
            passages = list(self._walk(cell, flat=True))
            notes += [passage for passage in passages if passage.note]
            row += [_cell_text(passages), *[""] * (span - 1)]
        return tuple(row)

    def _flat_text(self, container: Element) -> str:
        return _cell_text(list(self._walk(container, flat=True)))


def _cell_text(passages: Iterable[Passage]) -> str:
    texts = []
    for passage in passages:
        if passage.rows:
            texts += [" ".join(cell for cell in row if cell) for row in passage.rows]
        elif not passage.note:
            texts.append(f"{passage.number} {passage.text}".strip())
    return "\n".join(text for text in texts if text)


def _below(element: Element, tag: str) -> Iterator[Element]:
    """Rows of a table or cells of a row, through the content controls around them."""
    for child in element:
        name = local(child)
        if name == tag:
            if not _row_deleted(child):
                yield child
        elif name in ("sdt", "sdtContent", "customXml", "ins", "moveTo"):
            yield from _below(child, tag)


def _row_deleted(row: Element) -> bool:
    return row.find(f"{W}trPr/{W}del") is not None


def _mark_deleted(properties: Element | None) -> bool:
    """The paragraph mark was deleted: the paragraph continues in the next one."""
    if properties is None:
        return False
    mark = properties.find(f"{W}rPr")
    return mark is not None and any(local(child) in ("del", "moveFrom") for child in mark)


def _outline(properties: Element | None, *, style: Style) -> int:
    said = value(properties, "outlineLvl")
    if said is None:
        return style.outline
    level = number(said, _BODY_LEVEL)
    return level + 1 if 0 <= level < _BODY_LEVEL else 0


def _is_index(element: Element) -> bool:
    """A content control that holds a table of contents."""
    gallery = element.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "Table of" in gallery.get(f"{W}val", "")


def _notes_of(package: Package) -> dict[str, Element]:
    """Footnotes and endnotes by kind and identifier, without the separators."""
    notes = {}
    for kind in ("footnotes", "endnotes"):
        for root in package.all_related(kind):
            for note in root:
                if local(note) and note.get(f"{W}type") in (None, "normal"):
                    notes[f"{kind}:{note.get(f'{W}id', '')}"] = note
    return notes
