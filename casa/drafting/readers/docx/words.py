"""The words of a paragraph as an accepting reader sees them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from casa.drafting.readers.docx.package import W, switched_on, value
from casa.drafting.readers.docx.styles import Style, Styles
from casa.drafting.text import CHECKBOXES
from casa.drafting.xml import Element, local

# Deleted and moved-away words, and what is not text at all
_SKIPPED = frozenset({"del", "moveFrom", "pPr", "rPr", "sdtPr", "sdtEndPr", "instrText", "delText"})
_CHOICES = ("Choice", "Fallback")


@dataclass(slots=True)
class Line:
    """What one paragraph holds: its words, how many are bold, what hangs on it."""

    parts: list[str] = field(default_factory=list)
    letters: int = 0
    bold_letters: int = 0
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The words, not yet cleaned."""
        return "".join(self.parts)

    @property
    def all_bold(self) -> bool:
        """Every letter is bold."""
        return self.letters > 0 and self.bold_letters == self.letters


class Words:
    """Reads paragraphs; remembers whether it met hidden text and how many notes it numbered."""

    def __init__(self, *, styles: Styles) -> None:
        self.styles = styles
        self.hidden = False
        self._notes = 0
        self._in_run: dict[str, Callable[[Element, Line], None]] = {
            "footnoteReference": self._note,
            "endnoteReference": self._note,
            "drawing": self._box,
            "pict": self._box,
            "object": self._box,
            "AlternateContent": self._box,
            "fldChar": _form_field,
            "sym": _symbol,
        }

    def line(self, paragraph: Element, *, style: Style) -> Line:
        """Everything in one w:p."""
        line = Line()
        self._walk(paragraph, line, style=style)
        return line

    def _walk(self, element: Element, line: Line, *, style: Style) -> None:
        for child in element:
            name = local(child)
            if name == "r":
                self._run(child, line, style=style)
            elif name == "AlternateContent":
                self._walk(_chosen(child), line, style=style)
            elif name == "t" and child.tag != f"{W}t":
                line.parts.append(child.text or "")  # formulas
            elif name and name not in _SKIPPED:
                self._walk(child, line, style=style)

    def _run(self, run: Element, line: Line, *, style: Style) -> None:
        properties = run.find(f"{W}rPr")
        character = self.styles.named(value(properties, "rStyle"))
        if _first(switched_on(properties, "vanish"), character.hidden, style.hidden):
            self.hidden = self.hidden or any(text.text for text in run.iter(f"{W}t"))
            return
        bold = _first(switched_on(properties, "b"), character.bold, style.bold)
        before = len(line.parts)
        for child in run:
            self._piece(child, line)
        letters = sum(letter.isalpha() for part in line.parts[before:] for letter in part)
        line.letters += letters
        line.bold_letters += letters if bold else 0

    def _piece(self, piece: Element, line: Line) -> None:
        name = local(piece)
        if name == "t":
            line.parts.append(piece.text or "")
        elif name in _SIGNS:
            line.parts.append(_SIGNS[name])
        elif name in self._in_run:
            self._in_run[name](piece, line)

    def _note(self, reference: Element, line: Line) -> None:
        if reference.get(f"{W}customMarkFollows") not in (None, "0", "false"):
            return
        self._notes += 1
        line.parts.append(f"[{self._notes}]")
        kind = local(reference).removesuffix("Reference") + "s"
        line.notes.append((f"{kind}:{reference.get(f'{W}id', '')}", str(self._notes)))

    def _box(self, element: Element, line: Line) -> None:
        chosen = _chosen(element) if local(element) == "AlternateContent" else element
        boxes = [box for box in chosen.iter(f"{W}txbxContent") if not _in_fallback(box, chosen)]
        line.boxes += [box for box in boxes if not _inside_another(box, chosen)]


_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}


def _chosen(alternatives: Element) -> Element:
    """The branch that a current program shows; the fallback repeats the same words."""
    for name in _CHOICES:
        for child in alternatives:
            if local(child) == name:
                return child
    return alternatives


def _in_fallback(element: Element, top: Element) -> bool:
    return any(local(above) == "Fallback" for above in _between(element, top))


def _inside_another(element: Element, top: Element) -> bool:
    return any(local(above) == "txbxContent" for above in _between(element, top))


def _between(element: Element, top: Element) -> list[Element]:
    above = []
    parent = element.getparent()
    while parent is not None and parent is not top:
        above.append(parent)
        parent = parent.getparent()
    return above


def _form_field(field_mark: Element, line: Line) -> None:
    """A check box of an old form has no text of its own."""
    box = field_mark.find(f"{W}ffData/{W}checkBox")
    if box is not None:
        ticked = switched_on(box, "checked")
        line.parts.append(
            "☒" if ticked or (ticked is None and switched_on(box, "default")) else "☐"
        )


def _symbol(symbol: Element, line: Line) -> None:
    try:
        letter = chr(int(symbol.get(f"{W}char", ""), 16))
    except (ValueError, OverflowError):
        return
    private = "\ue000" <= letter <= "\uf8ff"
    line.parts.append(CHECKBOXES.get(letter, "•") if private else letter)


def _first(*answers: bool | None) -> bool:
    """The first answer that was given."""
    return next((answer for answer in answers if answer is not None), False)
