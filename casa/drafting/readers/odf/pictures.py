"""The paragraphs of an ODT with the sizes of their pictures, to look for signatures."""

import re
from collections.abc import Iterator

from casa.drafting.readers.odf.names import DRAW, TEXT
from casa.drafting.readers.signing import Line
from casa.drafting.xml import Element

_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_LENGTH = re.compile(r"([\d.]+)(cm|mm|in|pt)")
_CM = {"cm": 1.0, "mm": 0.1, "in": 2.54, "pt": 2.54 / 72}


def lines_of(root: Element) -> Iterator[Line]:
    """Each paragraph, in order."""
    for paragraph in root.iter(f"{TEXT}p", f"{TEXT}h"):
        sizes = [
            (_length(frame.get(f"{_SVG}width", "")), _length(frame.get(f"{_SVG}height", "")))
            for frame in paragraph.iter(f"{DRAW}frame")
            if frame.find(f"{DRAW}image") is not None
        ]
        yield Line("".join(str(words) for words in paragraph.itertext()), tuple(sizes))


def _length(said: str) -> float:
    """In centimetres, 0 for what is none."""
    found = _LENGTH.fullmatch(said)
    return float(found[1]) * _CM[found[2]] if found and found[1].count(".") <= 1 else 0.0
