"""The pages of notices."""

from datetime import timedelta
from xml.etree.ElementTree import fromstring

import pytest
from django.core.cache import cache
from django.utils import timezone

from casa.notices import acts, services
from casa.notices.models import Duty, Follow
from casa.registry.trail import key_of
from tests.factories import BodyFactory
from tests.notices.test_services import TAG, THING, follow, owed, tell

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(autouse=True)
def counters():
    cache.clear()


@pytest.fixture
def author(client, person, login):
    actor = person("author", BodyFactory())
    login(client, actor)
    return actor


def office_of(actor):
    return BodyFactory._meta.model.objects.get(pk=actor.acting_for).offices.get()


@pytest.mark.parametrize("path", ["/avvisi/", "/avvisi/seguiti/", "/avvisi/ufficio/"])
def test_empty_pages_say_what_to_do(client, author, path):
    page = client.get(path)
    assert page.status_code == 200
    assert "casa-empty" in page.content.decode()


@pytest.mark.parametrize("path", ["/avvisi/", "/avvisi/seguiti/", "/avvisi/ufficio/"])
def test_strangers_are_sent_to_the_door(client, path):
    assert client.get(path).status_code == 302


@pytest.mark.parametrize("items", [1, 5])
def test_lists_ask_the_same_questions_however_long(
    client, author, items, django_assert_max_num_queries
):
    office = office_of(author)
    for n in range(items):
        follow(author, type(THING)(f"library:entry:{n}", f"Testo {n}", "/biblioteca/x/"))
        tell(keys=[f"library:entry:{n}"])
    services.owe(*[owed(office, key=f"library:entry:{n}") for n in range(items)], now=NOW)
    for path in ("/avvisi/", "/avvisi/seguiti/", "/avvisi/ufficio/"):
        with django_assert_max_num_queries(12):
            client.get(path)


def test_following_from_a_page_and_stopping(client, author):
    response = client.post("/avvisi/segui/", {"cosa": THING.token, "cadence": "at_once"})
    assert response["location"] == THING.url
    kept = Follow.objects.get()
    assert "Convenzione tipo" in client.get("/avvisi/seguiti/").content.decode()

    client.post(f"/avvisi/seguiti/{kept.pk}/", {"cadence": "here"})
    assert Follow.objects.get().cadence == "here"
    wrong = client.post(f"/avvisi/seguiti/{kept.pk}/", {"cadence": "mai"}, follow=True)
    assert "Scegli uno dei tre modi" in wrong.content.decode()
    assert Follow.objects.get().cadence == "here"

    back = client.post(f"/avvisi/seguiti/{kept.pk}/smetti/", {"torna": THING.url})
    assert back["location"] == THING.url
    assert not Follow.objects.exists()


@pytest.mark.parametrize("back", ["https://altrove.example/", "//altrove.example/", ""])
def test_nobody_is_sent_elsewhere(client, author, back):
    kept = follow(author)
    answer = client.post(f"/avvisi/seguiti/{kept.pk}/smetti/", {"torna": back})
    assert answer["location"] == "/avvisi/seguiti/"


def test_a_forged_thing_does_not_exist(client, author):
    assert client.post("/avvisi/segui/", {"cosa": "x:y", "cadence": "weekly"}).status_code == 404


def test_read_is_read(client, author):
    follow(author)
    tell()
    assert "1 avviso da leggere" in client.get("/avvisi/").content.decode()
    client.post("/avvisi/letti/")
    assert "da leggere" not in client.get("/avvisi/").content.decode()


def test_a_feed_opens_without_a_log_in_and_only_what_its_owner_may_read(client, person):
    body = BodyFactory()
    reader = person("reader", body)
    kept = services.open_feed(follow=follow(reader, TAG))
    tell(keys=[TAG.key])
    tell(keys=[TAG.key], token="body:999999")

    page = client.get(f"/avvisi/feed/{kept.feed_token}/")
    assert page["content-type"].startswith("application/atom+xml")
    assert page.content.decode().count("<entry>") == 1
    assert client.get("/avvisi/feed/inventato/").status_code == 404


def test_an_act_is_asked_first_and_then_done(client, author):
    acts.register("test.duty", acts.Act("conferma", "Confermo", "Vale ancora?", lambda *_: "Sì."))
    services.owe(owed(office_of(author)), now=NOW)
    duty = Duty.objects.get()
    address = f"/avvisi/ufficio/{duty.pk}/conferma/"

    assert "Vale ancora?" in client.get(address).content.decode()
    assert Duty.objects.open().exists()
    client.post(address)
    assert not Duty.objects.open().exists()


def test_a_link_of_a_mail_asks_and_does_without_a_log_in(client, person):
    acts.register("test.duty", acts.Act("conferma", "Confermo", "Vale ancora?", lambda *_: "Sì."))
    services.owe(owed(BodyFactory().offices.get()), now=NOW)
    link = services.link_of(Duty.objects.get(), "conferma")
    address = link[link.index("/avvisi/") :]

    assert "Vale ancora?" in client.get(address).content.decode()
    assert Duty.objects.open().exists()
    assert "Sì." in client.post(address).content.decode()
    for again in (client.get(address), client.post(address)):
        assert again.status_code == 403
        assert "Già fatto: Sì." in again.content.decode()
    assert client.get("/avvisi/atto/inventato/").status_code == 404


def test_a_link_of_a_mail_tells_nothing_of_what_was_added_after_it(client):
    acts.register("test.duty", acts.Act("conferma", "Confermo", "Vale ancora?", lambda *_: "Sì."))
    office = BodyFactory().offices.get()
    services.owe(owed(office), now=NOW)
    link = services.link_of(Duty.objects.get(), "conferma")
    services.owe(owed(office, notes=["Scritto dopo."]), now=NOW + timedelta(minutes=1))

    page = client.get(link[link.index("/avvisi/") :])

    assert page.status_code == 403
    assert "Scritto dopo" not in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/avvisi/feed/a%00b/", "/avvisi/atto/a%00b/", "/avvisi/basta/a%00b/"]
)
def test_addresses_that_no_database_takes_are_no_pages(client, path):
    assert client.get(path).status_code == 404


def test_a_feed_stands_signs_that_xml_does_not_know(client, person):
    kept = services.open_feed(follow=follow(person("reader"), TAG))
    told = services.Told(
        keys=[TAG.key],
        kind="test",
        title="Riga\x0binterrotta",
        summary="Testo incollato\x0bda Word\x1f \ufffe",
        url="/x/",
        token="pub",
    )
    services.tell(told, now=NOW)

    page = client.get(f"/avvisi/feed/{kept.feed_token}/")

    assert page.status_code == 200
    (entry,) = fromstring(page.content).findall("{http://www.w3.org/2005/Atom}entry")
    assert entry.findtext("{http://www.w3.org/2005/Atom}title") == "Riga interrotta"


def test_a_feed_of_ones_own_is_opened_changed_and_closed(client, author):
    kept = follow(author)
    tell()
    assert "Apri il feed" in client.get("/avvisi/seguiti/").content.decode()

    addresses = []
    for _again in range(2):
        client.post(f"/avvisi/seguiti/{kept.pk}/feed/")
        addresses.append(f"/avvisi/feed/{Follow.objects.get().feed_token}/")
    assert [client.get(one).status_code for one in addresses] == [404, 200]

    client.post(f"/avvisi/seguiti/{kept.pk}/feed/chiudi/")
    assert client.get(addresses[1]).status_code == 404


def test_a_paused_thing_says_so_and_goes_on_with_one_button(client, author):
    kept = follow(author)
    Follow.objects.update(muted_at=NOW)
    assert "in pausa" in client.get("/avvisi/seguiti/").content.decode()
    client.post(f"/avvisi/seguiti/{kept.pk}/riprendi/")
    assert Follow.objects.awake().exists()


@pytest.mark.parametrize("act", ["", "smetti/", "riprendi/", "feed/", "feed/chiudi/"])
def test_what_others_follow_is_changed_by_nobody_else(client, author, person, act):
    theirs = follow(person("reader"))
    before = Follow.objects.values().get()
    answer = client.post(f"/avvisi/seguiti/{theirs.pk}/{act}", {"cadence": "here"})
    assert answer.status_code == 404
    assert Follow.objects.values().get() == before


def test_a_body_is_followed_from_its_page_and_its_feed_tells_only_what_is_open_to_all(
    client, author
):
    body = BodyFactory()
    tell(keys=[key_of(body)])
    tell(keys=[key_of(body)], token="net")
    page, news = body.get_absolute_url(), f"/avvisi/ente/{body.slug}/"

    assert f'href="{news}"' in client.get(page).content.decode()
    assert f'href="{news}feed/"' in client.get(page).content.decode()
    shown = client.get(news).content.decode()
    assert shown.count("Nuova versione") == 2
    assert "Segui" in shown

    client.logout()
    assert client.get(f"{news}feed/").content.decode().count("<entry>") == 1
    assert client.get(news).content.decode().count("Nuova versione") == 1
    assert 'name="cosa"' not in client.get(news).content.decode()


@pytest.mark.parametrize("items", [1, 5])
def test_the_news_of_a_body_ask_the_same_questions_however_many(
    client, author, items, django_assert_max_num_queries
):
    body = BodyFactory()
    for _ in range(items):
        tell(keys=[key_of(body)])
    with django_assert_max_num_queries(12):
        client.get(f"/avvisi/ente/{body.slug}/")
    client.logout()
    with django_assert_max_num_queries(5):
        client.get(f"/avvisi/ente/{body.slug}/feed/")
