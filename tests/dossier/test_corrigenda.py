"""Which documents a corrigendum corrects, and who reads that."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Dossier, Paper
from casa.foundation.errors import Refused
from tests.dossier.test_papers import lay
from tests.library.makers import published

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(dossier, author, officer, person):
    """Published, with an open document of each body and a reserved one, and one that comes after."""
    papers = {
        "open": lay(dossier, "rup", author, version=published(person, title="Capitolato")),
        "reserved": lay(
            dossier,
            "tender_papers",
            officer,
            version=published(person, title="Invito"),
            reserved=True,
        ),
        "after": lay(dossier, "commission", officer, version=published(person, title="Nomina")),
    }
    now = timezone.now()
    services.publish(
        dossier.pk, cig="B1A2C3D4E5", on=now.date(), offers_due_at=now + timedelta(days=9),
        actor=officer, now=now,
    )  # fmt: skip
    return papers


def correct(dossier, actor, *papers):
    now = timezone.now()
    return services.correct(
        dossier.pk, reason="Cambia un requisito", on=now.date(), corrects=papers,
        offers_due_at=now + timedelta(days=20), actor=actor, now=now,
    )  # fmt: skip


def test_a_corrigendum_names_published_documents_of_its_tender_alone(dossier, officer, tender):
    with pytest.raises(Refused, match="solo un documento uscito con la pubblicazione"):
        correct(dossier, officer, tender["after"])
    assert not dossier.corrigenda.exists()
    made = correct(dossier, officer, tender["open"], tender["reserved"])
    assert set(made.corrects.all()) == {tender["open"], tender["reserved"]}
    assert Paper.objects.count() == 3


def test_it_is_read_at_the_document_and_reserved_ones_stay_hidden(
    client, login, dossier, author, officer, tender
):
    correct(dossier, officer, tender["open"], tender["reserved"])
    home = f"/fascicoli/{dossier.pk}/"
    login(client, officer)
    text = client.get(home).content.decode()
    assert text.count("rettificato il") == 2
    assert f"Corregge: {tender['open']}; {tender['reserved']}." in text.replace("&#x27;", "'")
    login(client, author)
    text = client.get(home).content.decode()
    assert text.count("rettificato il") == 1
    assert str(tender["reserved"]) not in text


def test_the_page_offers_what_went_out(client, login, dossier, officer, tender):
    login(client, officer)
    address = f"/fascicoli/{dossier.pk}/rettifica/"
    text = client.get(address).content.decode()
    assert text.count('name="corregge"') == 2
    due = (timezone.localtime() + timedelta(days=20)).strftime("%Y-%m-%dT%H:%M")
    given = {"motivo": "x", "giorno": timezone.localdate().isoformat(), "scadenza": due}
    wrong = client.post(address, {**given, "corregge": [tender["after"].pk]})
    assert wrong.status_code == 422
    client.post(address, {**given, "corregge": [tender["open"].pk]})
    made = Dossier.objects.get(pk=dossier.pk).corrigenda.get()
    assert list(made.corrects.all()) == [tender["open"]]
