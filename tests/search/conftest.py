"""Each test of search has an index of its own, empty until `index` follows the cards."""

from dataclasses import replace

import pytest
from django.core.cache import cache

from casa.search import follower, labels, synonyms
from casa.search.cpv import guessing


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path, monkeypatch):
    registered = {
        name: replace(entry, sources=[*entry.sources]) for name, entry in labels._registered.items()
    }
    monkeypatch.setattr(labels, "_registered", registered)
    settings.SEARCH_DIR = tmp_path / "index"
    synonyms.forget()
    guessing.forget()
    cache.clear()  # the counters of searches
    yield settings.SEARCH_DIR
    synonyms.forget()
    guessing.forget()


@pytest.fixture
def index(db):
    """Bring the index up to the cards: `index()` after filing."""
    return follower.catch_up
