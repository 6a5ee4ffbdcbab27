"""The trail of acts: read by few, searched, taken away as CSV, changed by nobody."""

import csv
import io
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casa.registry import trail
from casa.registry.actor import SYSTEM
from casa.registry.models import TrailLine
from casa.registry.queries.trail import Asked, lines
from tests.factories import BodyFactory, PersonFactory

pytestmark = pytest.mark.django_db
TRAIL, EXPORT = "/rete/registro/", "/rete/registro/esporta/"


@pytest.fixture
def acts():
    """Three acts: two of bodies, one of the platform itself."""
    here, there = BodyFactory(name="Comune di Qui"), BodyFactory(name="Comune di Là")
    ada = PersonFactory(given_name="Ada", family_name="Scrivànte")
    for body in (here, there):
        line = trail.record("registry.body.changed", body, actor=SYSTEM, body=body)
        assert line.person is None
    TrailLine.objects.create(
        at=datetime(2025, 3, 3, 0, 30, tzinfo=ZoneInfo("Europe/Rome")),
        person=ada,
        body=here,
        act="registry.mandate.granted",
        subject_key="registry:mandate:1",
        subject_name="Città Nuova",
    )
    return here, there, ada


def test_network_managers_read_every_line_and_administrators_those_of_their_bodies(acts, person):
    here, there, _ada = acts

    assert lines(person(network="manager"), Asked()).count() == 3
    assert lines(person("administrator", here), Asked()).count() == 2
    assert lines(person("administrator", there), Asked()).count() == 1
    assert lines(person("administrator"), Asked()).count() == 0
    assert lines(person("author", here), Asked()).count() == 0


@pytest.mark.parametrize(
    ("question", "number"),
    [
        ({"q": "citta NUOVA"}, 1),
        ({"q": "nuova vecchia"}, 0),
        ({"persona": "scrivante ada"}, 1),
        ({"persona": "nessuno"}, 0),
        ({"ente": "qui"}, 2),
        ({"ente": "qua"}, 0),
        ({"atto": "registry.body.changed"}, 2),
        ({"dal": date(2025, 3, 3), "al": date(2025, 3, 3)}, 1),
        ({"al": date(2025, 3, 2)}, 0),
        ({"dal": date(2025, 3, 4)}, 2),
        ({"dal": date.min, "al": date.max}, 3),
        ({"dal": date.max}, 0),
        ({"al": date.min}, 0),
    ],
)
def test_the_trail_is_searched_by_words_person_body_act_and_day(acts, person, question, number):
    assert lines(person(network="manager"), Asked(**question)).count() == number


def test_a_line_reads_as_a_sentence(acts):
    line = TrailLine.objects.get(act="registry.mandate.granted")

    assert trail.sentence(line) == "Ada Scrivànte ha dato il mandato «Città Nuova»"


def test_details_are_told_in_words_and_those_without_a_name_left_to_the_export(acts):
    here, _there, _ada = acts
    details = {"role": "author", "ends_on": None, "person": 7, "before": {"role": "reader"}}
    line = trail.record("registry.mandate.changed", here, actor=SYSTEM, **details)

    assert trail.told(line) == [("ruolo", "Redazione"), ("prima", "ruolo: Lettura")]


def test_what_nobody_named_is_shown_by_its_code(acts):
    here, _there, _ada = acts
    line = trail.record("somewhere.thing.done", here, actor=SYSTEM)

    assert trail.sentence(line) == "La piattaforma somewhere.thing.done «Comune di Qui»"


def test_who_acts_on_oneself_is_named_once(acts):
    _here, _there, ada = acts
    line = TrailLine(
        person=ada,
        act="registry.trail.exported",
        subject_key=f"registry:person:{ada.pk}",
        subject_name=str(ada),
    )

    assert trail.sentence(line) == "Ada Scrivànte ha scaricato una parte del registro"


@pytest.mark.parametrize(
    "sql", ["UPDATE registry_trail SET act = 'x'", "DELETE FROM registry_trail"]
)
def test_the_database_refuses_to_change_a_line(acts, sql):
    with (
        pytest.raises(DatabaseError, match="never changed, nor deleted within five years"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)

    assert TrailLine.objects.filter(act="x").count() == 0
    assert TrailLine.objects.count() == 3


def test_the_page_has_no_way_to_change_anything(client, login, person, acts):
    login(client, person(network="manager"))

    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(TRAIL).status_code == 405


def test_who_may_not_read_the_trail_is_told_why(client, login, person, acts):
    here, _there, _ada = acts
    assert client.get(TRAIL).url == f"{reverse('account_login')}?next={TRAIL}"

    login(client, person("reviewer", here))
    response = client.get(TRAIL)
    assert response.status_code == 403
    assert "lo legge chi amministra un ente" in response.content.decode()


def test_the_page_shows_what_was_asked_for(client, login, person, acts):
    login(client, person(network="manager"))
    page = client.get(TRAIL, {"persona": "scrivante"}).content.decode()

    assert "Ada Scrivànte ha dato il mandato «Città Nuova»" in page
    assert "3 marzo 2025, 00:30" in page
    assert "Comune di Là" not in page


def test_days_in_the_wrong_order_are_told_and_nothing_is_lost(client, login, person, acts):
    login(client, person(network="manager"))
    response = client.get(TRAIL, {"dal": "2026-02-02", "al": "2026-01-01", "ente": "qui"})

    assert response.status_code == 422
    assert "viene prima del primo" in response.content.decode()
    assert 'value="qui"' in response.content.decode()


def test_taking_lines_away_gives_those_asked_for_and_is_itself_recorded(
    client, login, person, acts
):
    manager = person(network="manager")
    login(client, manager)
    response = client.post(f"{EXPORT}?ente=qui&atto=registry.body.changed")
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))

    assert [(row["ente"], row["atto"]) for row in rows] == [
        ("Comune di Qui", "registry.body.changed")
    ]
    assert response["Content-Disposition"].startswith("attachment;")
    line = TrailLine.objects.get(act="registry.trail.exported")
    assert line.person_id == manager.id
    assert line.details == {
        "filters": {"ente": "qui", "atto": "registry.body.changed"},
        "lines": 1,
    }


def test_a_formula_in_a_name_is_inert_in_the_csv(client, login, person):
    body = BodyFactory(name="=HYPERLINK(1)")
    trail.record("registry.body.changed", body, actor=SYSTEM, body=body)
    login(client, person(network="manager"))
    response = client.post(EXPORT)
    text = b"".join(response.streaming_content).decode("utf-8-sig")

    assert "'=HYPERLINK(1)" in text
    assert ";=HYPERLINK(1)" not in text


@pytest.mark.parametrize("role", [None, "reader", "reviewer"])
def test_who_may_not_read_the_trail_may_not_take_it_away(client, login, person, role):
    login(client, person(role))

    assert client.post(EXPORT).status_code == 403
    assert TrailLine.objects.filter(act="registry.trail.exported").count() == 0


def test_the_trail_is_taken_away_ten_times_an_hour_at_most(
    client, login, person, acts, counters_stand_still
):
    login(client, person(network="manager"))
    answers = [client.post(EXPORT).status_code for _n in range(11)]

    assert answers == [200] * 10 + [429]


def test_the_page_asks_the_same_questions_for_one_line_and_for_five(client, login, person):
    login(client, person(network="manager"))

    def queries_with(more):
        for body in BodyFactory.create_batch(more):
            trail.record("registry.body.changed", body, actor=SYSTEM, body=body)
        with CaptureQueriesContext(connection) as asked:
            client.get(TRAIL)
        return len(asked)

    for_one = queries_with(1)
    assert queries_with(4) == for_one <= 10


@pytest.mark.parametrize("days", ["al=9999-12-31", "dal=0001-01-01", "al=0001-01-01"])
def test_days_at_the_ends_of_the_calendar_break_no_page(client, login, person, days):
    login(client, person(network="manager"))

    assert client.get(f"{TRAIL}?{days}").status_code == 200
