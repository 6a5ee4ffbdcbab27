"""What is drawn on a PDF page beside its words: rules and pictures."""

import ctypes
from dataclasses import dataclass, field

from casa.drafting.pdfium import pdfium

_MOST_OBJECTS = 5_000
_THIN = 2.5
_LONG = 8.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line: `at` is its place across (x of a vertical, y of a horizontal one)."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class Drawing:
    """The rules of a page, and whether it shows a picture."""

    verticals: list[Rule] = field(default_factory=list)
    horizontals: list[Rule] = field(default_factory=list)
    has_images: bool = False


def drawing_of(page: pdfium.FPDF_PAGE) -> Drawing:
    """Word draws rules as thin filled boxes, LibreOffice as lines; a framed box has four."""
    drawing = Drawing()
    count = min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)
    for index in range(count):
        drawn = pdfium.FPDFPage_GetObject(page, index)
        kind = pdfium.FPDFPageObj_GetType(drawn)
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            drawing.has_images = True
        elif kind == pdfium.FPDF_PAGEOBJ_PATH:
            _add_path(drawing, drawn)
    return drawing


def _add_path(drawing: Drawing, path: pdfium.FPDF_PAGEOBJECT) -> None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(path, left, bottom, right, top)
    width, height = right.value - left.value, top.value - bottom.value
    if width <= _THIN and height > _LONG:
        drawing.verticals.append(Rule((left.value + right.value) / 2, bottom.value, top.value))
    elif height <= _THIN and width > _LONG:
        drawing.horizontals.append(Rule((bottom.value + top.value) / 2, left.value, right.value))
    elif width > _LONG and height > _LONG and _is_outline(path):
        drawing.verticals += [Rule(x.value, bottom.value, top.value) for x in (left, right)]
        drawing.horizontals += [Rule(y.value, left.value, right.value) for y in (bottom, top)]


def _is_outline(path: pdfium.FPDF_PAGEOBJECT) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, fill, stroke)
    return bool(stroke.value) and not fill.value
