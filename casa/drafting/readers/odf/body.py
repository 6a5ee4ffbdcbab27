"""The body of an OpenDocument text as passages."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from casa.drafting.draft import Row
from casa.drafting.passages import Passage
from casa.drafting.readers.odf.names import STYLE, TABLE, TEXT
from casa.drafting.readers.odf.numbering import Numbering
from casa.drafting.readers.odf.styles import Style, Styles, whole
from casa.drafting.readers.odf.words import Words
from casa.drafting.text import clean
from casa.drafting.xml import Element, local

_MOST_REPEATED = 100
_INDEXES = frozenset({
    "table-of-content", "illustration-index", "table-index", "object-index", "user-index",
    "alphabetical-index", "bibliography",
})  # fmt: skip
# Deleted words live in tracked-changes; the accepted view is what stands in the text itself
_SKIPPED = frozenset({
    "tracked-changes", "forms", "sequence-decls", "variable-decls", "user-field-decls",
    "table-of-content-source", "scripts", "shapes", "named-expressions",
})  # fmt: skip
_FURNITURE = ("header", "footer", "header-left", "footer-left", "header-first", "footer-first")


@dataclass(slots=True)
class _List:
    """The list around a paragraph: its style, its counter, how deep we are."""

    style: str
    counter: str
    depth: int


class Body:
    """Walks through a document and counts its lists on the way."""

    def __init__(self, *, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._numbering = numbering
        self._words = Words(styles=styles)
        self._hidden_section = False
        self._blocks: dict[str, Callable[[Element, bool], Iterator[Passage]]] = {
            "p": self._paragraph,
            "h": self._heading,
            "list": self._top_list,
            "table": self._table,
        }

    @property
    def hidden(self) -> bool:
        """Some words in the file are not shown."""
        return self._hidden_section or self._words.hidden

    def passages(self, container: Element, *, flat: bool = False) -> list[Passage]:
        """Every paragraph, item and table in `container`."""
        return list(self._walk(container, flat))

    def furniture(self, root: Element | None) -> list[str]:
        """Headers and footers of the page styles, each text once."""
        texts: list[str] = []
        for name in _FURNITURE:
            for element in root.iter(f"{STYLE}{name}") if root is not None else ():
                text = cell_text(self.passages(element, flat=True))
                if text and text not in texts:
                    texts.append(text)
        return texts

    def _walk(self, container: Element, flat: bool) -> Iterator[Passage]:
        for child in container:
            name = local(child)
            if name in self._blocks:
                yield from self._blocks[name](child, flat)
            elif name and name not in _SKIPPED and not self._is_hidden_section(child):
                yield from self._walk(child, flat or name in _INDEXES)

    def _is_hidden_section(self, element: Element) -> bool:
        hidden = local(element) == "section" and element.get(f"{TEXT}display") == "none"
        self._hidden_section = self._hidden_section or (hidden and any(element.itertext()))
        return hidden

    def _paragraph(
        self, element: Element, flat: bool, *, number: str = "", depth: int = 0
    ) -> Iterator[Passage]:
        style = self._styles.named(element.get(f"{TEXT}style-name"))
        outline = 1 if style.is_title else 0
        yield from self._made(
            element, style, flat=flat, number=number, outline=outline, depth=depth
        )

    def _heading(
        self, element: Element, flat: bool, *, number: str = "", depth: int = 0
    ) -> Iterator[Passage]:
        style = self._styles.named(element.get(f"{TEXT}style-name"))
        outline = max(1, whole(element.get(f"{TEXT}outline-level"), style.outline or 1))
        header = element.get(f"{TEXT}is-list-header") == "true"
        if not number and not header and any(element.itertext()):
            start = _start(element, restart=f"{TEXT}restart-numbering")
            number = self._numbering.next_heading(outline, start=start)
        yield from self._made(
            element, style, flat=flat, number=number, outline=min(9, outline), depth=depth
        )

    def _made(
        self,
        element: Element,
        style: Style,
        *,
        flat: bool,
        number: str,
        outline: int = 0,
        depth: int = 0,
    ) -> Iterator[Passage]:
        line = self._words.line(element, style=style)
        text = clean(line.text)
        yield Passage(
            text, number if text else "", outline, depth, standout=line.all_bold, flat=flat
        )
        for box in line.boxes:
            yield from self._walk(box, flat)
        for mark, note in line.notes:
            yield Passage(cell_text(self.passages(note, flat=True)), number=mark, note=True)

    def _top_list(self, element: Element, flat: bool) -> Iterator[Passage]:
        style = element.get(f"{TEXT}style-name") or self._style_inside(element)
        counter = self._numbering.begin(element, style=style)
        yield from self._items(element, _List(style, counter, 0), flat)

    def _style_inside(self, element: Element) -> str:
        """A list without a style takes that of its first paragraph."""
        first = next((e for e in element.iter() if local(e) in ("p", "h")), None)
        return (
            self._styles.named(first.get(f"{TEXT}style-name")).list_style
            if first is not None
            else ""
        )

    def _items(self, element: Element, around: _List, flat: bool) -> Iterator[Passage]:
        for item in element:
            name = local(item)
            if name in ("list-item", "list-header"):
                number = self._item_number(item, around) if name == "list-item" else ""
                yield from self._item(item, around, number, flat)

    def _item_number(self, item: Element, around: _List) -> str:
        """An item that only holds a deeper list, or nothing, shows no number of its own."""
        first = next((local(child) for child in item if local(child)), "")
        if first not in ("p", "h"):
            return ""
        style = item.get(f"{TEXT}style-override") or around.style
        start = _start(item)
        return self._numbering.next_item(
            around.counter, style=style, depth=around.depth, start=start
        )

    def _item(self, item: Element, around: _List, number: str, flat: bool) -> Iterator[Passage]:
        for child in item:
            name = local(child)
            if name == "list":
                style = child.get(f"{TEXT}style-name") or around.style
                deeper = _List(style, around.counter, around.depth + 1)
                yield from self._items(child, deeper, flat)
            elif name in ("p", "h"):
                block = self._heading if name == "h" else self._paragraph
                yield from block(child, flat, number=number, depth=around.depth)
                number = ""
            elif name in self._blocks:
                yield from self._blocks[name](child, flat)

    def _table(self, element: Element, flat: bool) -> Iterator[Passage]:
        rows = list(rows_of(element))
        cells = [cell for row in rows for cell in cells_of(row)]
        if len(cells) == 1:
            yield from self._walk(cells[0], flat)
            return
        notes: list[Passage] = []
        yield Passage("", rows=tuple(self._row(row, notes) for row in rows))
        yield from notes

    def _row(self, row: Element, notes: list[Passage]) -> Row:
        texts: list[str] = []
        for cell in cells_of(row):
            inside = self.passages(cell, flat=True)
            notes += [passage for passage in inside if passage.note]
            count = min(_MOST_REPEATED, whole(cell.get(f"{TABLE}number-columns-repeated"), 1))
            texts += [cell_text(inside)] * count
        while texts and not texts[-1]:
            texts.pop()
        return tuple(texts)


def cell_text(passages: Iterable[Passage]) -> str:
    """The words of a cell, a note or a header, one line for each paragraph."""
    texts = []
    for passage in passages:
        if passage.rows:
            texts += [" ".join(cell for cell in row if cell) for row in passage.rows]
        elif not passage.note:
            texts.append(f"{passage.number} {passage.text}".strip())
    return "\n".join(text for text in texts if text)


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, those in groups and headers included."""
    for child in table:
        name = local(child)
        if name == "table-row":
            yield child
        elif name in ("table-header-rows", "table-rows", "table-row-group"):
            yield from rows_of(child)


def cells_of(row: Element) -> Iterator[Element]:
    """The cells of a row; a covered cell is an empty place below or beside a merged one."""
    return (cell for cell in row if local(cell) in ("table-cell", "covered-table-cell"))


def _start(element: Element, *, restart: str = "") -> int | None:
    said = element.get(f"{TEXT}start-value")
    if restart and element.get(restart) != "true":
        return None
    return whole(said, 1) if said is not None else None
