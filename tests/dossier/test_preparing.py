"""The tenders of the demonstration: made on the first start, completed on a later one, never twice."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from casa.dossier import prepare as preparing
from casa.dossier import services
from casa.dossier.demo import TITLE
from casa.dossier.models import Dossier
from casa.foundation.jail import Jail
from casa.guide.choosing import Need
from casa.guide.prepare import prepare as prepare_guide
from casa.guide.queries import advise
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(person):
    """An author of a demonstration Comune, whose Province has a reviewer."""
    prepare_guide(lambda _words: None)
    province = BodyFactory(kind="province", is_demo=True)
    person("reviewer", province)
    return person("author", BodyFactory(kind="municipality", province_body=province, is_demo=True))


@pytest.fixture
def shared(monkeypatch):
    """Who was asked to share a tender back: the doing itself is tried in tests of sharing."""
    asked = []
    monkeypatch.setattr(preparing, "share_one", lambda author, *_more, **_at: asked.append(author))
    monkeypatch.setattr(preparing, "jail_in_force", lambda: Jail.BUBBLEWRAP)
    return asked


def prepared():
    told = []
    preparing.prepare(told.append)
    return told


def test_a_new_demonstration_gets_its_tenders_and_one_shared_back(author, shared):
    assert prepared() == ["Fascicoli dimostrativi"]
    assert (Dossier.objects.count(), len(shared)) == (2, 1)
    assert {tender.rup_id for tender in Dossier.objects.all()} == {author.person_id}


def test_an_older_demonstration_gets_the_shared_one_and_no_other(author, shared):
    prepared()
    shared.clear()

    assert prepared() == ["Fascicoli dimostrativi"]

    assert (Dossier.objects.count(), len(shared)) == (2, 1)


def test_where_the_shared_one_was_made_nothing_is_made_again(author, shared):
    prepared()
    shared.clear()
    now = timezone.now()
    day = timezone.localdate(now) + timedelta(days=60)
    need = Need(kind="services", amount=Decimal(110000), cpv="55523100", on=day)
    wish = services.Wish(title=TITLE, need=need, advice=advise(need))
    services.open_dossier(wish, actor=author, now=now)

    assert (prepared(), shared) == ([], [])


def test_without_a_jail_an_older_demonstration_is_left_as_it_is(author, shared, monkeypatch):
    prepared()
    shared.clear()
    monkeypatch.setattr(preparing, "jail_in_force", lambda: Jail.NONE)

    assert (prepared(), shared) == ([], [])
