"""Texts have a day to be confirmed by: asked, reminded, confirmed, shown when overdue."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.library import services
from casa.library.models import Entry, Kit
from casa.library.services.confirming import REVIEW_BY, confirm_kit
from casa.notices import acts
from casa.notices import services as notices
from casa.notices.models import Duty
from casa.registry.models import TrailLine
from casa.search.models import IndexCard
from casa.search.passages import Marker
from casa.search.queries.rows import hit_of
from casa.search.query import parse
from tests.factories import BodyFactory, OfficeFactory
from tests.library.makers import published
from tests.library.test_kits import make_kit, publish
from tests.search.post import post_office

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def post(settings):
    with post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


def morning(day):
    return timezone.make_aware(datetime.combine(day, time(9)))


def due_in(entry, days):
    """The entry's day is so many days from today."""
    Entry.objects.filter(pk=entry.pk).update(review_by=TODAY + timedelta(days=days))
    entry.refresh_from_db()
    return entry


def one(person, *, days, **fields):
    return due_in(published(person, **fields).entry, days)


def ask(*, on=TODAY):
    return services.ask_to_confirm(now=morning(on))


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


def test_a_month_before_its_day_the_office_owes_the_confirmation_once(person):
    entry = one(person, days=30)
    one(person, days=31)

    ask()
    ask()

    duty = Duty.objects.get()
    assert (duty.office, duty.kind, duty.due_on) == (entry.office, REVIEW_BY, entry.review_by)
    assert entry.title in duty.title
    assert duty.url == reverse("library:confirm", args=[entry.slug])


def test_drafts_and_withdrawn_texts_are_not_asked_about(person):
    entry = one(person, days=3)
    services.withdraw_entry(
        entry=entry,
        reason="Superata.",
        successor=None,
        actor=person("reviewer", entry.body),
        now=timezone.now(),
    )
    ask()
    assert not Duty.objects.exists()


def test_confirming_makes_it_good_for_a_year_tells_search_and_settles_the_duty(person):
    entry = one(person, days=-3)
    ask()
    author = person("author", entry.body)

    until = services.confirm(entry=entry, actor=author, now=timezone.now())

    entry.refresh_from_db()
    assert entry.review_by == until == TODAY + timedelta(days=365)
    assert IndexCard.objects.get(key=f"library:entry:{entry.pk}").confirm_by == until
    assert "valido fino al" in Duty.objects.get(done_at__isnull=False).outcome
    assert TrailLine.objects.get(act="library.entry.confirmed").person_id == author.id
    with pytest.raises(Refused, match="già confermato"):
        services.confirm(entry=entry, actor=author, now=timezone.now())


def test_others_do_not_confirm(person):
    entry = one(person, days=-3)
    readers = (person("reader", entry.body), person("author"), person(network="manager"), person())
    for actor in readers:
        with pytest.raises(Refused):
            services.confirm(entry=entry, actor=actor, now=timezone.now())


def test_one_click_in_the_mail_confirms_without_a_login(person, client, post):
    entry = one(person, days=10)
    person("author", entry.body)
    ask()
    notices.mail_offices(now=morning(TODAY))
    (mail, *_more) = post.mails
    link = next(word for word in text_of(mail).split() if "/avvisi/atto/" in word)
    path = link[link.index("/avvisi/") :]

    asked = client.get(path).content.decode()
    assert "è ancora valido" in asked
    entry.refresh_from_db()
    assert entry.review_by == TODAY + timedelta(days=10)

    done = client.post(path).content.decode()

    entry.refresh_from_db()
    assert entry.review_by == TODAY + timedelta(days=365)
    assert "valido fino al" in done
    assert client.post(path).status_code == 403
    assert TrailLine.objects.get(act="library.entry.confirmed").person_id is None


def test_the_button_of_the_page_of_duties_does_the_same(person, client, login):
    entry = one(person, days=10)
    ask()
    duty = Duty.objects.get()
    (act,) = acts.acts_of(duty)
    login(client, person("author", entry.body))
    client.post(reverse("notices:act", args=[duty.pk, act.code]))
    entry.refresh_from_db()
    assert entry.review_by == TODAY + timedelta(days=365)


def test_a_new_version_settles_what_was_owed(person, django_capture_on_commit_callbacks):
    entry = one(person, days=-3)
    ask()
    with django_capture_on_commit_callbacks(execute=True):
        published(person, entry=entry, text="Art. 1 – Oggetto\n1. Altro.\n")
    assert Duty.objects.get(kind=REVIEW_BY).outcome == "Pubblicata la versione 2."


def test_what_is_no_longer_due_is_no_longer_owed(person):
    entry = one(person, days=-3)
    ask()
    due_in(entry, 200)
    ask()
    assert not Duty.objects.open().exists()


def test_what_passed_to_another_office_is_owed_by_that_one_alone(person):
    entry = one(person, days=-3)
    ask()
    office = OfficeFactory(body=entry.body)
    Entry.objects.filter(pk=entry.pk).update(office=office)
    ask()
    assert Duty.objects.open().get().office == office


def test_kits_are_confirmed_the_same_way(client, person):
    body = BodyFactory()
    author, reviewer = person("author", body), person("reviewer", body)
    entry = one(person, days=200)
    kit = publish(make_kit(author, body, entries=[entry]), author, reviewer)
    Kit.objects.filter(pk=kit.pk).update(review_by=TODAY - timedelta(days=1))
    assert client.get("/biblioteca/kit/").content.decode().count("Da riconfermare") == 1
    ask()
    duty = Duty.objects.get()
    assert (duty.office, duty.url) == (kit.office, kit.get_absolute_url())
    for stranger in (person("author"), person("reader", body)):
        with pytest.raises(Refused):
            confirm_kit(kit=kit, actor=stranger, now=timezone.now())

    link = notices.link_of(duty, "confermo")
    assert "valido fino al" in client.post(link[link.index("/avvisi/") :]).content.decode()

    kit.refresh_from_db()
    assert kit.review_by == TODAY + timedelta(days=365)
    assert IndexCard.objects.get(key=f"library:kit:{kit.pk}").confirm_by == kit.review_by
    assert not Duty.objects.open().exists()
    with pytest.raises(Refused, match="già confermato"):
        confirm_kit(kit=kit, actor=author, now=timezone.now())


def test_search_says_what_is_overdue(client, person):
    for days, title in ((-1, "Refezione scaduta"), (40, "Refezione fresca")):
        entry = one(person, days=days, title=title)
        IndexCard.objects.filter(key=f"library:entry:{entry.pk}").update(confirm_by=entry.review_by)
    cards = IndexCard.objects.select_related("body").order_by("title")
    nothing = parse("refezione")
    hits = [hit_of(card, Marker(nothing, nothing), {"model": "Modello"}) for card in cards]
    assert [(hit.title, hit.is_overdue) for hit in hits] == [
        ("Refezione fresca", False),
        ("Refezione scaduta", True),
    ]


def test_reminders_go_to_the_office_then_its_administrators_then_the_network(person, post):
    entry = one(person, days=0)
    writer = person("author", entry.body)
    boss = person("administrator", entry.body)
    person("administrator")
    manager = person(network="manager")
    ask(on=TODAY - timedelta(days=20))
    assert post.mails == []

    def told(days):
        before = len(post.mails)
        ask(on=TODAY + timedelta(days=days))
        ask(on=TODAY + timedelta(days=days))
        return [(mail["to"], str(mail["subject"])) for mail in post.mails[before:]]

    people = {
        who.id: f"persona{who.name.split('Persona')[1]}@ente.example"
        for who in (boss, writer, manager)
    }
    on_the_day = told(0)
    assert {to for to, _ in on_the_day} >= {people[writer.id], people[boss.id]}
    assert all("Tocca a" in subject for _, subject in on_the_day)
    assert told(1) == []
    fifteen = told(15)
    assert [to for to, subject in fifteen if "scaduta da 15 giorni" in subject] == [people[boss.id]]
    assert told(16) == []
    thirty = told(30)
    assert [to for to, subject in thirty if "da un mese" in subject] == [people[manager.id]]
    month = next(text_of(mail) for mail in post.mails if "da un mese" in str(mail["subject"]))
    assert f"- {entry.body}: 1" in month
    assert entry.title not in month
    assert told(45) == []
    assert len(Duty.objects.get().reminders) == 3


def test_a_mail_that_is_not_taken_is_sent_on_the_next_night(person, post):
    entry = one(person, days=-1)
    person("author", entry.body)
    post.refuses = True
    assert ask() == 0
    assert Duty.objects.get().reminders == []
    post.refuses = False
    assert ask() > 0
    assert Duty.objects.get().reminders == [TODAY]


def test_overdue_shows_in_lists_on_the_page_and_in_kits(client, person):
    late = one(person, days=-1, title="Testo scaduto")
    fresh = one(person, days=20, title="Testo fresco")
    body = BodyFactory()
    author, reviewer = person("author", body), person("reviewer", body)
    kit = publish(make_kit(author, body, entries=[late, fresh]), author, reviewer)
    other = publish(make_kit(author, body, entries=[fresh], title="Altro"), author, reviewer)

    assert client.get("/biblioteca/").content.decode().count("Da riconfermare") == 1
    assert "prima di usarlo" in client.get(late.get_absolute_url()).content.decode()
    assert "prima di usarlo" not in client.get(fresh.get_absolute_url()).content.decode()
    assert "Contiene un testo scaduto" in client.get(kit.get_absolute_url()).content.decode()
    assert "un testo scaduto" not in client.get(other.get_absolute_url()).content.decode()
    assert client.get("/biblioteca/kit/").content.decode().count("Contiene un testo scaduto") == 1


def test_the_page_asks_and_confirms_and_sends_others_away(client, person, login):
    entry = one(person, days=5)
    address = reverse("library:confirm", args=[entry.slug])
    assert client.get(address).url.startswith("/accesso/")
    login(client, person("author"))
    assert client.get(address).status_code == 403
    login(client, person("author", entry.body))
    assert "è ancora valido" in client.get(address).content.decode()
    said = client.post(address, follow=True).content.decode()
    assert "è valido fino al" in said
    assert "niente da confermare" in client.get(address).content.decode()
    assert client.post(address).status_code == 403


@pytest.mark.parametrize("count", [1, 5])
def test_asking_costs_the_same_for_one_and_for_five(person, count, django_assert_max_num_queries):
    body = BodyFactory()
    for _ in range(count):
        one(person, days=10, body=body)
    with django_assert_max_num_queries(12):
        ask()
