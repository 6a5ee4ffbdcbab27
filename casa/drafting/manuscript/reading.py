"""From the text of a manuscript to its blocks. Whatever is not understood names its line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casa.drafting.manuscript.head import split
from casa.drafting.manuscript.inline import TAG, cells_of, unclosed
from casa.drafting.manuscript.manuscript import (
    BadManuscript,
    Block,
    Fault,
    Line,
    LineKind,
    Manuscript,
    Table,
)

_PREFIXES: tuple[tuple[str, LineKind], ...] = (
    ("> ", "letterhead"),
    ("# ", "title"),
    ("## ", "heading"),
    ("### ", "article"),
    ("1. ", "comma"),
    ("a) ", "letter"),
    ("- ", "dash"),
    ("@centrato ", "centred"),
    ("@firma ", "signature"),
)
_TYPED = re.compile(
    r"(?:\d{1,3}[.)]|[a-z]\))(?:\s|$)|[•·*]\s|art(?:\.|icolo)\s*\d+\s*[-–—.:]", re.IGNORECASE
)
_TYPED_HEADING = re.compile(
    r"(?:art(?:\.|icolo)\s*)?\d+\s*[-–—.):]|(?:art(?:\.|icolo)\s*)\d", re.IGNORECASE
)
_RULE = re.compile(r"\|(?:\s*:?-{3,}:?\s*\|)+")
_MARKS = ("@", "#", ">")
_MORE: LineKind = "signature_more"
_COUNTED = "i numeri li mette Word: scrivi sempre «1. », «a) » o «- » a inizio riga"


def read(text: str) -> Manuscript:
    """The manuscript in a text. Raises `BadManuscript` with every fault and its line."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    head, first = split(text)
    reading = _Reading()
    for number, line in enumerate(text.split("\n")[first - 1 :], first):
        reading.take(line.strip(), number)
    reading.close_table()
    faults = sorted([*reading.faults, *_titles(reading.blocks)], key=lambda one: one.line)
    if faults:
        raise BadManuscript(faults)
    return Manuscript(head, tuple(reading.blocks))


@dataclass(slots=True)
class _Reading:
    """A walk along the lines: what was found, and where we are."""

    blocks: list[Block] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    rows: list[tuple[str, int]] = field(default_factory=list)
    in_article: bool = False
    blank: bool = True

    def take(self, line: str, number: int) -> None:
        """Come to the next line."""
        if line.startswith("|"):
            self.rows.append((line, number))
            return
        self.close_table()
        if line:
            self._line(line, number)
        self.blank = not line

    def _line(self, line: str, number: int) -> None:
        kind, text = self._kind(line, number)
        if kind in ("heading", "article"):
            self.in_article = kind == "article"
        if kind == "signature" and not self.blank and self._last() in ("signature", _MORE):
            kind = _MORE
        if kind == "signature" and self._last() == "text":
            last = self.blocks[-1]
            self.blocks[-1] = Line("before_signature", getattr(last, "text", ""), last.line)
        self.faults += [Fault(number, words) for words in _wrong(kind, text)]
        self.blocks.append(Line(kind, text, number))

    def _kind(self, line: str, number: int) -> tuple[LineKind, str]:
        if line == "@pagina":
            return "page_break", ""
        for prefix, kind in _PREFIXES:
            if line.startswith(prefix):
                return self._placed(kind), line.removeprefix(prefix).strip()
        if _is_command(line):
            return "command", line
        if line.startswith(_MARKS):
            self.faults.append(
                Fault(number, f"«{line.split(maxsplit=1)[0]}» non è un segno conosciuto")
            )
        elif _TYPED.match(line):
            self.faults.append(Fault(number, _COUNTED))
        return "text", line

    def _placed(self, kind: LineKind) -> LineKind:
        """Points and their letters stand below headings, commi and theirs in articles."""
        if not self.in_article and kind == "comma":
            return "point"
        return "point_letter" if not self.in_article and kind == "letter" else kind

    def _last(self) -> str:
        last = self.blocks[-1] if self.blocks else None
        return last.kind if isinstance(last, Line) else ""

    def close_table(self) -> None:
        """The rows so far are a table."""
        if self.rows:
            table, faults = _table(self.rows)
            self.blocks.append(table)
            self.faults += faults
            self.rows = []


def _is_command(line: str) -> bool:
    """Nothing but commands and notes: a paragraph of its own, which disappears."""
    rest = TAG.sub(lambda found: "" if found[0][1] in "%#" else "x", line)
    return bool(line) and not rest.strip()


def _wrong(kind: str, text: str) -> Iterator[str]:
    if not text and kind != "page_break":
        yield "la riga non ha testo"
    if kind in ("heading", "article") and _TYPED_HEADING.match(text):
        yield "il titolo non ha numeri scritti a mano: li mette Word"
    if kind not in ("heading", "article", "command") and _TYPED.match(text) and kind != "text":
        yield _COUNTED
    if unclosed(text):
        yield "un asterisco è aperto e non è chiuso (grassetto **…**, corsivo *…*)"


def _table(rows: list[tuple[str, int]]) -> tuple[Table, list[Fault]]:
    header = len(rows) > 1 and bool(_RULE.fullmatch(rows[1][0]))
    rule = cells_of(rows[1][0]) if header else []
    kept = [row for at, row in enumerate(rows) if not (header and at == 1)]
    cells = [(cells_of(line), number) for line, number in kept]
    width = len(cells[0][0])
    faults = [
        Fault(number, f"la riga ha {len(row)} celle e la prima ne ha {width}")
        for row, number in cells
        if len(row) != width
    ]
    faults += [
        Fault(number, "un asterisco è aperto e non è chiuso")
        for row, number in cells
        if any(unclosed(cell) for cell in row)
    ]
    align = tuple(map(_aligned, rule)) or ("",) * width
    lines = tuple(number for _row, number in cells)
    return Table(tuple(tuple(row) for row, _ in cells), lines, header, align), faults


def _aligned(rule: str) -> str:
    if rule.endswith(":"):
        return "center" if rule.startswith(":") else "right"
    return "left" if rule.startswith(":") else ""


def _titles(blocks: list[Block]) -> Iterator[Fault]:
    titles = [block.line for block in blocks if isinstance(block, Line) and block.kind == "title"]
    if len(titles) != 1:
        line = titles[1] if titles else 0
        yield Fault(line, f"il documento ha un solo titolo «# », qui ce ne sono {len(titles)}")
