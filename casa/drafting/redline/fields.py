"""Check boxes of old Word forms: fields that show a sign which is nowhere written.

No program deletes such a field as a tracked change: LibreOffice leaves it standing. So a box that
goes is the sign that it shows, and one that comes is the check box of newer forms, a content
control, which both programs take away when the change is rejected.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from casa.drafting.readers.docx.package import W, switched_on
from casa.drafting.redline.marks import Pen
from casa.drafting.redline.runs import end_of_field, new_runs, wrap
from casa.drafting.xml import Element

TICKED, EMPTY = "☒", "☐"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_FONT = "MS Gothic"
_STATES = (("checkedState", "2612"), ("uncheckedState", "2610"))


def whole_fields(elements: Sequence[Element]) -> Iterator[Sequence[Element]]:
    """The runs one by one, those of a field that stands whole among them together.

    A field under several marks is no field for LibreOffice. A check box becomes its sign.
    """
    for group in _grouped(elements):
        if _is_box(group):
            yield [new_runs(_sign(group[0]), group[0].find(f"{W}rPr"), deleted=False)]
        else:
            yield group


def mark_inserted(elements: Sequence[Element], pen: Pen) -> None:
    """Mark runs as inserted; a whole check box becomes a content control."""
    for group in _grouped(elements):
        if _is_box(group):
            _insert_control(group, pen)
        else:
            wrap(group, pen.mark("ins"))


def _grouped(elements: Sequence[Element]) -> Iterator[Sequence[Element]]:
    """Each element alone, those of a whole field together."""
    at = 0
    while at < len(elements):
        until = end_of_field(elements, at)
        yield elements[at:until]
        at = until


def _is_box(group: Sequence[Element]) -> bool:
    box = group[0].find(f"{W}fldChar/{W}ffData/{W}checkBox")
    return len(group) > 1 and box is not None


def _insert_control(box: Sequence[Element], pen: Pen) -> None:
    """Write a check box of today in the place of the old one, as Word marks one that came."""
    form, sign = _form(box[0].find(f"{W}rPr")), _sign(box[0])
    control = _control(sign, form, pen)
    content = etree.SubElement(control, f"{W}sdtContent")
    opening, closing = (pen.mark("customXmlInsRangeStart") for _ in range(2))
    words = pen.mark("ins")
    words.append(new_runs(sign, form, deleted=False))
    content.extend([_end_of(opening), words, closing])
    for element in (opening, control, _end_of(closing)):
        box[0].addprevious(element)
    for old in box:
        if (above := old.getparent()) is not None:
            above.remove(old)


def _control(sign: str, form: Element, pen: Pen) -> Element:
    control = etree.Element(f"{W}sdt")
    properties = etree.SubElement(control, f"{W}sdtPr")
    properties.append(deepcopy(form))
    etree.SubElement(properties, f"{W}id").set(f"{W}val", str(next(pen.numbers)))
    kind = etree.SubElement(properties, f"{_W14}checkbox", nsmap={"w14": _W14[1:-1]})
    etree.SubElement(kind, f"{_W14}checked").set(f"{_W14}val", str(int(sign == TICKED)))
    for name, letter in _STATES:
        state = etree.SubElement(kind, f"{_W14}{name}")
        state.set(f"{_W14}val", letter)
        state.set(f"{_W14}font", _FONT)
    return control


def _form(form: Element | None) -> Element:
    """The look of the box, in letters that have the sign."""
    made = etree.Element(f"{W}rPr") if form is None else deepcopy(form)
    for said in made.findall(f"{W}rFonts"):
        made.remove(said)
    fonts = etree.Element(f"{W}rFonts")
    for letters in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(f"{W}{letters}", _FONT)
    made.insert(0 if made.find(f"{W}rStyle") is None else 1, fonts)
    return made


def _end_of(start: Element) -> Element:
    end = etree.Element(f"{W}customXmlInsRangeEnd")
    end.set(f"{W}id", start.get(f"{W}id", ""))
    return end


def _sign(run: Element) -> str:
    box = run.find(f"{W}fldChar/{W}ffData/{W}checkBox")
    said = switched_on(box, "checked")
    return TICKED if (switched_on(box, "default") if said is None else said) else EMPTY
