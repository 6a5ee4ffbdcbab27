"""A Comune, its Province, an author of each, and a tender that the Province runs for the Comune."""

import pytest

from tests.dossier.makers import opened
from tests.factories import BodyFactory


@pytest.fixture
def comune():
    province = BodyFactory(kind="province", name="Provincia di prova")
    return BodyFactory(name="Comune di prova", province_body=province)


@pytest.fixture
def author(person, comune):
    return person("author", comune)


@pytest.fixture
def officer(person, comune):
    return person("author", comune.province_body)


@pytest.fixture
def dossier(author, comune):
    return opened(author, supporter=comune.province_body)


@pytest.fixture(autouse=True)
def equal_files_are_read_once(read_once) -> None:
    """Models are read and filled in the jail many times over: for equal bytes once is enough."""
