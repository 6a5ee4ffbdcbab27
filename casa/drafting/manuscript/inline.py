"""Inside a line: bold, italic, tags, cells. A tag is never looked into."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_PIECE: Final = re.compile(rf"{TAG.pattern}|\*\*|\*|(?:(?!\{{\{{|\{{%|\{{#)[^*])+|\{{")
_CELL: Final = re.compile(rf"(?:{TAG.pattern}|\\\||[^|])*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that look alike."""

    text: str
    bold: bool = False
    italic: bool = False


def pieces(text: str) -> Iterator[Piece]:
    """The line as words with their look; neighbours that look alike are one."""
    bold = italic = False
    kept: list[str] = []
    for found in _PIECE.finditer(text):
        if found[0] not in ("**", "*"):
            kept.append(found[0])
            continue
        if kept:
            yield Piece("".join(kept), bold, italic)
            kept = []
        bold, italic = bold ^ (found[0] == "**"), italic ^ (found[0] == "*")
    if kept:
        yield Piece("".join(kept), bold, italic)


def plain(text: str) -> str:
    """The words without their look; tags stay."""
    return "".join(piece.text for piece in pieces(text))


def unclosed(text: str) -> bool:
    """Bold or italic begins and does not end in this line."""
    signs = [found[0] for found in _PIECE.finditer(text) if found[0] in ("**", "*")]
    return bool(signs.count("**") % 2 or signs.count("*") % 2)


def cells_of(line: str) -> list[str]:
    """The cells of a row `| a | b |`; a bar inside a tag, or written `\\|`, is none."""
    inner = line.strip().removeprefix("|").removesuffix("|")
    cells, at = [], 0
    while at <= len(inner):
        found = _CELL.match(inner, at)
        end = found.end() if found else at
        cells.append(inner[at:end].replace("\\|", "|").strip())
        at = end + 1
    return cells
