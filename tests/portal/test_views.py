import pytest
from django.core.cache import cache
from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from casa.notices import services
from casa.portal import queries
from casa.portal.models import PageVote
from casa.portal.views import errors
from tests.factories import BodyFactory
from tests.library.makers import VersionFactory
from tests.notices.test_services import follow, owed, tell
from tests.portal.makers import published

pytestmark = pytest.mark.django_db
DATABASE_CACHE = "django.core.cache.backends.db.DatabaseCache"
PAGES = ["portal:home", "portal:accessibility", "portal:privacy"]


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_answer_to_anybody(client, name):
    response = client.get(reverse(name))
    assert response.status_code == 200
    assert response.content.decode().count("<h1") == 1


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_can_not_be_posted_to(client, name):
    assert client.post(reverse(name)).status_code == 405


def test_an_empty_house_says_what_to_do_first(client):
    page = client.get("/").content.decode()
    assert "Non è ancora stato pubblicato niente" in page
    assert 'href="/carica/"' in page
    assert "Quanto c'è" not in page


def test_the_home_page_shows_what_is_new_and_how_much_there_is(client):
    body = BodyFactory(name="Comune di Prova Bassa")
    for number in range(6):
        published(number, body)
    page = client.get("/").content.decode()
    assert page.count("<h3>") == 5
    assert "Modello di prova 5" in page
    assert "Modello di prova 0" not in page
    assert "<strong>6</strong> schede pubbliche" in page
    assert "<strong>1</strong> ente." in page


def test_the_home_page_tells_strangers_nothing_of_what_is_not_theirs(client):
    published(1, BodyFactory(), audience="body")
    published(2, BodyFactory(), audience="network")
    page = client.get("/").content.decode()
    assert "Modello di prova" not in page
    assert "schede pubbliche" not in page


def test_the_home_page_shows_members_what_the_network_shares(client, person, login):
    published(1, BodyFactory(), audience="body")
    published(2, BodyFactory(), audience="network")
    login(client, person("reader"))
    page = client.get("/").content.decode()
    assert "Modello di prova 2" in page
    assert "Modello di prova 1" not in page


@pytest.mark.parametrize("entries", [1, 5])
def test_the_home_page_asks_the_same_few_questions_however_much_is_there(
    client, entries, django_assert_num_queries
):
    for number in range(entries):
        published(number, BodyFactory())
    with django_assert_num_queries(2):
        client.get("/")


def test_the_contact_is_shown_where_one_is_set(client, settings):
    settings.CONTACT_EMAIL = "aiuto@casa.example"
    assert "aiuto@casa.example" in client.get(reverse("portal:privacy")).content.decode()
    settings.CONTACT_EMAIL = ""
    assert "non ha ancora indicato" in client.get(reverse("portal:privacy")).content.decode()


# Votes
def vote(client, page="/privacy/", answer="yes"):
    return client.post(reverse("portal:vote"), {"page": page, "answer": answer})


def test_a_vote_is_counted_and_leads_back_to_the_page(client):
    response = vote(client)
    assert (response.status_code, response.url) == (302, "/privacy/")
    assert list(PageVote.objects.values_list("page", "yes", "no")) == [("/privacy/", 1, 0)]
    assert "è stata contata" in client.get("/privacy/").content.decode()


@pytest.mark.parametrize(
    "page", ["https://altrove.example/", "//altrove.example/", "javascript:1", "/\\altrove.example"]
)
def test_a_vote_never_leads_away_from_the_house(client, page):
    assert vote(client, page=page).url == "/"
    assert not PageVote.objects.exists()


def test_an_answer_that_is_none_is_not_counted(client):
    assert vote(client, answer="forse").url == "/"
    assert not PageVote.objects.exists()


def test_a_vote_for_a_page_that_is_not_there_is_refused_in_words(client):
    response = vote(client, page="/non-esiste/proprio/")
    assert response.status_code == 403
    assert "il voto non è stato contato" in response.content.decode()


def test_who_votes_too_often_is_asked_to_wait(client, counters_stand_still):
    codes = [vote(client).status_code for _ in range(11)]
    assert codes == [302] * 10 + [429]
    assert PageVote.objects.get().yes == 10


def test_a_vote_without_its_token_gets_the_page_about_old_forms():
    response = vote(Client(enforce_csrf_checks=True))
    assert response.status_code == 403
    assert "Il modulo è scaduto" in response.content.decode()
    assert not PageVote.objects.exists()


# State of the service
def test_the_state_is_red_for_machines_too(client):
    cache.delete(queries.HEARTBEAT)
    response = client.get(reverse("portal:status"))
    assert response.status_code == 503
    assert "Non funziona" in response.content.decode()


@pytest.fixture
def no_database(monkeypatch):
    """A database that has gone away, as every query would find it."""

    def gone(*_, **__):
        raise OperationalError("the server has gone")

    monkeypatch.setattr(BaseDatabaseWrapper, "cursor", gone)


@pytest.mark.usefixtures("no_database")
def test_the_state_is_told_even_without_a_database(client, settings):
    settings.CACHES = {
        "default": {**settings.CACHES["default"], "BACKEND": DATABASE_CACHE, "LOCATION": "gone"}
    }
    response = client.get(reverse("portal:status"))
    assert response.status_code == 503
    assert response.content.decode().count("Non risponde.") == 4


@pytest.mark.usefixtures("no_database")
def test_without_a_database_a_page_breaks_politely(client):
    client.raise_request_exception = False
    response = client.get("/")
    assert response.status_code == 500
    assert "Guarda lo stato del servizio" in response.content.decode()


def test_alive_asks_nothing_of_the_database(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/stato/vivo")
    assert response.content == b"vivo\n"
    assert response.headers["Content-Type"].startswith("text/plain")


# Small files
def test_security_txt_names_the_contact_or_does_not_exist(client, settings):
    settings.CONTACT_EMAIL = "sicurezza@casa.example"
    text = client.get("/.well-known/security.txt").content.decode()
    assert "Contact: mailto:sicurezza@casa.example" in text
    assert "Expires: 20" in text
    settings.CONTACT_EMAIL = ""
    assert client.get("/.well-known/security.txt").status_code == 404


def test_engines_may_read_the_library_but_not_the_search(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /cerca/" in text
    assert "Disallow: /biblioteca/" not in text


# What goes wrong
def test_a_page_that_is_not_there_says_what_to_do(client):
    response = client.get("/non-esiste/proprio/")
    assert response.status_code == 404
    page = response.content.decode()
    assert "Cerca quello che ti serve" in page
    assert "È stata utile" not in page


def test_a_refusal_shows_its_reason(rf):
    response = errors.forbidden(rf.get("/"), PermissionDenied("Solo chi amministra può farlo."))
    assert response.status_code == 403
    assert "Solo chi amministra può farlo." in response.content.decode()


def test_a_refusal_without_reason_still_says_something(rf):
    assert (
        "Il tuo ruolo non permette"
        in errors.forbidden(rf.get("/"), PermissionDenied()).content.decode()
    )


def test_too_much_at_once_is_413_and_other_nonsense_400(rf):
    assert errors.bad_request(rf.get("/"), RequestDataTooBig()).status_code == 413
    assert errors.bad_request(rf.get("/"), ValueError()).status_code == 400


def test_a_too_long_text_really_gets_the_413_page(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = client.post(reverse("portal:vote"), {"page": "/" + "x" * 500, "answer": "yes"})
    assert response.status_code == 413
    assert "Troppo in una volta" in response.content.decode()


def test_a_broken_page_needs_no_database(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = errors.server_error(rf.get("/"))
    assert response.status_code == 500
    assert "Il guasto è nostro" in response.content.decode()


def test_the_first_page_says_whose_turn_it_is(client, person, login):
    body = BodyFactory()
    VersionFactory(entry__body=body, state="in_review")

    reviewer = login(client, person("reviewer", body)).get("/")
    reader = login(client, person("reader", body)).get("/")

    assert "1 testo da rivedere" in reviewer.text
    assert "Tocca a te" not in reader.text


def waiting_for(actor, body, count):
    """So many duties of the office, notices of the person and texts sent back."""
    follow(actor)
    for number in range(count):
        services.owe(owed(body.offices.get(), key=f"library:entry:{number}"), now=timezone.now())
        tell()
        VersionFactory(entry__body=body, state="returned")


def test_the_first_page_counts_what_the_office_owes_and_what_was_told(client, person, login):
    body = BodyFactory()
    actor = person("author", body)
    waiting_for(actor, body, 2)

    mine = login(client, actor).get("/").text
    others = login(client, person("author", BodyFactory())).get("/").text

    assert "2 cose da fare per il tuo ufficio" in mine
    assert "2 avvisi da leggere" in mine
    assert "2 testi da correggere" in mine
    assert "Tocca a te" not in others


@pytest.mark.parametrize("count", [1, 5])
def test_the_first_page_costs_the_same_however_much_waits(
    client, person, login, count, django_assert_max_num_queries
):
    body = BodyFactory()
    actor = person("author", body)
    waiting_for(actor, body, count)
    login(client, actor)
    with django_assert_max_num_queries(16):
        client.get("/")
