"""HTML: headings, lists and tables as they are marked; scripts and what is not shown left out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lxml import html

from casa.drafting.draft import Metadata, Row
from casa.drafting.encodings import decode
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits
from casa.drafting.numerals import doubled_letter, roman
from casa.drafting.passages import Content, Passage
from casa.drafting.readers.outside import html_links
from casa.drafting.text import clean, one_line
from casa.drafting.xml import Element, local

CERTAINTY = 0.9
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_DROPPED = frozenset({
    "script", "style", "template", "noscript", "head", "nav", "iframe", "object", "embed",
    "svg", "math", "select", "button",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn",
    "em", "font", "i", "img", "input", "ins", "kbd", "label", "mark", "q", "s", "samp", "small",
    "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BOLD = frozenset(("b", "strong"))
_LISTS = frozenset(("ul", "ol"))
_MOST_COLUMNS = 100
_TOO_DEEP = "Excessive depth"  # libxml2 stops at 256, or at 2048 in a huge tree
_EMPTY_LINE = re.compile(r"\n{2,}")
_NUMBERS: dict[str, Callable[[int], str]] = {
    "a": doubled_letter,
    "A": lambda count: doubled_letter(count).upper(),
    "i": lambda count: roman(count).lower(),
    "I": roman,
}


def read(path: Path, *, limits: Limits) -> Content:
    """The passages of a page. Encoding: byte order mark, else what the page says, else UTF-8."""
    root = root_of(path.read_bytes())
    page = _Page()
    for body in root.iter("body"):
        page.read(body, _Look())
    if sum(len(passage.text) for passage in page.passages) > limits.characters:
        raise Unreadable("too_large")
    return Content(
        passages=page.passages,
        metadata=_metadata(root),
        hidden_text=page.hidden,
        external_links=html_links(root),
        has_images=next(root.iter("img"), None) is not None,
        confidence=CERTAINTY,
    )


def root_of(data: bytes) -> Element:
    """The tree of a page, comments left out. Raises Unreadable for bytes that are no text."""
    said = _CHARSET.search(data[:2048])
    text = None
    if said:
        try:
            text = data.decode(said[1].decode())
        except (LookupError, UnicodeDecodeError):
            text = None
    text = text or decode(data)
    if text is None:
        raise Unreadable("corrupt")
    return _tree(text)


def passages_of(text: str) -> list[Passage]:
    """The passages of a page that is decoded already, as in a message."""
    page = _Page()
    for body in _tree(text).iter("body"):
        page.read(body, _Look())
    return page.passages


def _tree(text: str) -> Element:
    # the text is decoded already: a declaration of the encoding would contradict it
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True, huge_tree=True)
    root = html.document_fromstring(text or "<p></p>", parser=parser, ensure_head_body=True)
    if any(_TOO_DEEP in said.message for said in parser.error_log):
        raise Unreadable("too_complex")  # all that follows would be lost without a word
    return root


def _metadata(root: Element) -> Metadata:
    title = root.find(".//title")
    author = next(
        (meta for meta in root.iter("meta") if meta.get("name", "").lower() == "author"), None
    )
    return Metadata(
        title=one_line(clean(_all_text(title)))[:500] if title is not None else "",
        author=one_line(clean(author.get("content", "")))[:500] if author is not None else "",
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """What the elements around some words say about them."""

    level: int = 0
    depth: int = -1
    bold: bool = False


class _Page:
    """Collects words until a block begins or ends, then they are a passage."""

    def __init__(self) -> None:
        self.passages: list[Passage] = []
        self.hidden = False
        self._words: list[str] = []
        self._letters = {True: 0, False: 0}
        self._number = ""
        self._look = _Look()

    def read(self, element: Element, look: _Look) -> None:
        """Everything in `element`, in order."""
        name = local(element)
        if not name or name in _DROPPED or self._is_hidden(element):
            return
        if name == "table" and _is_data(element):
            self._end()
            self._table(element)
            return
        is_block = name not in INLINE
        if is_block:
            self._end()
            self._number = _item_number(element) or self._number
        inner = _look(element, look)
        self._add("\n" if name == "br" else _spaced(element.text), inner)
        for child in element:
            self.read(child, inner)
            self._add(_spaced(child.tail), inner)
        if is_block:
            self._end()

    def _add(self, words: str, look: _Look) -> None:
        if words.strip():
            self._look = look
            self._letters[look.bold] += sum(letter.isalpha() for letter in words)
        self._words.append(words)

    def _end(self) -> None:
        bold = self._letters[True] > 0 and not self._letters[False]
        for text in _EMPTY_LINE.split(clean("".join(self._words))):
            if text:
                made = Passage(text, self._number, self._look.level, max(0, self._look.depth))
                made.standout = bold
                self.passages.append(made)
                self._number = ""
        self._words = []
        self._letters = {True: 0, False: 0}

    def _table(self, table: Element) -> None:
        rows = [self._row(row) for row in table.iter("tr")]
        self.passages.append(Passage("", rows=tuple(row for row in rows if row)))

    def _row(self, row: Element) -> Row:
        cells: list[str] = []
        for cell in row:
            if local(cell) in ("td", "th"):
                inside = _Page()
                inside.read(cell, _Look())
                self.hidden = self.hidden or inside.hidden
                words = [f"{found.number} {found.text}".strip() for found in inside.passages]
                cells += ["\n".join(words), *[""] * (_span(cell) - 1)]
        return tuple(cells)

    def _is_hidden(self, element: Element) -> bool:
        styled = _HIDDEN.search(element.get("style", "")) is not None
        if not styled and element.get("hidden") is None:
            return False
        self.hidden = self.hidden or bool(_all_text(element).strip())
        return True


def _look(element: Element, look: _Look) -> _Look:
    name = local(element)
    bold = name in _BOLD or _BOLD_STYLE.search(element.get("style", "")) is not None
    return _Look(
        level=_HEADINGS.get(name, look.level),
        depth=look.depth + (name in _LISTS),
        bold=look.bold or bold,
    )


def _all_text(element: Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _spaced(text: str | None) -> str:
    return re.sub(r"\s+", " ", text or "")


def _is_data(table: Element) -> bool:
    """A table with columns and none inside; others only place text on the page."""
    if sum(1 for _ in table.iter("table")) > 1:
        return False
    rows = [sum(local(cell) in ("td", "th") for cell in row) for row in table.iter("tr")]
    return sum(rows) > 1 and max(rows) > 1


def _span(cell: Element) -> int:
    said = cell.get("colspan", "1")
    return min(int(said), _MOST_COLUMNS) if said.isdigit() and int(said) > 0 else 1


def _item_number(element: Element) -> str:
    """The number that a browser shows before a list item."""
    parent = element.getparent()
    if local(element) != "li" or parent is None:
        return ""
    if local(parent) != "ol":
        return "•"
    return f"{_NUMBERS.get(parent.get('type', '1'), str)(_count(element, parent))}."


def _count(item: Element, parent: Element) -> int:
    count = _whole(parent.get("start"), 1) - 1
    for sibling in parent:
        if local(sibling) == "li":
            count = _whole(sibling.get("value"), count + 1)
        if sibling is item:
            break
    return count


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and text.strip().lstrip("-").isdigit() else default
