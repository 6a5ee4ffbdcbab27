"""Digests over a real connection to a real server."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.notices import acts, services
from casa.notices.models import Duty, Notice
from casa.registry.models import Mandate, Person
from tests.factories import BodyFactory
from tests.notices.test_services import follow, owed, tell
from tests.search.post import post_office

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture
def post(settings):
    with post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


def body_of(mail, kind="plain"):
    return mail.get_body((kind,)).get_content()


def test_who_wants_to_know_at_once_gets_one_mail_with_all(person, post):
    follow(person("reader"), cadence="at_once")
    tell()
    tell()

    assert services.mail_at_once(now=NOW) == 1
    assert services.mail_at_once(now=NOW) == 0

    (mail,) = post.mails
    assert "2 novità" in str(mail["subject"])
    assert body_of(mail).count("- Nuova versione") == 2
    assert body_of(mail, "html").count("<li>") == 2


def test_a_weekly_mail_comes_a_week_after_the_last(person, post):
    follow(person("reader"))
    tell()
    assert services.mail_weekly(now=NOW) == 1
    tell()
    assert services.mail_weekly(now=NOW + timedelta(days=6)) == 0
    assert services.mail_weekly(now=NOW + timedelta(days=8)) == 1
    assert len(post.mails) == 2


def test_nothing_is_mailed_that_may_not_be_read_on_that_day(person, post):
    body = BodyFactory()
    reader = person("reader", body)
    follow(reader, cadence="at_once")
    tell(token=f"body:{body.pk}")
    Mandate.objects.update(suspended_on=timezone.localdate())

    assert services.mail_at_once(now=NOW) == 0
    assert post.mails == []


def test_a_mail_that_is_not_taken_is_tried_again(person, post):
    follow(person("reader"), cadence="at_once")
    tell()
    post.refuses = True
    assert services.mail_at_once(now=NOW) == 0
    assert Notice.objects.filter(mailed_at=None).count() == 1

    post.refuses = False
    assert services.mail_at_once(now=NOW) == 1


def test_an_office_is_reminded_of_seven_things_at_most_each_with_its_buttons(post):
    office = BodyFactory().offices.get()
    office.email = "gare@ente.example"
    office.save()
    act = acts.Act("conferma", "Confermo", "È ancora valido?", lambda *_: "Confermato.")
    acts.register("test.duty", act)
    services.owe(*[owed(office, key=f"library:entry:{n}") for n in range(9)], now=NOW)

    assert services.mail_offices(now=NOW) == 1
    assert services.mail_offices(now=NOW + timedelta(days=6)) == 0

    (mail,) = post.mails
    text = body_of(mail)
    assert mail["to"] == "gare@ente.example"
    assert text.count("- Da confermare") == 7
    assert text.count("/avvisi/atto/") == 7
    assert "e altre 2:" in text


def test_an_office_without_a_mailbox_is_reached_through_its_people(person, post):
    body = BodyFactory()
    for role in ("author", "reader"):
        person(role, body)
    services.owe(owed(body.offices.get()), now=NOW)

    assert services.mail_offices(now=NOW) == 1
    assert Duty.objects.get().mailed_at == NOW


def test_a_dead_address_keeps_no_colleague_waiting_and_floods_nobody(person, post):
    body = BodyFactory()
    first, second = (person("author", body) for _ in range(2))
    post.unknown = {Person.objects.get(pk=second.id).email}
    services.owe(owed(body.offices.get()), now=NOW)

    assert services.mail_offices(now=NOW) == 1
    assert services.mail_offices(now=NOW + timedelta(hours=1)) == 0

    assert [mail["to"] for mail in post.mails] == [Person.objects.get(pk=first.id).email]


def test_a_dead_mailbox_of_an_office_does_not_keep_administrators_from_knowing(person, post):
    body = BodyFactory()
    office = body.offices.get()
    office.email = "morta@ente.example"
    office.save()
    chief = Person.objects.get(pk=person("administrator", body).id).email
    post.unknown = {office.email}
    today = timezone.localdate(NOW)
    services.owe(owed(office, due_on=today - timedelta(days=15)), now=NOW)

    assert services.remind(kind="test.duty", now=NOW) == 1
    assert services.remind(kind="test.duty", now=NOW + timedelta(days=1)) == 0

    assert [mail["to"] for mail in post.mails] == [chief]


def test_a_dead_address_in_the_network_floods_no_other_manager(person, post):
    office = BodyFactory().offices.get()
    dead, alive = (person(network="manager") for _ in range(2))
    post.unknown = {Person.objects.get(pk=dead.id).email}
    today = timezone.localdate(NOW)
    services.owe(owed(office, due_on=today - timedelta(days=30)), now=NOW)

    assert services.remind(kind="test.duty", now=NOW) == 1
    assert services.remind(kind="test.duty", now=NOW + timedelta(days=1)) == 0

    assert [mail["to"] for mail in post.mails] == [Person.objects.get(pk=alive.id).email]


def test_nobody_is_reminded_for_a_body_that_is_closed(person, post):
    body = BodyFactory()
    person("administrator", body)
    today = timezone.localdate(NOW)
    services.owe(owed(body.offices.get(), due_on=today - timedelta(days=15)), now=NOW)
    type(body).objects.filter(pk=body.pk).update(closed_on=today)

    assert services.remind(kind="test.duty", now=NOW) == 0
    assert post.mails == []


def test_an_office_that_owes_nothing_gets_no_mail(post):
    office = BodyFactory().offices.get()
    services.owe(owed(office), now=NOW)
    services.settle(kind="test.duty", key="library:entry:1", outcome="Fatto.", now=NOW)

    assert services.mail_offices(now=NOW) == 0
