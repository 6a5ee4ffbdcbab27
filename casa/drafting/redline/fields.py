"""Check boxes of old Word forms: fields that show a sign which is nowhere written."""

from collections.abc import Iterator, Sequence

from casa.drafting.readers.docx.package import W, switched_on
from casa.drafting.redline.runs import new_runs
from casa.drafting.xml import Element


def without_check_boxes(elements: Sequence[Element]) -> Iterator[Element]:
    """The runs, those of a check box that stands whole among them replaced by its sign."""
    at = 0
    while at < len(elements):
        until = _end_of_box(elements, at)
        if until:
            yield new_runs(_sign(elements[at]), elements[at].find(f"{W}rPr"), deleted=False)
            at = until
        else:
            yield elements[at]
            at += 1


def _end_of_box(elements: Sequence[Element], at: int) -> int:
    """Behind the end of the check box that begins here, 0 when none does."""
    if elements[at].find(f"{W}fldChar/{W}ffData/{W}checkBox") is None:
        return 0
    for place in range(at + 1, len(elements)):
        mark = elements[place].find(f"{W}fldChar")
        kind = mark.get(f"{W}fldCharType") if mark is not None else ""
        if kind in ("begin", "end"):
            return place + 1 if kind == "end" else 0
    return 0


def _sign(run: Element) -> str:
    box = run.find(f"{W}fldChar/{W}ffData/{W}checkBox")
    said = switched_on(box, "checked")
    return "☒" if (switched_on(box, "default") if said is None else said) else "☐"
