"""A small PDF writer: enough to set text in two weights, draw rules and leave pages empty."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

PAGE = (595, 842)
LEFT, TOP, BOTTOM = 70, 770, 70
# Helvetica widths are close enough to break lines where a person would
CHARACTER = 0.5


@dataclass
class Pdf:
    """Pages of positioned text; `save` writes them."""

    pages: list[list[str]] = field(default_factory=list)
    at: float = TOP
    header: str = ""
    footer: str = ""

    def add_page(self) -> None:
        """Begin a page, with the running header and footer."""
        self.pages.append([])
        self.at = TOP
        if self.header:
            self.text(self.header, x=LEFT, y=810, size=9)
        if self.footer:
            self.text(self.footer.format(len(self.pages)), x=LEFT, y=30, size=9)

    def text(self, words: str, *, x: float, y: float, size: float = 11, bold: bool = False) -> None:
        """One line at a place."""
        code = words.encode("cp1252", "replace").hex()
        font = "F2" if bold else "F1"
        self.pages[-1].append(f"BT /{font} {size} Tf {x} {y} Td <{code}> Tj ET")

    def rule(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self.pages[-1].append(f"0.5 w {x1} {y1} m {x2} {y2} l S")

    def picture(self) -> None:
        """A grey picture over the page, as a scanner makes it."""
        self.pages[-1].append("q 500 0 0 700 50 70 cm /Im1 Do Q")

    def paragraph(
        self, words: str, *, size: float = 11, bold: bool = False, indent: float = 0
    ) -> None:
        """Words broken into lines, on the next page when this one is full."""
        width = PAGE[0] - 2 * LEFT - indent
        line = ""
        for word in words.split(" "):
            longer = f"{line} {word}".strip()
            if len(longer) * size * CHARACTER > width and line:
                self._line(line, size=size, bold=bold, indent=indent)
                line = word
            else:
                line = longer
        self._line(line, size=size, bold=bold, indent=indent)
        self.at -= size * 0.6

    def _line(self, words: str, *, size: float, bold: bool, indent: float) -> None:
        if self.at < BOTTOM:
            self.add_page()
        self.text(words, x=LEFT + indent, y=self.at, size=size, bold=bold)
        self.at -= size * 1.25

    def save(self, path: Path, *, info: str = "") -> Path:
        """Write the file."""
        objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
        objects += [
            _font("Helvetica"),
            _font("Helvetica-Bold"),
            _picture(),
            info.encode() or b"<< >>",
        ]
        kids = []
        for page in self.pages:
            content = "\n".join(page).encode("latin-1")
            objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
            objects.append(_page(len(objects)))
            kids.append(f"{len(objects)} 0 R")
        objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
        path.write_bytes(_file(objects))
        return path


def _font(name: str) -> bytes:
    return (
        f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()
    )


def _picture() -> bytes:
    return (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Length 1 >>\nstream\n\x80\nendstream"
    )


def _page(content: int) -> bytes:
    return (
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {PAGE[0]} {PAGE[1]}] /Contents {content} 0 R "
        "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> /XObject << /Im1 5 0 R >> >> >>"
    ).encode()


def _file(objects: Sequence[bytes]) -> bytes:
    data = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\n" % (len(objects) + 1)
    return data + b"startxref\n%d\n%%%%EOF\n" % start
