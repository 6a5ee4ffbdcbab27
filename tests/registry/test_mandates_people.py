"""«Persone dell'ente»: the page of those who administer a body, and its acts."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.registry.actor import actor_for
from casa.registry.models import Invitation, Mandate
from tests.factories import BodyFactory, JoinRequestFactory, MandateFactory, OfficeFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


@pytest.fixture
def boss(client, login, person, body):
    """An administrator of the body, logged in."""
    actor = person("administrator", body)
    login(client, actor)
    return actor


def page(body):
    return reverse("entrance:people", args=[body.slug])


def act(name, mandate):
    return reverse(f"entrance:{name}", args=[mandate.body.slug, mandate.pk])


def roles(mandate):
    actor = actor_for(mandate.person, on=timezone.localdate())
    return sorted(held.role for held in actor.mandates)


def test_the_page_tells_who_where_as_what_and_since_when(client, boss, body):
    today = timezone.localdate()
    MandateFactory(body=body, role="author", person__family_name="Zeta", suspended_on=today)
    MandateFactory(body=body, role="reader", person__family_name="Alfa", ends_on=today + DAY)
    MandateFactory(body=body, person__family_name="Vecchia", ends_on=today - DAY)
    MandateFactory(person__family_name="Altrove")

    response = client.get(page(body))

    rows = [
        (row.mandate.person.family_name, row.state.tone) for row in response.context["holdings"]
    ]
    assert [row for row in rows if not row[0].startswith("Persona")] == [
        ("Alfa", "success"),
        ("Zeta", "warning"),
    ]
    text = response.content.decode()
    assert "1 gennaio 2020" in text
    assert "Sospeso dal" in text
    ended = client.get(page(body), {"conclusi": "1"}).context["holdings"]
    assert [row.mandate.person.family_name for row in ended] == ["Vecchia"]


@pytest.mark.parametrize("role", ["reviewer", "author"])
def test_others_do_not_see_it(client, login, person, body, role):
    for actor in (person(role, body), person("administrator")):
        login(client, actor)
        assert client.get(page(body)).status_code == 403


def test_visitors_are_asked_to_log_in_and_closed_bodies_have_no_page(client, boss, body):
    closed = BodyFactory(closed_on=timezone.localdate())
    assert client.get(page(closed)).status_code == 404
    client.logout()
    assert client.get(page(body)).url.startswith(reverse("account_login"))


def test_each_act_asks_first_and_changes_on_post(client, boss, body):
    mandate = MandateFactory(body=body, role="author")

    for name, after in [("suspend", []), ("resume", ["author"]), ("end", [])]:
        before = roles(mandate)
        asked = client.get(act(name, mandate))
        assert (asked.status_code, roles(mandate)) == (200, before)
        assert client.post(act(name, mandate)).url == page(body)
        assert roles(mandate) == after


def test_a_role_is_changed_from_the_page(client, boss, body):
    mandate = MandateFactory(body=body, role="author")

    client.post(act("change_role", mandate), {"role": "reviewer", "office": mandate.office_id})

    assert roles(mandate) == ["reviewer"]


def test_the_refusal_stands_in_the_form(client, boss, body):
    mine = Mandate.objects.get(person_id=boss.person_id, body=body)

    response = client.post(act("end", mine))

    text = response.content.decode()
    assert response.status_code == 422
    assert "casa-mistakes" in text
    assert "Nessun altro amministra" in text


def test_a_mandate_of_another_body_is_not_there(client, boss, body):
    foreign = MandateFactory(role="author")
    mixed = reverse("entrance:suspend", args=[body.slug, foreign.pk])

    assert client.post(mixed).status_code == 404
    assert client.post(act("suspend", foreign)).status_code == 403
    assert roles(foreign) == ["author"]


def test_inviting_resending_and_revoking_from_the_page(client, boss, body):
    data = {"email": "x@ente.example", "office": body.offices.get().pk, "role": "author"}
    client.post(reverse("entrance:invite", args=[body.slug]), data)
    invitation = Invitation.objects.get()
    assert "x@ente.example" in client.get(page(body)).content.decode()

    again = reverse("entrance:send_again", args=[body.slug, invitation.pk])
    assert client.get(again).status_code == 405
    client.post(again)
    client.post(reverse("entrance:revoke", args=[body.slug, invitation.pk]))

    invitation.refresh_from_db()
    assert invitation.revoked_at is not None
    assert "x@ente.example" not in client.get(page(body)).content.decode()


def test_a_wrong_address_keeps_the_rest_of_the_form(client, boss, body):
    office = OfficeFactory(body=body)
    data = {"email": "non-un-indirizzo", "office": office.pk, "role": "reviewer"}

    response = client.post(reverse("entrance:invite", args=[body.slug]), data)

    assert response.status_code == 422
    assert f'<option value="{office.pk}" selected>' in response.content.decode()


def test_offices_are_opened_renamed_and_closed_from_the_page(client, boss, body):
    client.post(reverse("entrance:open_office", args=[body.slug]), {"name": "  Gare  e appalti "})
    office = body.offices.get(is_default=False)
    assert office.name == "Gare e appalti"

    same = client.post(
        reverse("entrance:rename_office", args=[body.slug, office.pk]), {"name": "Ufficio unico"}
    )
    assert same.status_code == 422
    client.post(reverse("entrance:close_office", args=[body.slug, office.pk]))

    office.refresh_from_db()
    assert office.closed_on == timezone.localdate()


def test_the_page_costs_the_same_with_one_and_with_five(
    client, boss, body, django_assert_max_num_queries
):
    costs = []
    for more in (1, 4):
        for _ in range(more):
            MandateFactory(body=body, role="author", office=OfficeFactory(body=body))
            JoinRequestFactory(body=body)
        with django_assert_max_num_queries(20) as counted:
            client.get(page(body))
        costs.append(len(counted))

    assert costs[0] == costs[1]
