"""The page of the days of a tender, what offices change in it, the calendars."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.core.cache import cache
from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import CalendarFeed, Dossier, Timetable
from casa.dossier.queries.timing import deadlines_for, timing_of, timings_for
from casa.dossier.services import feeding
from casa.dossier.services.timing import Plan, move_day, plan_days
from casa.foundation.errors import Refused
from casa.registry.models import Person, TrailLine
from tests.dossier.makers import opened
from tests.dossier.test_turns import move
from tests.factories import BodyFactory
from tests.foundation.test_ics import read
from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
START = date(2035, 12, 3)
"""A Monday far away: no test depends on the day on which it runs."""


@pytest.fixture(autouse=True)
def rules():
    cache.clear()
    load_the_rules()


@pytest.fixture
def planned(dossier, author):
    plan_days(dossier.pk, Plan(backward=False, day=START), actor=author, now=NOW)
    return dossier


def days(dossier, today=date(2026, 11, 25)):
    made = timing_of(Dossier.objects.get(pk=dossier.pk), today=today).timeline
    return {day.code: day.on for day in made.days}


def page(response) -> str:
    return re.sub(r"\s+", " ", unescape(response.content.decode()))


def change(dossier, actor, code, *, on=None, lasting=None, now=NOW):
    return move_day(dossier.pk, code, on=on, lasting=lasting, actor=actor, now=now)


def test_until_somebody_says_something_the_days_are_a_proposal(client, login, author, dossier):
    login(client, author)
    text = page(client.get(f"/fascicoli/{dossier.pk}/tempi/"))
    assert "È una proposta" in text
    assert "Pubblicazione del bando o invio degli inviti" in text
    assert "stima dell'ufficio" in text
    assert "termine di legge, " not in text  # a negotiated procedure below the threshold has none
    assert not Timetable.objects.exists()


def test_a_wanted_contract_is_counted_backward(client, login, author, dossier):
    Dossier.objects.filter(pk=dossier.pk).update(needed_by=date(2036, 9, 1))
    login(client, author)
    assert "dalla firma voluta il 1 settembre 2036" in page(
        client.get(f"/fascicoli/{dossier.pk}/tempi/")
    )
    assert days(dossier)["signing"] == date(2036, 9, 1)


def test_moving_a_day_moves_the_rest_and_the_page_says_which_and_why(
    client, login, author, officer, planned
):
    before = days(planned)
    login(client, author)
    address = f"/fascicoli/{planned.pk}/tempi/notice/"
    assert client.get(address).status_code == 200
    answer = client.post(address, {"giorno": "2035-12-21", "durata": ""}, follow=True)
    text = page(answer)
    assert before["notice"] == date(2035, 12, 17)
    assert "dal 17 dicembre 2035 al 21 dicembre 2035. Data scelta dall'ufficio." in text
    assert "giorni dopo «Pubblicazione del bando o invio degli inviti»." in text
    after = days(planned)
    assert after["decision"] == before["decision"]
    assert all(after[code] > before[code] for code in ("offers", "award", "signing"))
    line = TrailLine.objects.get(
        act="dossier.dossier.planned", details__moved__icontains="21 dicembre"
    )
    assert line.person_id == author.person_id
    client.logout()
    login(client, officer)
    assert "L'ultimo cambiamento" in page(client.get(f"/fascicoli/{planned.pk}/tempi/"))


def test_the_same_change_twice_leaves_one_line(author, planned):
    for _again in range(2):
        change(planned, author, "notice", on=date(2035, 12, 21))
    assert TrailLine.objects.filter(act="dossier.dossier.planned").count() == 2
    assert Timetable.objects.get().moved


def test_an_empty_day_is_counted_again(author, planned):
    before = days(planned)
    change(planned, author, "notice", on=date(2035, 12, 21))
    change(planned, author, "notice")
    assert days(planned) == before


def test_how_long_it_takes_is_for_the_office_to_say(author, planned):
    before = days(planned)
    change(planned, author, "offers", lasting=35)
    after = days(planned)
    assert (after["offers"] - after["notice"]).days == 35
    assert after["signing"] > before["signing"]


def test_no_change_breaks_a_shortest_term(client, login, author, planned):
    Dossier.objects.filter(pk=planned.pk).update(procedure="open_procedure")
    with pytest.raises(Refused, match=r"almeno 30 giorni \(art. 71.*non 29"):
        change(planned, author, "offers", lasting=29)
    notice = days(planned)["notice"]
    with pytest.raises(Refused, match=r"29 giorni: ne servono almeno 30 \(art. 71"):
        change(planned, author, "offers", on=notice + timedelta(days=29))
    login(client, author)
    short = (notice + timedelta(days=29)).isoformat()
    answer = client.post(f"/fascicoli/{planned.pk}/tempi/offers/", {"giorno": short, "durata": ""})
    assert answer.status_code == 422
    assert short in page(answer)
    change(planned, author, "offers", on=notice + timedelta(days=30))
    assert days(planned)["offers"] == notice + timedelta(days=30)


def test_offices_do_nothing_on_holidays(author, planned):
    with pytest.raises(Refused, match="gli uffici sono chiusi: il primo giorno dopo è il 27 dic"):
        change(planned, author, "notice", on=date(2035, 12, 25))
    plan_days(planned.pk, Plan(backward=False, day=START, saint=(21, 12)), actor=author, now=NOW)
    with pytest.raises(Refused, match="24 dicembre"):
        change(planned, author, "notice", on=date(2035, 12, 21))


@pytest.mark.parametrize("day", [date(1, 1, 1), date(1999, 12, 31), date(2101, 1, 1), date.max])
def test_a_mistyped_year_breaks_nothing(client, login, author, planned, day):
    with pytest.raises(Refused, match="Controlla l'anno"):
        plan_days(planned.pk, Plan(backward=True, day=day), actor=author, now=NOW)
    with pytest.raises(Refused, match="Controlla l'anno"):
        change(planned, author, "notice", on=day)
    Timetable.objects.all().delete()
    Dossier.objects.filter(pk=planned.pk).update(needed_by=day, awarded_on=None, verified_on=day)
    login(client, author)
    assert client.get(f"/fascicoli/{planned.pk}/tempi/").status_code == 200


def test_a_patron_saint_that_does_not_exist_is_refused(author, planned):
    with pytest.raises(Refused, match="patrono non esiste"):
        plan_days(planned.pk, Plan(backward=False, day=START, saint=(31, 2)), actor=author, now=NOW)


def test_the_patron_saint_of_a_body_is_proposed_for_its_next_tender(author, comune, planned):
    plan_days(planned.pk, Plan(backward=False, day=START, saint=(21, 12)), actor=author, now=NOW)
    other = opened(author, title="Sfalcio dei bordi stradali")
    assert timing_of(other, today=START).asked.saint == (21, 12)
    elsewhere = BodyFactory(name="Altro Comune di prova")
    assert elsewhere.pk != comune.pk


def test_what_is_done_moves_no_more(author, officer, planned):
    on = date(2026, 12, 3)
    services.publish(
        planned.pk, cig="B1A2C3D4E5", on=on, offers_due_at=NOW + timedelta(days=40),
        actor=officer, now=NOW,
    )  # fmt: skip
    found = days(planned)
    assert (found["notice"], found["offers"]) == (on, date(2027, 1, 4))
    for code in ("notice", "offers"):
        with pytest.raises(Refused, match="già fatto"):
            change(planned, author, code, on=date(2027, 2, 1))
    plan_days(planned.pk, Plan(backward=True, day=date(2027, 9, 1)), actor=author, now=NOW)
    again = days(planned)
    assert (again["notice"], again["offers"]) == (on, date(2027, 1, 4))
    assert again["signing"] == date(2027, 9, 1)


def test_a_step_that_is_done_is_a_day_that_is_done(author, planned):
    move(planned, "decision", author)
    made = timing_of(Dossier.objects.get(pk=planned.pk), today=date(2026, 11, 25)).timeline
    assert made.day("decision").is_fixed


def test_too_little_time_is_told_with_the_first_day_that_works(client, login, author, dossier):
    plan_days(dossier.pk, Plan(backward=True, day=date(2026, 12, 9)), actor=author, now=NOW)
    login(client, author)
    text = page(client.get(f"/fascicoli/{dossier.pk}/tempi/"))
    assert "Che cosa non torna" in text
    assert "Partendo da oggi si può firmare dal" in text


def test_the_form_counts_the_other_way(client, login, author, planned):
    login(client, author)
    address = f"/fascicoli/{planned.pk}/tempi/conta/"
    assert "indagine di mercato" in page(client.get(address))
    given = {"verso": "indietro", "giorno": "2036-09-01", "patrono_giorno": "8", "patrono_mese": ""}
    wrong = client.post(address, given)
    assert wrong.status_code == 422
    assert "servono giorno e mese" in page(wrong)
    client.post(address, {**given, "patrono_mese": "9", "indagine": "on"})
    table = Timetable.objects.get()
    assert (table.backward, table.day, table.saint) == (True, date(2036, 9, 1), (8, 9))
    assert "survey" in days(planned)


def test_a_day_that_the_tender_does_not_have_is_no_page(client, login, author, planned):
    login(client, author)
    for code in ("requests", "clarifications", "nulla"):
        assert client.get(f"/fascicoli/{planned.pk}/tempi/{code}/").status_code == 404
    with pytest.raises(Refused, match="non fa parte"):
        change(planned, author, "requests", lasting=3)


@pytest.mark.parametrize("path", ["tempi/", "tempi.ics", "tempi/conta/", "tempi/notice/"])
def test_nobody_else_knows_the_days_of_a_tender(client, login, person, planned, path):
    address = f"/fascicoli/{planned.pk}/{path}"
    assert client.get(address).status_code == 404
    login(client, person("author"))
    assert client.get(address).status_code == 404


def test_the_page_costs_the_same_with_many_days(
    client, login, author, planned, django_assert_max_num_queries
):
    login(client, author)
    address = f"/fascicoli/{planned.pk}/tempi/"
    client.get(address)
    with django_assert_max_num_queries(16):
        client.get(address)


def test_the_file_tells_every_day_of_one_tender(client, login, author, planned):
    login(client, author)
    answer = client.get(f"/fascicoli/{planned.pk}/tempi.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    lines = read(answer.content)
    uids = [value for name, value in lines if name == "UID"]
    assert len(uids) == len(set(uids)) == len(days(planned))
    assert ("DTSTART;VALUE=DATE", "20351203") in lines
    change(planned, author, "notice", on=date(2035, 12, 21))
    moved = read(client.get(f"/fascicoli/{planned.pk}/tempi.ics").content)
    assert [value for name, value in moved if name == "UID"] == uids
    assert ("DTSTART;VALUE=DATE", "20351221") in moved


def address_of(client) -> str:
    text = page(client.post("/fascicoli/calendario/apri/", follow=True))
    return re.search(r"/fascicoli/calendario/[\w-]+\.ics", text)[0]


def test_a_personal_calendar_is_shown_once_and_closed_at_will(client, login, author, planned):
    login(client, author)
    assert "Non hai un calendario" in page(client.get("/fascicoli/calendario/"))
    address = address_of(client)
    token = address.rpartition("/")[2].removesuffix(".ics")
    assert token not in page(client.get("/fascicoli/calendario/"))
    assert token not in CalendarFeed.objects.get().digest
    client.logout()
    assert planned.case.title in client.get(address).content.decode().replace("\r\n ", "")
    login(client, author)
    other = address_of(client)
    assert client.get(address).status_code == 404
    assert client.get(other).status_code == 200
    client.post("/fascicoli/calendario/chiudi/")
    assert client.get(other).status_code == 404


def test_a_calendar_tells_what_its_owner_may_read_that_day(client, person, author, planned):
    stranger = feeding.open_feed(actor=person("author"), now=NOW)
    token = feeding.open_feed(actor=author, now=NOW)
    assert "VEVENT" not in client.get(f"/fascicoli/calendario/{stranger}.ics").content.decode()
    address = f"/fascicoli/calendario/{token}.ics"
    assert "VEVENT" in client.get(address).content.decode()
    Person.objects.get(pk=author.person_id).mandates.update(ends_on=date(2020, 1, 1))
    assert "VEVENT" not in client.get(address).content.decode()
    Person.objects.filter(pk=author.person_id).update(is_active=False)
    assert client.get(address).status_code == 404
    assert feeding.forget_closed() == 1


def test_no_calendar_names_an_operator(client, login, author, officer, planned):
    services.publish(
        planned.pk, cig="B1A2C3D4E5", on=timezone.localdate(),
        offers_due_at=timezone.now() + timedelta(days=9), actor=officer, now=timezone.now(),
    )  # fmt: skip
    services.list_participant(
        planned.pk, role="invited", name="Alfa di prova", actor=officer, now=timezone.now()
    )
    move(planned, "programme", author, note="Alfa di prova")
    for actor in (author, officer):
        token = feeding.open_feed(actor=actor, now=NOW)
        login(client, actor)
        told = client.get(f"/fascicoli/calendario/{token}.ics").content.decode()
        file = client.get(f"/fascicoli/{planned.pk}/tempi.ics").content.decode()
        assert "VEVENT" in told
        assert "Alfa" not in told + file
        client.logout()


def test_a_calendar_tells_the_deadlines_of_the_steps_of_its_owner_s_bodies(
    client, author, officer, planned, person, django_assert_num_queries
):
    planned.case.steps.filter(code__in=("rup", "conflict", "commission")).update(due_on=START)
    planned.case.steps.filter(code="conflict").update(state="done", done_on=START)
    for actor, titles in (
        (author, ["Nominare il responsabile unico del progetto (RUP)"]),
        (officer, ["Dopo la scadenza delle offerte, nominare la commissione o il seggio"]),
        (person("author"), []),
    ):
        with django_assert_num_queries(1):
            assert [one.title for one in deadlines_for(actor)] == titles
    token = feeding.open_feed(actor=author, now=NOW)
    lines = read(client.get(f"/fascicoli/calendario/{token}.ics").content)
    assert any("Entro oggi: Nominare il responsabile" in value for _name, value in lines)


def test_who_works_for_no_body_has_no_calendar(client, login, person):
    with pytest.raises(Refused, match="chi lavora in un ente"):
        feeding.open_feed(actor=person(), now=NOW)
    login(client, person())
    assert client.get("/fascicoli/calendario/").status_code == 403
    client.logout()
    assert client.get("/fascicoli/calendario/").status_code == 302
    assert client.get("/fascicoli/calendario/nessuno.ics").status_code == 404


def test_guessing_calendars_is_slowed_down(client, counters_stand_still):
    counters_stand_still("calendar-feed", 119, per_minute=120)
    answers = [client.get("/fascicoli/calendario/prova.ics").status_code for _ in range(2)]
    assert answers == [404, 429]


@pytest.mark.parametrize("count", [1, 5])
def test_a_calendar_costs_the_same_with_many_tenders(
    author, comune, count, django_assert_num_queries
):
    for number in range(count):
        made = opened(author, supporter=comune.province_body, title=f"Gara {number}")
        plan_days(made.pk, Plan(backward=False, day=START), actor=author, now=NOW)
    with django_assert_num_queries(3):
        found = list(timings_for(author, today=START))
    assert len(found) == count


def test_a_tender_leaves_the_calendar_a_year_after_its_signing(author, planned):
    Dossier.objects.filter(pk=planned.pk).update(signed_on=date(2026, 1, 1))
    assert list(timings_for(author, today=date(2027, 1, 1)))
    assert not list(timings_for(author, today=date(2027, 1, 2)))
