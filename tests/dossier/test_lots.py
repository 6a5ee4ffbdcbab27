"""The lots of a tender: each has its object and its CIG, written until the notice is out."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.dossier import services
from casa.foundation.errors import Refused
from casa.registry.models import TrailLine
from tests.dossier.makers import need, opened

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(person):
    return person("author")


@pytest.fixture
def dossier(author):
    lots = (need("90000").amount, need("150000").amount)
    return opened(author, asked=need("240000", lots=lots, qualification="sf1"))


def test_each_lot_gets_its_object_and_its_cig(client, login, author, dossier):
    login(client, author)
    address = f"/fascicoli/{dossier.pk}/lotti/"
    given = {"oggetto_1": "Uffici", "cig_1": "b1a2 c3d4 e5", "oggetto_2": "Scuole", "cig_2": ""}
    assert client.post(address, given).status_code == 302
    assert client.post(address, given).status_code == 302
    assert list(dossier.lots.values_list("title", "cig")) == [
        ("Uffici", "B1A2C3D4E5"),
        ("Scuole", ""),
    ]
    assert TrailLine.objects.filter(act="dossier.dossier.divided").count() == 1
    text = client.get(f"/fascicoli/{dossier.pk}/").content.decode()
    assert "Uffici, 90.000,00 €, CIG B1A2C3D4E5" in text
    assert "Scuole, 150.000,00 €, CIG da acquisire" in text


def test_a_bad_cig_is_told_and_nothing_is_lost(client, login, author, dossier):
    login(client, author)
    answer = client.post(
        f"/fascicoli/{dossier.pk}/lotti/", {"oggetto_1": "Uffici", "cig_1": "corto"}
    )
    assert answer.status_code == 422
    assert "Uffici" in answer.content.decode()
    assert set(dossier.lots.values_list("title", flat=True)) == {""}


def test_lots_freeze_with_the_notice_and_are_not_for_others(person, author, dossier):
    given, now = {1: services.LotData(title="Uffici")}, timezone.now()
    with pytest.raises(Refused, match="uno dei due enti"):
        services.describe_lots(dossier.pk, given, actor=person("author"), now=now)
    services.publish(
        dossier.pk, cig="B1A2C3D4E5", on=timezone.localdate(now),
        offers_due_at=now + timedelta(days=40), actor=author, now=now,
    )  # fmt: skip
    with pytest.raises(Refused, match="solo con una rettifica"):
        services.describe_lots(dossier.pk, given, actor=author, now=now)
