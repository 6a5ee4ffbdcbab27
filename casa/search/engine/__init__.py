"""The engine of this installation: tantivy on our own disk, or the server of `CASA_SEARCH_URL`."""

from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from casa.search.engine.seam import Engine
from casa.search.engine.tantivy import TantivyEngine


def current() -> Engine:
    """The engine over `SEARCH_URL`, else over the index of `SEARCH_DIR`; opened once."""
    if settings.SEARCH_URL:
        return _engine_at(settings.SEARCH_URL)
    return _engine_in(Path(settings.SEARCH_DIR))


@cache
def _engine_in(folder: Path) -> Engine:
    return TantivyEngine(folder)


@cache
def _engine_at(url: str) -> Engine:
    try:
        from casa.search.engine.opensearch import OpenSearchEngine
    except ModuleNotFoundError as error:
        raise ImproperlyConfigured(
            "CASA_SEARCH_URL needs the package opensearch-py: see docs/operators.md."
        ) from error
    return OpenSearchEngine(url)
