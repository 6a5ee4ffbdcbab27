"""The last look at a file with tracked changes: both texts must come out of it to the letter."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from casa.drafting.limits import Limits
from casa.drafting.reading import read

NOT_EXACT = (
    "Fra questi due file le revisioni non si possono scrivere senza perdere qualcosa: usa il "
    "confronto sulla pagina."
)
Said = tuple[tuple[object, ...], frozenset[str]]


def said(path: Path, *, limits: Limits) -> Said:
    """All that a file says: numbers, words and tables in order, notes included; its headers."""
    draft = read(path, limits=limits)
    blocks = tuple((block.number, block.text, block.rows) for block in draft.blocks)
    return blocks, frozenset(draft.furniture)


def is_exact(
    data: bytes, resolved: Callable[[Path], bytes], wanted: Said, *, limits: Limits
) -> bool:
    """Whether the file, with its changes resolved that way, says what it should."""
    with tempfile.TemporaryDirectory() as folder:
        path, result = Path(folder, "tracked"), Path(folder, "resolved")
        path.write_bytes(data)
        result.write_bytes(resolved(path))
        return said(result, limits=limits) == wanted
