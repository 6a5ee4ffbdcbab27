"""How many people will read something, in words."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casa.registry.queries import Readers, audience_sentence, readers_of
from tests.factories import BodyFactory, MandateFactory, NetworkRoleFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return BodyFactory(name="Comune di Prova")


def test_the_network_counts_each_person_and_body_once(body):
    somebody = PersonFactory()
    MandateFactory(person=somebody, body=body)
    MandateFactory(person=somebody)
    NetworkRoleFactory(person=somebody)
    NetworkRoleFactory()

    assert readers_of("network", body) == Readers(persons=2, bodies=2)
    assert audience_sentence("network", body) == "lo vedranno 2 persone di 2 enti"


def test_who_cannot_read_is_not_counted(body):
    yesterday = timezone.localdate() - timedelta(days=1)
    MandateFactory(body=body, ends_on=yesterday)
    MandateFactory(body=body, suspended_on=yesterday)
    MandateFactory(body=body, person__is_active=False)
    MandateFactory(body=BodyFactory(closed_on=date(2024, 1, 1)))

    assert readers_of("network", body) == Readers(persons=0, bodies=0)
    assert readers_of("body", body) == Readers(persons=0, bodies=1)


def test_one_body_counts_only_its_own_people(body):
    MandateFactory(body=body, role="author")
    MandateFactory()

    assert audience_sentence("body", body) == "solo una persona del Comune di Prova"
    MandateFactory(body=body)
    assert audience_sentence("body", body) == "solo le 2 persone del Comune di Prova"


def test_the_sentence_agrees_with_the_number(body):
    people = PersonFactory.create_batch(2)
    for somebody in people:
        MandateFactory(person=somebody, body=body)

    assert audience_sentence("network", body) == "lo vedranno 2 persone di 1 ente"
    assert audience_sentence("public", body) == "chiunque, anche senza accesso"


def test_an_unknown_audience_is_a_mistake_of_the_program(body):
    with pytest.raises(ValueError, match="everyone"):
        readers_of("everyone", body)


def test_counting_takes_two_queries(body, django_assert_num_queries):
    MandateFactory.create_batch(5, body=body)

    with django_assert_num_queries(2):
        readers_of("network", body)
