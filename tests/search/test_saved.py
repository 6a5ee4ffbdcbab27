"""Saved searches: kept, told of by mail, followed as feeds, stopped."""

import re
from datetime import timedelta
from threading import Barrier, Thread
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.actor import NETWORK_TOKEN, body_token
from casa.registry.models import Mandate, Person
from casa.search import engine, queries, services
from casa.search.models import SavedSearch
from casa.search.services import alerts
from tests.factories import BodyFactory
from tests.search.makers import card
from tests.search.post import post_office

MINE = "/cerca/mie/"
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def member(person):
    return person("reader", BodyFactory())


@pytest.fixture
def post(settings):
    """Mail goes over a real connection to a real server."""
    with post_office() as office:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        yield office


def keep(actor, words="mensa", *, frequency="at_once", filters=None, name="Le mense"):
    return services.save_search(
        actor=actor, words=words, filters=filters or {}, name=name, frequency=frequency,
        now=timezone.now(),
    )  # fmt: skip


def told(now=None):
    return services.send_alerts(now=now or timezone.now())


def text_of(mail):
    return mail.get_body(("plain",)).get_content()


# Keeping


def test_a_member_keeps_what_the_page_shows(client, index, member, login):
    login(client, member)
    card(title="Mensa", facets={"region": ["Veneto"]})
    index()
    html = client.get("/cerca/?q=mensa&regione=Veneto&pagina=1").content.decode()
    assert "/cerca/salva/?q=mensa&amp;regione=Veneto" in html
    answer = client.post(
        "/cerca/salva/?q=mensa&regione=Veneto", {"name": "Mense venete", "frequency": "weekly"}
    )
    assert answer.url == MINE
    saved = SavedSearch.objects.get()
    assert (saved.person_id, saved.name) == (member.person_id, "Mense venete")
    assert (saved.words, saved.filters) == ("mensa", {"region": ["Veneto"]})
    assert saved.query == "q=mensa&regione=Veneto"
    assert "Mense venete" in client.get(MINE).content.decode()


def test_visitors_are_sent_to_the_log_in_and_others_told_why(client, index, person, login):
    index()
    assert "/cerca/salva/" not in client.get("/cerca/?q=mensa").content.decode()
    assert client.get("/cerca/salva/?q=mensa").url.startswith("/accesso/")
    login(client, person())
    answer = client.post("/cerca/salva/?q=mensa", {"name": "Mense", "frequency": "weekly"})
    assert answer.status_code == 403
    assert "chi lavora per un ente" in answer.content.decode()
    assert not SavedSearch.objects.exists()


def test_what_is_typed_wrong_is_said_and_kept(client, db, member, login):
    login(client, member)
    answer = client.post("/cerca/salva/?q=mensa", {"name": "", "frequency": "hourly"})
    assert answer.status_code == 422
    assert not SavedSearch.objects.exists()
    answer = client.post("/cerca/salva/", {"name": "Tutto", "frequency": "never"})
    assert answer.status_code == 422
    assert "Tutto" in answer.content.decode()
    assert "qualche parola" in answer.content.decode()


def test_the_same_question_is_kept_once(db, member):
    first = keep(member, filters={"kind": ["model"]})
    again = keep(member, filters={"kind": ["model"]}, name="Altro\r\nnome", frequency="never")
    assert first.pk == again.pk
    assert SavedSearch.objects.get().name == "Altro nome"
    keep(member, filters={"kind": ["clause"]})
    assert SavedSearch.objects.count() == 2


def test_nobody_keeps_more_than_fifty(db, member):
    for number in range(services.saved.MOST):
        keep(member, words=f"parola{number}")
    with pytest.raises(Refused, match="50"):
        keep(member, words="una di più")


def test_only_the_owner_changes_and_deletes(client, db, member, person, login):
    saved = keep(member)
    login(client, person("administrator", BodyFactory()))
    for address in (f"{MINE}{saved.pk}/", f"{MINE}{saved.pk}/elimina/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"name": "x", "frequency": "never"}).status_code == 404
    assert client.post(f"{MINE}{saved.pk}/feed/").status_code == 404
    login(client, member)
    client.post(f"{MINE}{saved.pk}/", {"name": "Refezione", "frequency": "never"})
    saved.refresh_from_db()
    assert (saved.name, saved.frequency) == ("Refezione", "never")
    assert client.get(f"{MINE}{saved.pk}/elimina/").status_code == 200
    assert SavedSearch.objects.exists()
    client.post(f"{MINE}{saved.pk}/elimina/")
    assert not SavedSearch.objects.exists()


def test_an_empty_list_says_how_to_begin(client, db, member, login):
    login(client, member)
    assert "Salva questa ricerca" in client.get(MINE).content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_asks_the_same_queries_however_long_it_is(
    client, db, member, login, rows, django_assert_num_queries
):
    for number in range(rows):
        keep(member, words=f"parola{number}")
    login(client, member)
    client.get(MINE)
    with django_assert_num_queries(6):
        assert client.get(MINE).content.decode().count("casa-actions") == rows * 2


# Mails


def test_what_is_new_comes_in_one_mail_and_only_once(index, member, post):
    card(key="old", title="Mensa di prima")
    index()
    keep(member)
    keep(member, words="verde", name="Il verde")
    assert told() == 0
    card(key="a", title="Mensa nuova")
    card(key="b", title="Verde nuovo")
    card(key="c", title="Strade nuove")
    index()
    assert told() == 1
    assert told() == 0
    [mail] = post.mails
    assert mail["To"] == Person.objects.get(pk=member.person_id).email
    assert "2 ricerche salvate" in mail["Subject"]
    text = text_of(mail)
    assert "- Mensa nuova" in text
    assert "- Verde nuovo" in text
    assert "di prima" not in text
    assert "Strade" not in text
    assert "http://" in text


@pytest.mark.django_db(transaction=True)
def test_two_workers_tell_it_once(index, member, post):
    """Each has found the same search due; the second waits for the row of the first."""
    keep(member)
    card(title="Mensa nuova")
    index()
    post.slow, barrier, sent = 0.3, Barrier(2), []

    def work():
        barrier.wait()
        try:
            sent.append(told())
        finally:
            connection.close()

    workers = [Thread(target=work) for _ in range(2)]
    for one in workers:
        one.start()
    for one in workers:
        one.join(timeout=20)
    assert sorted(sent) == [0, 1]
    assert len(post.mails) == 1


def test_a_worker_that_comes_late_forgets_nothing_and_tells_nothing_again(index, member, post):
    """It looked at the index before another one, and gets its turn after it."""
    kept = keep(member, frequency="weekly")
    card(key="a", title="Mensa nuova")
    index()
    earlier = queries.applied()
    card(key="b", title="Mensa nuovissima")
    index()
    later, now = queries.applied(), timezone.now() + timedelta(days=8)
    for until in (later, earlier):
        alerts._tell(member.person_id, [kept.pk], until=until, now=now)
    card(key="c", title="Mensa di nuovo")
    index()
    assert alerts._tell(member.person_id, [kept.pk], until=queries.applied(), now=now) == 0
    assert SavedSearch.objects.get().seen == later
    assert len(post.mails) == 1


def test_nothing_new_is_no_mail(index, member, post):
    card(title="Mensa")
    index()
    keep(member)
    card(key="x", title="Strade")
    index()
    assert told() == 0
    assert post.mails == []


def test_a_changed_card_is_news_again(index, member, post):
    card(title="Mensa")
    index()
    keep(member)
    card(title="Mensa, nuova edizione")
    index()
    assert told() == 1
    assert "nuova edizione" in text_of(post.mails[0])


def test_only_what_the_owner_may_read_that_day_is_told(index, person, post):
    body = BodyFactory()
    owner = person("reader", body)
    keep(owner)
    card(key="a", title="Mensa nostra", audience=[body_token(body.pk)])
    card(key="b", title="Mensa d'altri", audience=[body_token(BodyFactory().pk)])
    card(key="c", title="Mensa della rete", audience=[NETWORK_TOKEN])
    index()
    assert told() == 1
    text = text_of(post.mails[0])
    assert "nostra" in text
    assert "della rete" in text
    assert "altri" not in text
    Mandate.objects.filter(person_id=owner.person_id).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    card(key="d", title="Mensa di domani")
    index()
    assert told() == 0
    assert len(post.mails) == 1


def test_what_was_withdrawn_after_the_index_saw_it_is_not_told(index, member, post):
    keep(member)
    card(key="a", title="Mensa ritirata")
    card(key="b", title="Mensa rimasta")
    index()
    services.withdraw_card(key="a")
    assert told() == 1
    assert "ritirata" not in text_of(post.mails[0])
    assert "rimasta" in text_of(post.mails[0])


def test_what_the_index_has_not_seen_yet_is_told_when_it_has(index, member, post):
    card(key="x", title="Altro")
    index()
    keep(member)
    card(key="a", title="Mensa")
    assert told() == 0
    index()
    assert told() == 1


def test_filters_and_words_both_count(index, member, post):
    keep(member, filters={"region": ["Veneto"]})
    card(key="a", title="Mensa veneta", facets={"region": ["Veneto"]})
    card(key="b", title="Mensa ligure", facets={"region": ["Liguria"]})
    index()
    told()
    assert "veneta" in text_of(post.mails[0])
    assert "ligure" not in text_of(post.mails[0])


def test_a_weekly_search_writes_at_most_once_a_week(index, member, post):
    keep(member, frequency="weekly")
    card(key="a", title="Mensa uno")
    index()
    now = timezone.now()
    assert told(now) == 0
    assert told(now + timedelta(days=7, minutes=1)) == 1
    card(key="b", title="Mensa due")
    index()
    assert told(now + timedelta(days=8)) == 0
    assert told(now + timedelta(days=15)) == 1
    assert "Mensa uno" not in text_of(post.mails[1])


def test_a_search_without_mail_is_never_told_and_does_not_catch_up(index, member, post):
    saved = keep(member, frequency="never")
    card(key="a", title="Mensa")
    index()
    assert told() == 0
    services.change_search(search=saved, actor=member, name="Mense", frequency="at_once")
    assert told() == 0
    card(key="b", title="Mensa due")
    index()
    assert told() == 1


def test_a_refused_mail_is_tried_again_and_keeps_nobody_waiting(index, member, post):
    keep(member)
    card(title="Mensa")
    index()
    post.refuses = True
    assert told() == 0
    assert SavedSearch.objects.get().told_at is None
    post.refuses = False
    assert told() == 1
    assert SavedSearch.objects.get().told_at is not None


def test_nobody_is_told_anything_while_the_index_is_away(db, member, post):
    keep(member)
    card(title="Mensa")
    assert engine.current().health().problem
    assert told() == 0
    assert SavedSearch.objects.get().seen == 0


def test_a_closed_log_in_is_not_written_to_and_then_forgotten(index, member, post):
    keep(member)
    card(title="Mensa")
    index()
    Person.objects.filter(pk=member.person_id).update(is_active=False)
    assert told() == 0
    assert services.forget_closed() == 1
    assert not SavedSearch.objects.exists()


def test_a_long_list_is_cut_and_says_how_many_are_left(index, member, post):
    keep(member)
    for number in range(12):
        card(key=f"k{number}", title=f"Mensa {number}")
    index()
    told()
    text = text_of(post.mails[0])
    assert text.count("- Mensa") == 10
    assert "e altre 2:" in text


def test_the_link_in_the_mail_stops_it_after_a_question(client, index, member, post):
    keep(member)
    keep(member, words="verde", name="Il verde")
    card(key="a", title="Mensa")
    index()
    told()
    [mail] = post.mails
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    path = urlsplit(mail["List-Unsubscribe"].strip(" <>")).path
    assert f"{path}" in text_of(mail)
    assert "Le mense" in client.get(path).content.decode()
    assert SavedSearch.objects.get(words="mensa").frequency == "at_once"
    answer = client.post(path, {"List-Unsubscribe": "One-Click"})
    assert "Non riceverai più" in answer.content.decode()
    assert SavedSearch.objects.get(words="mensa").frequency == "never"
    assert SavedSearch.objects.get(words="verde").frequency == "at_once"
    assert client.post(path).status_code == 200


def test_a_mail_program_may_stop_them_without_a_token_of_ours(index, member, post):
    keep(member)
    card(title="Mensa")
    index()
    told()
    path = urlsplit(post.mails[0]["List-Unsubscribe"].strip(" <>")).path
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert SavedSearch.objects.get().frequency == "never"


@pytest.mark.parametrize("token", ["WzFd:1tabc:xyz", "x", "WzFd"])
def test_a_link_that_we_did_not_write_stops_nothing(client, db, member, token):
    keep(member)
    assert client.get(f"/cerca/avvisi/{token}/").status_code == 404
    assert client.post(f"/cerca/avvisi/{token}/").status_code == 404
    assert SavedSearch.objects.get().frequency == "at_once"


# Feeds


def titles(answer):
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("application/atom+xml")
    entries = ET.fromstring(answer.content).iter(f"{ATOM}entry")
    return [entry.findtext(f"{ATOM}title") for entry in entries]


def test_a_public_feed_holds_what_everybody_may_read(client, index, member, login):
    card(key="a", title="Mensa aperta", facets={"region": ["Veneto"]})
    card(key="b", title="Mensa della rete", audience=[NETWORK_TOKEN])
    card(key="c", title="Strade & <ponti>")
    index()
    assert titles(client.get("/cerca/feed/?q=mensa")) == ["Mensa aperta"]
    login(client, member)
    assert titles(client.get("/cerca/feed/?q=mensa")) == ["Mensa aperta"]
    assert titles(client.get("/cerca/feed/?regione=Veneto")) == ["Mensa aperta"]
    assert set(titles(client.get("/cerca/feed/"))) == {"Mensa aperta", "Strade & <ponti>"}
    assert client.get("/cerca/feed/?q=mensa%0b%1f").status_code == 200


def test_a_feed_never_shows_what_was_closed_since_its_keys_were_kept(client, index):
    card(key="a", title="Mensa")
    index()
    assert titles(client.get("/cerca/feed/?q=mensa")) == ["Mensa"]
    services.withdraw_card(key="a")
    assert titles(client.get("/cerca/feed/?q=mensa")) == []


def test_a_feed_keeps_keys_for_a_while_and_says_when_nothing_changed(client, index):
    card(key="a", title="Mensa")
    index()
    first = client.get("/cerca/feed/?q=mensa")
    card(key="b", title="Mensa due")
    index()
    assert titles(client.get("/cerca/feed/?q=mensa")) == ["Mensa"]
    same = client.get("/cerca/feed/?q=mensa", headers={"If-None-Match": first["ETag"]})
    assert same.status_code == 304
    cache.clear()
    assert titles(client.get("/cerca/feed/?q=mensa")) == ["Mensa due", "Mensa"]


def test_asking_a_feed_too_often_is_answered_with_patience(client, index, counters_stand_still):
    index()
    counters_stand_still("feed", 29, per_minute=30)
    assert [client.get("/cerca/feed/?q=mensa").status_code for _ in range(2)] == [200, 429]


def test_a_feed_waits_for_a_missing_index(client, db, member):
    saved = services.open_feed(search=keep(member), actor=member)
    for address in ("/cerca/feed/?q=mensa", f"/cerca/feed/{saved.feed_token}/"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert answer["Retry-After"]


def test_a_private_feed_opens_what_its_owner_may_read_until_it_is_closed(
    client, index, person, login
):
    body = BodyFactory()
    owner = person("reader", body)
    saved = keep(owner)
    card(key="a", title="Mensa nostra", audience=[body_token(body.pk)])
    card(key="b", title="Mensa d'altri", audience=[body_token(BodyFactory().pk)])
    index()
    login(client, owner)
    client.post(f"{MINE}{saved.pk}/feed/")
    token = SavedSearch.objects.get().feed_token
    assert token in client.get(MINE).content.decode()
    client.logout()
    assert titles(client.get(f"/cerca/feed/{token}/")) == ["Mensa nostra"]
    assert "private" in client.get(f"/cerca/feed/{token}/")["Cache-Control"]

    login(client, owner)
    client.post(f"{MINE}{saved.pk}/feed/")
    renewed = SavedSearch.objects.get().feed_token
    assert client.get(f"/cerca/feed/{token}/").status_code == 404
    assert titles(client.get(f"/cerca/feed/{renewed}/")) == ["Mensa nostra"]
    client.post(f"{MINE}{saved.pk}/feed/chiudi/")
    assert client.get(f"/cerca/feed/{renewed}/").status_code == 404
    assert client.get("/cerca/feed/x/").status_code == 404


def test_a_private_feed_is_empty_once_its_owner_works_for_nobody(client, index, person):
    owner = person("reader", BodyFactory())
    saved = services.open_feed(search=keep(owner), actor=owner)
    card(title="Mensa", audience=[NETWORK_TOKEN])
    index()
    address = f"/cerca/feed/{saved.feed_token}/"
    assert titles(client.get(address)) == ["Mensa"]
    Mandate.objects.filter(person_id=owner.person_id).update(
        ends_on=timezone.localdate() - timedelta(days=1)
    )
    assert titles(client.get(address)) == []
    Person.objects.filter(pk=owner.person_id).update(is_active=False)
    assert client.get(address).status_code == 404


def test_rights_that_wait_for_a_second_factor_wait_in_feeds_too(client, index, person):
    owner = person(network="manager")
    saved = services.open_feed(search=keep(owner), actor=owner)
    card(title="Mensa", audience=[NETWORK_TOKEN])
    index()
    assert titles(client.get(f"/cerca/feed/{saved.feed_token}/")) == []


@pytest.mark.parametrize("rows", [1, 5])
def test_a_feed_asks_the_same_queries_however_long_it_is(
    client, index, rows, django_assert_num_queries
):
    for number in range(rows):
        card(key=f"k{number}", title=f"Mensa {number}", body=BodyFactory())
    index()
    client.get("/cerca/feed/?q=mensa")
    with django_assert_num_queries(4):  # the limit (three), cards
        assert len(titles(client.get("/cerca/feed/?q=mensa"))) == rows


def test_every_address_in_a_feed_is_a_whole_one(client, index, settings):
    card(title="Mensa", url="/biblioteca/mensa/")
    index()
    found = re.findall(r'href="([^"]*)"', client.get("/cerca/feed/?q=mensa").content.decode())
    assert f"{settings.SITE_ADDRESS}/biblioteca/mensa/" in found
    assert all(address.startswith("http") for address in found)
