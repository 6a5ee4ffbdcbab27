"""The guided page of an ending mandate and its receipt, as people use them."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.registry.models import HandOver, HandOverLine, Mandate
from casa.registry.queries.succession import ADMINISTRATION, open_hand_over
from tests.factories import BodyFactory, MandateFactory

pytestmark = pytest.mark.django_db

FIELD = f"part-{ADMINISTRATION}"
DAY = timedelta(days=1)


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def boss(person, body):
    return person("administrator", body)


@pytest.fixture
def mandate(boss):
    return Mandate.objects.get(person_id=boss.person_id)


def page(mandate):
    return reverse("entrance:end", args=[mandate.body.slug, mandate.pk])


def receipt(mandate):
    return reverse("entrance:receipt", args=[mandate.pk])


def test_it_is_left_half_way_and_taken_up_again(client, login, body, boss, mandate):
    colleague = MandateFactory(body=body, role="author")
    login(client, boss)
    code = f"person:{colleague.person_id}"

    assert client.post(page(mandate), {FIELD: code, "act": "keep"}).url == page(mandate)

    text = client.get(page(mandate)).content.decode()
    assert f'<option value="{code}" selected>' in text
    mandate.refresh_from_db()
    assert mandate.ends_on is None
    answer = client.post(page(mandate), {FIELD: code}, follow=True)
    assert answer.redirect_chain[-1][0] == receipt(mandate)
    assert colleague.person.full_name in answer.content.decode()


def test_what_is_typed_stays_and_a_missing_choice_is_said_beside_its_part(
    client, login, boss, mandate
):
    login(client, boss)
    day = (timezone.localdate() + DAY).isoformat()

    answer = client.post(page(mandate), {FIELD: "", "on": day})

    assert answer.status_code == 422
    assert answer.context["form"].errors.keys() == {FIELD}
    assert day in answer.content.decode()


@pytest.mark.parametrize("code", ["person:0", "office:1", "stopped", "qualcuno"])
def test_nobody_else_can_be_chosen(client, login, boss, mandate, code):
    login(client, boss)

    assert client.post(page(mandate), {FIELD: code}).status_code == 422
    assert client.post(page(mandate), {FIELD: code, "act": "keep"}).status_code == 422
    assert open_hand_over(mandate) is None


def test_the_receipt_is_a_file_too_and_is_nobody_elses(client, login, person, body, boss, mandate):
    login(client, boss)
    client.post(page(mandate), {FIELD: "network"})

    file = client.get(receipt(mandate), {"formato": "html"})
    assert file["Content-Disposition"].startswith("attachment")
    assert "Ricevuta delle consegne" in file.content.decode()
    assert client.get(receipt(mandate)).status_code == 200  # also for who left
    login(client, person("administrator"))
    assert client.get(receipt(mandate)).status_code == 404
    client.logout()
    assert client.get(receipt(mandate)).url.startswith(reverse("account_login"))


def test_only_ones_own_mandate_is_left_and_only_while_it_holds(client, login, person, body, boss):
    author, over = person("author", body), MandateFactory(body=body, ends_on="2021-01-01")
    mine = Mandate.objects.get(person_id=author.person_id)
    login(client, author)
    links = client.get(reverse("entrance:mine")).content.decode()
    assert reverse("entrance:leave", args=[mine.pk]) in links
    assert client.get(reverse("entrance:leave", args=[over.pk])).status_code == 404

    client.post(reverse("entrance:leave", args=[mine.pk]))

    assert client.get(reverse("entrance:leave", args=[mine.pk])).status_code in (403, 404)
    assert HandOver.objects.get().cause == "left"


def test_the_network_does_what_nobody_did_without_reading_names(client, login, person, body):
    mandate = MandateFactory(body=body, role="administrator", ends_on="2021-01-01")
    hand_over = HandOver.objects.create(mandate=mandate, cause="expired", opened_at=timezone.now())
    login(client, person(network="manager"))
    listed = client.get(reverse("registry:hand_overs")).content.decode()
    assert page(mandate) in listed

    text = client.get(page(mandate)).content.decode()
    assert "I nomi li vede chi lavora per l'ente" in text.replace("&#x27;", "'")
    client.post(page(mandate), {FIELD: "network"})

    hand_over.refresh_from_db()
    assert hand_over.done_at is not None
    assert HandOverLine.objects.filter(part=ADMINISTRATION).get().way == "network"
    ended = client.get(reverse("entrance:people", args=[body.slug]), {"conclusi": "1"})
    assert receipt(mandate) in ended.content.decode()


def test_who_leaves_is_spoken_to_and_others_read_the_name(client, login, person, body, boss):
    leaver = person("author", body)
    own = Mandate.objects.get(person_id=leaver.person_id)
    login(client, leaver)
    mine = client.get(reverse("entrance:leave", args=[own.pk])).content.decode()
    login(client, boss)
    theirs = client.get(page(own)).content.decode()

    assert "Non hai niente da consegnare" in mine
    assert "le vedi solo tu" in mine
    assert "questa persona" not in mine + theirs
    assert "ciò che ha fatto è dell'ufficio" in theirs.replace("&#x27;", "'")
    assert "Non hai" not in theirs
