"""Each test of search has an index of its own, empty until `index` follows the cards."""

import pytest

from casa.search import synonyms


@pytest.fixture(autouse=True)
def own_index(settings, tmp_path):
    settings.SEARCH_DIR = tmp_path / "index"
    synonyms.forget()
    yield settings.SEARCH_DIR
    synonyms.forget()
