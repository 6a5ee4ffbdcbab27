"""The way out of every mail: pausing with a link and going on, and what that does to the next mail."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from casa.notices import services
from casa.notices.models import Follow, Notice
from casa.registry.models import Person
from tests.factories import BodyFactory
from tests.notices.test_mails import body_of, post
from tests.notices.test_services import TAG, THING, follow, tell

__all__ = ["post"]  # a fixture

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def counters():
    cache.clear()


def path_of(link):
    return link[link.index("/avvisi/") :]


def test_each_line_says_why_it_is_told_and_how_to_stop_it(person, post):
    reader = person("reader")
    follow(reader, cadence="at_once")
    follow(reader, TAG, cadence="at_once")
    tell(keys=[THING.key, TAG.key])

    assert services.mail_at_once(now=NOW) == 1

    (mail,) = post.mails
    for kind in ("plain", "html"):
        text = body_of(mail, kind)
        assert text.count("Perché segui «Convenzione tipo»") == 1
        assert text.count("Perché segui «mensa»") == 1
        assert text.count("/avvisi/basta/") == 3
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/avvisi/basta/" in mail["List-Unsubscribe"]


def test_opening_a_link_changes_nothing_and_its_button_only_pauses(client, person):
    kept = follow(person("reader"))
    address = path_of(services.mute_link(kept))

    for read in (client.get, client.head):
        assert read(address).status_code == 200
    assert Follow.objects.awake().exists()

    for _again in range(2):
        page = client.post(address, {"List-Unsubscribe": "One-Click"})
        assert "Ricomincia a seguire" in page.content.decode()
        assert not Follow.objects.awake().exists()

    assert "Ricominciamo ad avvisarti" in client.post(address, {"riprendi": "1"}).content.decode()
    assert Follow.objects.awake().get() == kept


def test_a_mail_program_stops_all_without_a_log_in_or_a_token_of_forms(person, post):
    reader, other = person("reader"), person("reader")
    for thing in (THING, TAG):
        follow(reader, thing, cadence="at_once")
    follow(other, cadence="at_once")
    tell()
    services.mail_at_once(now=NOW)
    header = next(
        mail["List-Unsubscribe"]
        for mail in post.mails
        if mail["to"] == Person.objects.get(pk=reader.id).email
    )

    answer = Client(enforce_csrf_checks=True).post(
        path_of(header.strip("<>")), {"List-Unsubscribe": "One-Click"}
    )

    assert answer.status_code == 200
    assert [row.person_id for row in Follow.objects.awake()] == [other.id]


def test_going_on_with_all_leaves_paused_what_was_paused_before(client, person):
    reader = person("reader")
    before, after = follow(reader), follow(reader, TAG)
    Follow.objects.filter(pk=before.pk).update(muted_at=NOW - timedelta(days=3))
    address = path_of(services.mute_all_link(Person.objects.get(pk=reader.id)))

    client.post(address)
    client.post(address, {"riprendi": "1"})

    assert [row.pk for row in Follow.objects.awake()] == [after.pk]


@pytest.mark.parametrize("token", ["inventato", "W10:1:x"])
def test_a_link_that_is_not_ours_does_not_exist(client, person, token):
    follow(person("reader"))
    for ask in (client.get, client.post):
        assert ask(f"/avvisi/basta/{token}/").status_code == 404
    assert Follow.objects.awake().exists()


def test_a_link_of_what_is_not_followed_any_more_says_so(client, person):
    kept = follow(person("reader"))
    address = path_of(services.mute_link(kept))
    services.unfollow(follow=kept)

    assert "Non segui più niente" in client.post(address).content.decode()


@pytest.mark.parametrize("stop", ["mute", "unfollow", "here", "withdrawn"])
def test_what_was_stopped_before_the_mail_left_is_not_mailed(person, post, stop):
    kept = follow(person("reader"))
    tell()
    if stop == "mute":
        services.mute(token=path_of(services.mute_link(kept)).split("/")[3], now=NOW)
    elif stop == "unfollow":
        services.unfollow(follow=kept)
    elif stop == "here":
        services.change_cadence(follow=kept, cadence="here")
    else:
        services.take_back(keys=[THING.key], now=NOW)

    assert services.mail_weekly(now=NOW) == 0
    assert post.mails == []


def test_what_was_not_mailed_puts_no_later_mail_off(person, post):
    body = BodyFactory()
    follow(person("reader"))
    tell(token=f"body:{body.pk}")
    assert services.mail_weekly(now=NOW) == 0
    tell()
    assert services.mail_weekly(now=NOW + timedelta(hours=1)) == 1


def test_a_paused_thing_is_told_neither_by_mail_nor_here(person):
    kept = follow(person("reader"))
    services.mute(token=path_of(services.mute_link(kept)).split("/")[3], now=NOW)
    tell()
    assert not Notice.objects.exists()

    services.resume(follow=kept)
    tell()
    assert Notice.objects.count() == 1


def test_what_was_withdrawn_before_it_was_spread_is_told_to_nobody(person):
    follow(person("reader"))
    told = services.Told(keys=[THING.key], kind="test", title="Nuova", url="/x/", token="pub")
    news = services.tell(told, now=NOW)
    assert services.take_back(keys=[THING.key], now=NOW) == 1
    assert services.take_back(keys=[THING.key], now=NOW) == 0
    assert services.spread(news_id=news.pk, now=NOW) == 0
    assert services.spread_left(now=NOW + timedelta(minutes=5)) == 0


@pytest.mark.parametrize("lines", [1, 5])
def test_a_mail_asks_the_same_questions_however_long(
    person, post, lines, django_assert_max_num_queries
):
    reader = person("reader")
    for n in range(lines):
        follow(reader, type(THING)(f"library:entry:{n}", f"Testo {n}", "/x/"), "at_once")
        tell(keys=[f"library:entry:{n}"])
    with django_assert_max_num_queries(10):
        assert services.mail_at_once(now=NOW) == 1
