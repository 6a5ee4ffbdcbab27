"""The words of an OpenDocument paragraph."""

from dataclasses import dataclass, field

from casa.drafting.readers.odf.names import TEXT
from casa.drafting.readers.odf.styles import Style, Styles, whole
from casa.drafting.text import clean
from casa.drafting.xml import Element, local

_MOST_SPACES = 100
_SIGNS = {"tab": "\t", "line-break": "\n", "soft-page-break": ""}
_NOT_TEXT = frozenset({
    "annotation", "annotation-end", "forms",
    "image", "title", "desc", "event-listeners", "change", "binary-data",
})  # fmt: skip


@dataclass(slots=True)
class Line:
    """The words of one paragraph and what hangs on it."""

    parts: list[str] = field(default_factory=list)
    letters: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})
    notes: list[tuple[str, Element]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, not yet cleaned."""
        return "".join(self.parts)

    @property
    def all_bold(self) -> bool:
        """Every letter is bold."""
        return self.letters[True] > 0 and not self.letters[False]

    def add(self, words: str | None, style: Style) -> None:
        """Take some words in the look of a style."""
        if words:
            self.parts.append(words)
            self.letters[style.bold] += sum(letter.isalpha() for letter in words)


class Words:
    """Reads paragraphs; remembers whether it met hidden words."""

    def __init__(self, *, styles: Styles) -> None:
        self._styles = styles
        self.hidden = False

    def line(self, element: Element, *, style: Style) -> Line:
        """Everything in one paragraph or heading."""
        line = Line()
        self._walk(element, line, style)
        return line

    def _walk(self, element: Element, line: Line, style: Style) -> None:
        if style.hidden:
            self.hidden = self.hidden or any(element.itertext())
            return
        line.add(element.text, style)
        for child in element:
            self._piece(child, line, style)
            line.add(child.tail, style)

    def _piece(self, piece: Element, line: Line, style: Style) -> None:
        name = local(piece)
        if name == "s":
            line.parts.append(" " * min(_MOST_SPACES, whole(piece.get(f"{TEXT}c"), 1)))
        elif name in _SIGNS:
            line.parts.append(_SIGNS[name])
        elif name == "fieldmark":
            line.parts.append(_check_box(piece))
        elif name == "note":
            self._note(piece, line)
        elif name in ("text-box", "table"):
            line.boxes.append(piece)
        elif name in ("hidden-text", "hidden-paragraph"):
            self.hidden = self.hidden or name == "hidden-text"
        elif name and name not in _NOT_TEXT:
            said = piece.get(f"{TEXT}style-name") if name in ("span", "a") else None
            self._walk(piece, line, self._styles.named(said) if said else style)

    def _note(self, note: Element, line: Line) -> None:
        citation = note.find(f"{TEXT}note-citation")
        mark = clean(citation.text or "") if citation is not None else ""
        line.parts.append(f"[{mark}]" if mark else "")
        body = note.find(f"{TEXT}note-body")
        if body is not None:
            line.notes.append((mark, body))


def _check_box(mark: Element) -> str:
    """A check box of a Word form has no text of its own."""
    said = [str(value) for value in mark.attrib.values()]
    if not any(value.endswith("FORMCHECKBOX") for value in said):
        return ""
    ticked = any("true" in (str(value) for value in part.attrib.values()) for part in mark)
    return "☒" if ticked else "☐"
