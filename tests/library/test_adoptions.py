"""Who uses what: a body says so, a copy says so, once a year it is asked whether it is true."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.library import queries, services
from casa.library.models import Adoption, Entry
from casa.library.services.adopting import STILL_USED
from casa.notices import acts
from casa.notices import services as notices
from casa.notices.models import Duty
from casa.registry.models import Body, TrailLine
from casa.search.models import IndexCard
from tests.factories import BodyFactory, ProvinceFactory
from tests.library.makers import published
from tests.library.test_deriving import adapt

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOW = timezone.now()


@pytest.fixture
def entry(person):
    return published(person, title="Convenzione tipo", audience="public").entry


def place(name="Prova", area="nord_est"):
    """A Comune of a Province."""
    province = ProvinceFactory(name=name)
    return BodyFactory(province=province)


def say(entry, actor, state="in_use", *, since=TODAY, why="", evidence="", office=None):
    office = office or Body.objects.get(pk=actor.acting_for).offices.get()
    use = services.InUse(state=state, since=since, why=why, evidence=evidence)
    return services.adopt(entry=entry, use=use, office=office, actor=actor, now=NOW)


def used(entry, person, *, confirmed=TODAY, body=None, **more):
    row = say(entry, person("author", body or BodyFactory()), **more)
    Adoption.objects.filter(pk=row.pk).update(confirmed_on=confirmed)
    row.refresh_from_db()
    return row


def test_a_body_says_once_how_far_it_is_and_moves_on(person, entry):
    author = person("author", BodyFactory())

    first = say(entry, author, "interested")
    again = say(entry, author, "in_use", evidence="det. 41/2026")

    assert first.pk == again.pk
    row = Adoption.objects.get()
    assert (row.state, row.evidence, row.version, row.origin) == (
        "in_use",
        "det. 41/2026",
        entry.current,
        "declared",
    )
    assert row.confirmed_on == TODAY
    assert IndexCard.objects.get(key=f"library:entry:{entry.pk}").adoptions == 1
    states = TrailLine.objects.filter(act="library.adoption.declared").order_by("pk")
    assert [line.details["state"] for line in states] == ["interested", "in_use"]


def test_who_stops_says_why_and_is_counted_no_more(person, entry):
    author = person("author", BodyFactory())
    say(entry, author)
    with pytest.raises(Refused, match="perché"):
        say(entry, author, "stopped", why="  ")

    say(entry, author, "stopped", why="Abbiamo un modello nostro.")

    found = queries.adopters(entry, on=TODAY)
    assert (found.in_use, found.stopped) == (0, 1)
    assert IndexCard.objects.get(key=f"library:entry:{entry.pk}").adoptions == 0


@pytest.mark.parametrize("role", ["reader", "reviewer", None])
def test_only_authors_and_administrators_say_it(person, entry, role):
    body = BodyFactory()
    actor = person(role, body) if role else person()
    with pytest.raises(Refused):
        say(entry, actor, office=body.offices.get())


def test_not_for_ones_own_text_another_body_or_a_day_to_come(person, entry):
    author = person("author", BodyFactory())
    with pytest.raises(Refused):
        say(entry, person("author", entry.body))
    with pytest.raises(Refused):
        say(entry, author, office=BodyFactory().offices.get())
    with pytest.raises(Refused, match="non è ancora arrivato"):
        say(entry, author, since=TODAY + timedelta(days=1))
    assert not Adoption.objects.exists()


def test_of_a_withdrawn_text_one_may_only_say_that_one_stopped(person, entry):
    author = person("author", BodyFactory())
    say(entry, author)
    reviewer = person("reviewer", entry.body)
    services.withdraw_entry(entry=entry, reason="Via.", successor=None, actor=reviewer, now=NOW)
    with pytest.raises(Refused, match="ritirata"):
        say(entry, author, "trial")
    assert say(entry, author, "stopped", why="È stata ritirata.").state == "stopped"


def test_a_published_copy_says_by_itself_that_its_body_uses_the_source(
    person, entry, django_capture_on_commit_callbacks
):
    comune = BodyFactory()
    author = person("author", comune)
    draft = adapt(entry, author)
    assert not Adoption.objects.exists()

    with django_capture_on_commit_callbacks(execute=True):
        services.propose_version(version=draft, actor=author, now=NOW)

    row = Adoption.objects.get()
    assert (row.entry, row.body, row.state, row.origin) == (entry, comune, "in_use", "derived")
    assert row.version == entry.current
    assert TrailLine.objects.get(act="library.adoption.noted").person_id is None


def test_a_copy_does_not_gainsay_who_said_that_it_stopped(person, entry):
    author = person("author", BodyFactory())
    draft = adapt(entry, author)
    say(entry, author, "stopped", why="Provata, non va.")
    services.note_copy(draft, now=NOW)
    assert Adoption.objects.get().state == "stopped"


def test_a_copy_moves_interest_to_use_and_keeps_the_office(person, entry):
    author = person("author", BodyFactory())
    draft = adapt(entry, author)
    say(entry, author, "interested")
    services.note_copy(draft, now=NOW)
    row = Adoption.objects.get()
    assert (row.state, row.origin) == ("in_use", "declared")


def test_a_text_of_ones_own_is_no_adoption(person, entry):
    services.note_copy(entry.current, now=NOW)
    use = {"entry": entry, "version": None, "office": entry.office, "origin": "filled"}
    assert services.note_use(**use, now=NOW) is None
    assert not Adoption.objects.exists()


def test_once_a_year_the_office_is_asked_whether_it_is_still_true(person, entry):
    old = used(entry, person, confirmed=TODAY - timedelta(days=365))
    used(entry, person, confirmed=TODAY - timedelta(days=364))
    used(entry, person, state="stopped", why="No.", confirmed=TODAY - timedelta(days=500))
    used(entry, person, state="interested", confirmed=TODAY - timedelta(days=500))

    services.ask_still_used(now=NOW)
    services.ask_still_used(now=NOW)

    duty = Duty.objects.get()
    assert (duty.office, duty.kind) == (old.office, STILL_USED)
    assert "Usate ancora «Convenzione tipo»?" in duty.title
    assert (duty.action, duty.due_on) == ("No, non più", old.confirmed_on + timedelta(days=396))
    assert duty.url.endswith("/lo-usiamo/?stato=stopped")


def test_yes_is_one_click_without_a_login(client, person, entry):
    old = used(entry, person, confirmed=TODAY - timedelta(days=400))
    services.ask_still_used(now=NOW)
    duty = Duty.objects.get()
    (act,) = acts.acts_of(duty)
    link = notices.link_of(duty, act.code)
    path = link[link.index("/avvisi/") :]

    assert "Lo usate ancora?" in client.get(path).content.decode()
    assert "lo usate ancora" in client.post(path).content.decode()

    old.refresh_from_db()
    assert old.confirmed_on == TODAY
    assert Duty.objects.open().count() == 0
    assert client.post(path).status_code == 403


def test_no_leads_to_the_page_and_settles_the_question(client, person, login, entry):
    body = BodyFactory()
    old = used(entry, person, confirmed=TODAY - timedelta(days=400), body=body)
    services.ask_still_used(now=NOW)
    login(client, person("author", body))
    url = Duty.objects.get().url

    page = client.get(url).content.decode()
    chosen = next(part for part in page.split("<input") if "checked" in part)
    assert 'value="stopped"' in chosen
    without = {"state": "stopped", "why": "", "since": TODAY.isoformat(), "office": old.office_id}
    refused = client.post(url, without)
    assert refused.status_code == 422
    assert "perché non lo usate più" in refused.content.decode()
    said = client.post(url, without | {"why": "Ne abbiamo uno nostro."}, follow=True)
    assert "Segnato" in said.content.decode()
    old.refresh_from_db()
    assert (old.state, old.why) == ("stopped", "Ne abbiamo uno nostro.")
    assert not Duty.objects.open().exists()


def test_who_said_no_is_not_asked_and_a_late_yes_is_refused(client, person, entry):
    old = used(entry, person, confirmed=TODAY - timedelta(days=400))
    services.ask_still_used(now=NOW)
    duty = Duty.objects.get()
    Adoption.objects.filter(pk=old.pk).update(state="stopped", why="No.")
    link = notices.link_of(duty, "si")
    assert client.post(link[link.index("/avvisi/") :]).status_code == 403
    services.ask_still_used(now=NOW)
    assert not Duty.objects.open().exists()


def test_after_thirteen_months_a_use_is_grey_in_words(client, person, login, entry):
    used(entry, person, confirmed=TODAY - timedelta(days=397))
    used(entry, person, confirmed=TODAY - timedelta(days=396))
    assert queries.adopters(entry, on=TODAY).stale == 1
    login(client, person("reader"))
    page = client.get(reverse("library:adopters", args=[entry.slug])).content.decode()
    assert page.count("non confermato da oltre 13 mesi") == 1
    assert page.count("casa-stale") == 1


def test_totals_are_public_the_list_is_for_members(client, person, login, entry):
    row = used(entry, person, evidence="https://comune.example/det-41", body=place("Alfa"))
    used(entry, person, state="trial", body=place("Beta"))
    address = reverse("library:adopters", args=[entry.slug])

    shown = client.get(address).content.decode()
    assert "1 ente lo usa, 1 lo prova." in shown
    assert row.body.name not in shown
    assert "1 ente lo usa" in client.get(entry.get_absolute_url()).content.decode()

    login(client, person("reader"))
    shown = client.get(address).content.decode()
    assert row.body.name in shown
    assert 'href="https://comune.example/det-41"' in shown
    only = client.get(address, {"provincia": "Alfa"}).content.decode()
    assert only.count('<th scope="row">') == 1
    none = client.get(address, {"provincia": "Alfa", "stato": "trial"}).content.decode()
    assert "Nessun ente con questi filtri" in none


def test_what_demonstration_bodies_said_goes_with_them(person, entry):
    demo, real = BodyFactory(is_demo=True), BodyFactory()
    used(entry, person, body=demo)
    used(entry, person, body=real)
    services.remove_demo(body_ids=[demo.pk, real.pk])
    assert Adoption.objects.get().body == real


def test_closed_bodies_are_counted_no_more(person, entry):
    row = used(entry, person)
    Body.objects.filter(pk=row.body_id).update(closed_on=TODAY)
    assert not queries.adopters(entry, on=TODAY)


def test_the_page_keeps_what_was_typed_and_sends_others_away(client, person, login, entry):
    address = reverse("library:adopt", args=[entry.slug])
    assert client.get(address).url.startswith("/accesso/")
    for actor in (person("reader"), person("author", entry.body)):
        login(client, actor)
        assert client.get(address).status_code == 403
    hidden = published(person, audience="body").entry
    body = BodyFactory()
    login(client, person("author", body))
    assert client.get(reverse("library:adopt", args=[hidden.slug])).status_code == 404
    later = (TODAY + timedelta(days=3)).isoformat()
    typed = {
        "state": "in_use",
        "since": later,
        "evidence": "det. 7",
        "office": body.offices.get().pk,
    }
    bad = client.post(address, typed)
    assert bad.status_code == 422
    assert "det. 7" in bad.content.decode()
    client.post(address, typed | {"since": TODAY.isoformat()})
    assert Adoption.objects.get().evidence == "det. 7"
    assert "Il tuo ente:" in client.get(entry.get_absolute_url()).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_costs_the_same_for_one_and_for_five(
    client, person, login, entry, count, django_assert_max_num_queries
):
    for number in range(count):
        used(entry, person, body=place(f"Provincia {number}"))
    login(client, person("reader"))
    with django_assert_max_num_queries(10):
        client.get(reverse("library:adopters", args=[entry.slug]))


@pytest.mark.parametrize("count", [1, 5])
def test_asking_costs_the_same_for_one_and_for_five(
    person, entry, count, django_assert_max_num_queries
):
    for _ in range(count):
        used(entry, person, confirmed=TODAY - timedelta(days=400))
    with django_assert_max_num_queries(10):
        services.ask_still_used(now=NOW)


def test_what_only_its_body_may_read_now_is_not_asked_about(person, entry):
    used(entry, person, confirmed=TODAY - timedelta(days=400))
    Entry.objects.filter(pk=entry.pk).update(audience="body")
    services.ask_still_used(now=NOW)
    assert not Duty.objects.exists()


def test_a_body_without_a_territory_stands_under_the_province_above_it(person, entry):
    province = BodyFactory(
        kind="province", name="Provincia dimostrativa di Valdombra", is_demo=True
    )
    comune = BodyFactory(kind="municipality", province_body=province, is_demo=True)
    alone = BodyFactory(kind="municipality", name="Comune senza Provincia")
    for body in (province, comune, alone):
        used(entry, person, body=body)

    places = {line.body: line.province for line in queries.adopter_lines(entry, on=TODAY)}

    assert places == {
        province.name: province.name,
        comune.name: province.name,
        alone.name: "",
    }
