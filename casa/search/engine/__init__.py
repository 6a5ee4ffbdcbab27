"""The engine of this installation. Today tantivy; the seam carries others (`seam.py`)."""

from functools import cache
from pathlib import Path

from django.conf import settings

from casa.search.engine.seam import Engine
from casa.search.engine.tantivy import TantivyEngine


def current() -> Engine:
    """The engine over the index of `SEARCH_DIR`, opened once per process."""
    return _engine_in(Path(settings.SEARCH_DIR))


@cache
def _engine_in(folder: Path) -> Engine:
    return TantivyEngine(folder)
