"""The entries of the demonstration: made once, and not at all where no file can be read."""

import pytest

from casa.foundation.jail import Jail, jail_in_force
from casa.intake.models import Upload
from casa.library.demo import seeding
from casa.library.models import Entry
from casa.registry.models import Body, Pillar
from tests.factories import BodyFactory, MandateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def province():
    body = BodyFactory(is_demo=True, kind=Body.Kind.PROVINCE)
    for role in ("author", "reviewer"):
        MandateFactory(body=body, role=role)
    for text in seeding.texts():
        Pillar.objects.get_or_create(code=text.card["pillar"], defaults={"name": "Pilastro"})
    return body


def test_without_a_jail_nothing_is_uploaded_however_often_it_starts(province, monkeypatch):
    monkeypatch.setattr(seeding, "jail_in_force", lambda: Jail.NONE)
    told: list[str] = []

    seeding.seed(told.append)
    seeding.seed(told.append)

    assert not Upload.objects.exists()
    assert "Nessuna gabbia è disponibile" in told[0]


@pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail: install bubblewrap")
def test_with_a_jail_the_entries_are_made_once(province, monkeypatch):
    first = seeding.texts()[:1]
    monkeypatch.setattr(seeding, "texts", lambda: first)

    seeding.seed(lambda _words: None)
    seeding.seed(lambda _words: None)

    assert Entry.objects.in_bulk() != {}
    assert (Entry.objects.count(), Upload.objects.count()) == (1, 1)


def test_without_a_demonstration_nothing_is_made(db):
    seeding.seed(lambda _words: None)

    assert not Upload.objects.exists()
