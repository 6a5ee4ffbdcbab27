"""Following entries, kits, tags and pillars: what is told, what is not, and the feeds of all."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from casa.library import services
from casa.library.services.announcing import announce
from casa.notices import services as notices
from casa.notices.models import Follow, News, Notice
from casa.notices.things import Thing
from casa.registry.trail import key_of
from tests.library.makers import NOON, TagFactory, published
from tests.library.test_kits import make_kit, publish

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def counters():
    cache.clear()


def follow(actor, key, cadence="at_once"):
    return notices.follow(thing=Thing(key, key, "/x/"), cadence=cadence, actor=actor, now=NOW)


def tell(version):
    announce(version_id=version.pk, now=NOON)
    spread()


def spread():
    for news in News.objects.filter(spread_at=None):
        notices.spread(news_id=news.pk, now=NOW)


def test_who_follows_an_entry_by_tag_body_pillar_kit_and_itself_is_told_once(person):
    version = published(person)
    entry = version.entry
    entry.tags.add(TagFactory(slug="verde"))
    author = person("author", entry.body)
    kit = publish(
        make_kit(author, entry.body, entries=[entry]), author, person("reviewer", entry.body)
    )
    reader = person("reader")
    pillar = f"library:pillar:{entry.pillar.code}"
    for key in (key_of(entry), "library:tag:verde", key_of(entry.body), pillar, key_of(kit)):
        follow(reader, key)
    News.objects.all().delete()

    tell(version)
    tell(version)

    assert Notice.objects.get().person_id == reader.id


@pytest.mark.parametrize("key", ["library:tag:altro", "library:pillar:altro"])
def test_who_follows_something_else_is_not_told(person, key):
    follow(person("reader"), key)
    tell(published(person))
    assert not Notice.objects.exists()


def withdraw(person, entry):
    boss = person("administrator", entry.body)
    services.withdraw_entry(entry=entry, reason="Superata.", successor=None, actor=boss, now=NOW)


def test_what_was_withdrawn_before_the_worker_came_is_not_announced(person):
    version = published(person)
    follow(person("reader"), key_of(version.entry.body))
    withdraw(person, version.entry)
    tell(version)
    assert not Notice.objects.exists()


def test_who_was_not_mailed_yet_hears_only_that_it_was_withdrawn_and_why(person, mailoutbox):
    version = published(person)
    near, far = person("reader"), person("reader")
    follow(near, key_of(version.entry))
    follow(far, key_of(version.entry.body))
    tell(version)
    withdraw(person, version.entry)
    spread()

    assert notices.mail_at_once(now=NOW) == 1
    assert notices.mail_at_once(now=NOW) == 0

    (mail,) = mailoutbox
    assert "è stata ritirata" in mail.body
    assert "Superata." in mail.body
    assert "versione 1" not in mail.body


def test_a_kit_is_told_when_published_and_taken_back_when_reopened(person):
    entry = published(person).entry
    author, reviewer = person("author", entry.body), person("reviewer", entry.body)
    reader = person("reader")
    follow(reader, key_of(entry.body))
    kit = publish(make_kit(author, entry.body, entries=[entry]), author, reviewer)
    assert News.objects.standing().get().title == f"Kit «{kit.title}» del {entry.body}"

    services.reopen_kit(kit=kit, actor=author)
    assert not News.objects.standing().exists()
    publish(kit, author, reviewer)
    spread()

    assert Notice.objects.get().person_id == reader.id


@pytest.mark.parametrize(("audience", "status"), [("public", 200), ("network", 404), ("body", 404)])
def test_only_what_is_open_to_all_has_a_feed_for_all(client, person, login, audience, status):
    version = published(person, audience=audience)
    entry = version.entry
    tell(version)
    feed = f"{entry.get_absolute_url()}feed/"

    answer = client.get(feed)

    assert answer.status_code == status
    login(client, person("reader", entry.body))
    page = client.get(entry.get_absolute_url()).content.decode()
    if status == 200:
        assert answer.content.decode().count("<entry>") == 1
        assert f'title="{entry.title}" href="{feed}"' in page
    else:
        assert 'rel="alternate"' not in page


def test_the_page_of_what_is_for_members_leads_to_ones_own_feed(client, person, login):
    entry = published(person, audience="network").entry
    reader = person("reader")
    kept = notices.open_feed(follow=follow(reader, key_of(entry)))
    login(client, reader)
    page = client.get(entry.get_absolute_url()).content.decode()
    assert f'href="/avvisi/feed/{kept.feed_token}/"' in page


@pytest.mark.parametrize("name", ["etichetta", "pilastro"])
def test_the_list_of_one_tag_or_pillar_is_followed_from_its_page(client, person, login, name):
    version = published(person)
    version.entry.tags.add(TagFactory(slug="verde", name="Verde"))
    value = {"etichetta": "verde", "pilastro": version.entry.pillar.code}[name]
    tell(version)
    reader = person("reader")
    login(client, reader)
    page = client.get("/biblioteca/", {name: value})

    client.post(
        "/avvisi/segui/", {"cosa": page.context["following"].thing.token, "cadence": "here"}
    )

    assert f'href="/biblioteca/feed/?{name}={value}"' in page.content.decode()
    feed = client.get("/biblioteca/feed/", {name: value})
    assert feed.content.decode().count("<entry>") == 1
    kept = Follow.objects.get()
    assert kept.url == f"/biblioteca/?{name}={value}"
    assert "Smetti di seguire" in client.get(kept.url).content.decode()


@pytest.mark.parametrize(
    "query", ["", "?etichetta=mai", "?pilastro=mai", "?tipo=model", "?etichetta=verde&tipo=model"]
)
def test_other_lists_are_not_followed(client, person, login, query):
    published(person, kind="model").entry.tags.add(TagFactory(slug="verde"))
    login(client, person("reader"))
    assert "following" not in client.get(f"/biblioteca/{query}").content.decode()
    assert 'name="cosa"' not in client.get(f"/biblioteca/{query}").content.decode()


@pytest.mark.parametrize("query", ["", "?etichetta=mai", "?etichetta=segreta", "?etichetta=a%00"])
def test_a_tag_that_nobody_outside_may_see_has_no_feed(client, person, query):
    published(person, audience="network").entry.tags.add(TagFactory(slug="segreta"))
    assert client.get(f"/biblioteca/feed/{query}").status_code == 404


def test_a_kit_has_its_feed_while_it_is_published(client, person):
    entry = published(person).entry
    author, reviewer = person("author", entry.body), person("reviewer", entry.body)
    kit = publish(make_kit(author, entry.body, entries=[entry]), author, reviewer)
    feed = f"{kit.get_absolute_url()}feed/"
    assert client.get(feed).content.decode().count("<entry>") == 1
    assert feed in client.get(kit.get_absolute_url()).content.decode()

    services.reopen_kit(kit=kit, actor=author)
    assert client.get(feed).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_feeds_ask_the_same_questions_however_long(
    client, person, count, django_assert_max_num_queries
):
    entry = None
    for _ in range(count):
        version = published(person, entry=entry)
        entry = version.entry
        entry.tags.add(TagFactory(slug=f"verde-{version.number}"))
        tell(version)
    for address in (f"{entry.get_absolute_url()}feed/", "/biblioteca/feed/?etichetta=verde-1"):
        with django_assert_max_num_queries(5):
            assert client.get(address).content.decode().count("<entry>") in {1, count}
