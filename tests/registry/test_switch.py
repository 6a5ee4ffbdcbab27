"""«Stai operando per»: the body one acts for."""

from datetime import date

import pytest
from django.urls import reverse

from casa.registry.models import Mandate, Person
from tests.factories import BodyFactory, MandateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(person):
    """A person who works for two bodies, and the two bodies."""
    bodies = [BodyFactory(name=name) for name in ("Comune di Alfa", "Comune di Beta")]
    somebody = Person.objects.get(pk=person("author", bodies[0]).person_id)
    MandateFactory(person=somebody, body=bodies[1])
    return somebody, bodies


def choose(client, key, **more):
    return client.post(reverse("entrance:switch"), {"ente": key, **more})


def acting(client):
    return client.get(reverse("entrance:mine")).context["acting_body"]


def test_a_person_acts_for_the_first_body_until_they_choose(client, login, two):
    somebody, (alpha, beta) = two
    login(client, somebody)
    assert acting(client) == alpha

    response = choose(client, beta.pk, next=reverse("entrance:mine"))

    assert response.url == reverse("entrance:mine")
    assert acting(client) == beta
    assert "Comune di Beta" in client.get(reverse("entrance:mine")).content.decode()


def test_the_choice_is_remembered_at_the_next_log_in_while_the_mandate_lasts(client, login, two):
    somebody, (alpha, beta) = two
    choose(login(client, somebody), beta.pk)
    client.logout()

    login(client, Person.objects.get(pk=somebody.pk))
    assert acting(client) == beta
    Mandate.objects.filter(body=beta).update(suspended_on=date(2020, 1, 1))
    assert acting(client) == alpha


@pytest.mark.parametrize("key", ["", "abc", "-1", "99999999999999999999", "1\x00"])
def test_what_is_no_body_of_theirs_changes_nothing(client, login, two, key):
    somebody, (alpha, _) = two
    login(client, somebody)

    assert choose(client, key).status_code == 404
    assert choose(client, BodyFactory().pk).status_code == 404
    assert acting(client) == alpha


@pytest.mark.parametrize(
    "elsewhere", ["https://altrove.example/", "//altrove.example", "javascript:1"]
)
def test_one_goes_back_only_to_pages_of_the_house(client, login, two, elsewhere):
    somebody, (_, beta) = two
    login(client, somebody)

    assert choose(client, beta.pk, next=elsewhere).url == reverse("entrance:switch")


def test_an_ended_mandate_is_acted_for_no_more(client, login, two):
    somebody, (alpha, beta) = two
    login(client, somebody)
    choose(client, beta.pk)

    somebody.mandates.filter(body=beta).update(suspended_on="2024-01-01")

    assert acting(client) == alpha


def test_a_request_without_the_token_of_the_form_is_refused(two):
    from django.test import Client

    somebody, (_, beta) = two
    client = Client(enforce_csrf_checks=True)
    client.force_login(somebody)

    assert choose(client, beta.pk).status_code == 403


def test_the_list_takes_as_many_queries_with_one_body_as_with_five(
    client, login, person, django_assert_num_queries
):
    somebody = Person.objects.get(pk=person("reader").person_id)
    login(client, somebody)
    page = reverse("entrance:switch")
    client.get(page)

    with django_assert_num_queries(6):
        client.get(page)
    MandateFactory.create_batch(4, person=somebody)
    with django_assert_num_queries(6):
        client.get(page)
