"""The bodies of the network: the list with its filters, and the page of one body."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from casa.registry.actor import SYSTEM
from casa.registry.models import Body, ProjectPhase, ProjectPlace, TrailLine
from casa.registry.queries import bodies as queries
from casa.registry.services import NewBody, create_body
from tests.factories import (
    BodyFactory,
    JoinRequestFactory,
    MandateFactory,
    PersonFactory,
    ProvinceFactory,
    RegionFactory,
)

pytestmark = pytest.mark.django_db
LIST = "/rete/"


def names(response):
    return [body.name for body in response.context["page"]]


@pytest.fixture
def north():
    """A Province in the north with a Comune, and one elsewhere."""
    region = RegionFactory(istat_code="91", name="Regione del Nord", macro_area="nord-est")
    place = ProvinceFactory(region=region, name="Pianura")
    province = BodyFactory(kind="province", name="Provincia di Pianura", province=place)
    comune = BodyFactory(name="Comune di Àgliè", province=place, province_body=province)
    elsewhere = BodyFactory(name="Comune di Altrove", province=ProvinceFactory())
    return province, comune, elsewhere


def test_making_a_body_makes_its_default_office_and_one_line(db):
    body = create_body(
        NewBody(kind=Body.Kind.UNION, name="Unione dell’Alto Colle"),
        actor=SYSTEM,
        now=timezone.now(),
    )

    assert body.slug == "unione-dell-alto-colle"
    assert body.offices.get().name == "Segreteria generale"
    assert [line.act for line in TrailLine.objects.all()] == ["registry.body.created"]


def test_bodies_of_the_same_name_have_different_addresses(db):
    new = NewBody(kind=Body.Kind.OTHER, name="Ente di prova", sigla="TV")

    slugs = [create_body(new, actor=SYSTEM, now=timezone.now()).slug for _n in range(3)]
    assert slugs == ["ente-di-prova", "ente-di-prova-tv", "ente-di-prova-tv-2"]


def test_no_body_takes_the_address_of_a_page(db):
    body = create_body(
        NewBody(kind=Body.Kind.OTHER, name="Registro"), actor=SYSTEM, now=timezone.now()
    )

    assert body.slug == "registro-2"


def test_the_list_finds_by_a_part_of_the_name_without_accents(client, north):
    assert names(client.get(LIST, {"q": "aglie COMUNE"})) == ["Comune di Àgliè"]
    assert names(client.get(LIST, {"q": "agliate"})) == []


def test_the_list_sorts_as_italians_do(client, north):
    assert names(client.get(LIST)) == [
        "Comune di Àgliè",
        "Comune di Altrove",
        "Provincia di Pianura",
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"tipo": "province"}, ["Provincia di Pianura"]),
        ({"tipo": ["province", "municipality"], "area": "centro"}, ["Comune di Altrove"]),
        ({"area": "nord-est"}, ["Comune di Àgliè", "Provincia di Pianura"]),
        ({"regione": "91", "tipo": "municipality"}, ["Comune di Àgliè"]),
        ({"regione": "no such region"}, []),
        ({"fase": "fase-9"}, []),
        ({"aderenti": "si"}, []),
    ],
)
def test_the_list_is_narrowed_by_facets(client, north, query, found):
    assert names(client.get(LIST, query)) == found


def test_who_takes_part_is_who_has_somebody_at_work_today(client, north):
    province, comune, elsewhere = north
    MandateFactory(body=comune)
    MandateFactory(body=province, suspended_on=timezone.localdate())
    MandateFactory(body=elsewhere, person=PersonFactory(is_active=False))

    response = client.get(LIST, {"aderenti": "si"})
    assert names(response) == ["Comune di Àgliè"]
    assert "vi lavora 1 persona" in response.content.decode()


def test_a_phase_of_the_project_finds_its_provinces_and_their_comuni_once(client, north):
    province, _comune, elsewhere = north
    phase = ProjectPhase.objects.create(code="f1", name="Prima", starts_on="2020-05-01", source="x")
    other = ProjectPhase.objects.create(code="f2", name="Altra", starts_on="2024-05-01", source="x")
    for each in (phase, other):
        ProjectPlace.objects.create(phase=each, province=province.province)

    response = client.get(LIST, {"fase": ["f1", "f2"]})
    assert names(response) == ["Comune di Àgliè", "Provincia di Pianura"]
    assert elsewhere.name not in response.content.decode()


def test_the_counts_of_a_facet_leave_out_its_own_filter(north):
    found = queries.network(words="", filters={"tipo": ["province"]})

    assert dict(found.counts["tipo"]) == {"municipality": 2, "province": 1}
    assert dict(found.counts["area"]) == {"nord-est": 1}


def test_closed_bodies_are_not_listed_but_keep_their_page(client, north):
    _province, comune, _elsewhere = north
    comune.closed_on = timezone.localdate()
    comune.save()

    assert comune.name not in names(client.get(LIST))
    page = client.get(comune.get_absolute_url()).content.decode()
    assert "Ente cessato" in page
    assert "Chiedi di entrare" not in page


@pytest.mark.parametrize("nasty", ["\x00", "%", "' OR 1=1 --", "é" * 5000, "=cmd()"])
def test_whatever_is_typed_the_list_answers(client, north, nasty):
    response = client.get(LIST, {"q": nasty, "regione": nasty, "pagina": nasty})

    assert response.status_code == 200


def test_fifty_bodies_fill_a_page(client, db):
    BodyFactory.create_batch(51)

    assert len(names(client.get(LIST))) == 50
    assert len(names(client.get(LIST, {"pagina": 2}))) == 1


def queries_of(client, address):
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    return len(asked)


def test_the_list_asks_the_same_questions_for_one_body_and_for_five(client, db):
    MandateFactory(body=BodyFactory(province=ProvinceFactory()))
    for_one = queries_of(client, LIST)
    for body in BodyFactory.create_batch(4, province=ProvinceFactory()):
        MandateFactory(body=body)

    assert queries_of(client, LIST) == for_one <= 10


def test_the_page_of_a_body_asks_the_same_questions_for_one_person_and_for_five(
    client, login, person
):
    body = BodyFactory(kind="province", province=ProvinceFactory())
    login(client, person("reader"))
    BodyFactory(province_body=body)
    MandateFactory(body=body)
    for_one = queries_of(client, body.get_absolute_url())
    BodyFactory.create_batch(4, province_body=body)
    MandateFactory.create_batch(4, body=body)

    assert queries_of(client, body.get_absolute_url()) == for_one <= 12


def test_a_visitor_reads_how_many_work_there_and_no_name(client, login, person):
    body = BodyFactory()
    somebody = MandateFactory(body=body).person
    page = client.get(body.get_absolute_url()).content.decode()

    assert "Vi lavora 1 persona." in page
    assert somebody.family_name not in page
    login(client, person())
    assert somebody.family_name not in client.get(body.get_absolute_url()).content.decode()


def test_a_member_reads_the_names_of_who_works_there_now(client, login, person):
    body = BodyFactory()
    here = MandateFactory(body=body).person
    gone = MandateFactory(body=body, ends_on="2020-06-01").person
    login(client, person("reader"))
    page = client.get(body.get_absolute_url()).content.decode()

    assert here.family_name in page
    assert gone.family_name not in page


def test_who_works_there_already_is_not_offered_to_ask(client, login, person):
    body = BodyFactory()
    ask = reverse("entrance:ask", args=[body.slug])

    assert ask in client.get(body.get_absolute_url()).content.decode()
    login(client, person("reader", body))
    assert ask not in client.get(body.get_absolute_url()).content.decode()


def test_the_page_of_a_province_lists_its_comuni(client, north):
    province, comune, elsewhere = north
    page = client.get(province.get_absolute_url()).content.decode()

    assert comune.get_absolute_url() in page
    assert elsewhere.get_absolute_url() not in page


def test_a_body_that_does_not_exist_is_not_found(client, db):
    assert client.get("/rete/comune-di-nessuno/").status_code == 404


def test_a_province_has_no_province_above_it(db):
    body = BodyFactory.build(kind="province", province_body=BodyFactory(kind="province"))

    with pytest.raises(ValidationError):
        body.full_clean()


def links_of(client, body):
    return dict(client.get(body.get_absolute_url()).context["actions"])


def test_who_manages_the_people_finds_them_and_the_requests_that_wait(client, login, person):
    body = BodyFactory()
    people, requests = reverse("entrance:people", args=[body.slug]), reverse("entrance:requests")
    boss, manager = person("administrator", body), person(network="manager")

    for who in (boss, manager):
        links = links_of(login(client, who), body)
        assert links["Persone dell'ente"] == people
        assert "Richieste (1)" not in links

    JoinRequestFactory(body=body)

    assert links_of(login(client, boss), body)["Richieste (1)"] == requests
    assert "Richieste (1)" not in links_of(login(client, manager), body)  # not theirs yet


@pytest.mark.parametrize("who", ["reviewer", "elsewhere", "visitor"])
def test_others_find_no_such_link(client, login, person, who):
    body = BodyFactory()
    JoinRequestFactory(body=body)
    if who != "visitor":
        login(client, person("reviewer", body) if who == "reviewer" else person("administrator"))

    assert links_of(client, body) == {}
