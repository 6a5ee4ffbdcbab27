"""Saved searches among all that a person follows: one page, one telling, a way out and back."""

from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from casa.notices import services as notices
from casa.notices.things import Thing
from casa.search.models import SavedSearch
from tests.factories import BodyFactory
from tests.search.makers import card
from tests.search.test_saved import keep, member, post, told

__all__ = ["member", "post"]  # fixtures

ALL = "/avvisi/seguiti/"


def tell(*keys, actor, cadence, spread=True):
    """Somebody follows a tag; what stands in the library with it was published now."""
    now = timezone.now()
    thing = Thing("library:tag:mensa", "mensa", "/biblioteca/")
    notices.follow(thing=thing, cadence=cadence, actor=actor, now=now)
    news = notices.Told(
        keys=["library:tag:mensa", *keys], kind="test", title="Novità", url="/x/", token="pub"
    )
    told = notices.tell(news, now=now)
    if spread:
        notices.spread(news_id=told.pk, now=now)


def test_what_another_mail_tells_already_is_not_told_again(index, member, post):
    keep(member)
    card(key="a", title="Mensa nuova")
    card(key="b", title="Mensa nuovissima")
    index()
    tell("a", actor=member, cadence="weekly")

    assert told() == 1

    text = post.mails[0].get_body(("plain",)).get_content()
    assert "Mensa nuovissima" in text
    assert "- Mensa nuova\n" not in text
    assert told() == 0


def test_what_the_worker_is_about_to_tell_is_not_told_by_the_search(index, member, post):
    keep(member)
    card(key="a", title="Mensa nuova")
    index()
    tell("a", actor=member, cadence="at_once", spread=False)
    assert told() == 0
    assert post.mails == []


@pytest.mark.parametrize("cadence", ["here", "at_once"])
def test_what_is_coming_to_others_or_to_the_page_alone_is_told(
    index, member, person, post, cadence
):
    keep(member)
    card(key="a", title="Mensa nuova")
    index()
    other = member if cadence == "here" else person("reader", BodyFactory())
    tell("a", actor=other, cadence=cadence, spread=False)
    assert told() == 1


def test_what_is_followed_here_only_still_comes_with_the_search(index, member, post):
    keep(member)
    card(key="a", title="Mensa nuova")
    index()
    tell("a", actor=member, cadence="here")
    assert told() == 1


def test_what_changed_after_the_other_mail_is_told(index, member, post):
    tell("a", actor=member, cadence="weekly")
    keep(member)
    card(key="a", title="Mensa nuova")
    index()
    assert told() == 1


def test_a_card_that_two_searches_find_is_told_once(index, member, post):
    keep(member)
    keep(member, words="nuova", name="Le cose nuove")
    card(key="a", title="Mensa nuova")
    index()

    assert told() == 1

    [mail] = post.mails
    assert "novità per" in mail["Subject"]
    for kind in ("plain", "html"):
        assert mail.get_body((kind,)).get_content().count("Mensa nuova") == 1
    assert "Le mense" not in mail.get_body(("html",)).get_content()


def test_the_link_of_the_mail_also_turns_back(client, index, member, post):
    keep(member)
    card(title="Mensa")
    index()
    told()
    path = urlsplit(post.mails[0]["List-Unsubscribe"].strip(" <>")).path
    assert "Ricomincia a seguire" in client.post(path).content.decode()

    for _again in range(2):
        assert "Al massimo una mail" in client.post(path, {"riprendi": "1"}).content.decode()

    assert SavedSearch.objects.get().frequency == "weekly"
    assert told() == 0


def test_searches_stand_among_what_one_follows_and_change_there(client, index, member, login):
    index()
    saved = keep(member)
    login(client, member)
    page = client.get(ALL).content.decode()
    assert "Le mense" in page
    assert "Ricerca" in page

    client.post(f"/cerca/mie/{saved.pk}/quando/", {"cadence": "weekly"})
    assert SavedSearch.objects.get().frequency == "weekly"
    client.post(f"/cerca/mie/{saved.pk}/quando/", {"cadence": "mai"})
    assert SavedSearch.objects.get().frequency == "weekly"
    client.post(f"/cerca/mie/{saved.pk}/quando/", {"cadence": "here"})
    assert SavedSearch.objects.get().frequency == "never"

    keep(member)
    assert client.post(f"/cerca/mie/{saved.pk}/basta/").url == ALL
    assert SavedSearch.objects.get().frequency == "never"
    assert f"/cerca/mie/{saved.pk}/basta/" not in client.get(ALL).content.decode()


@pytest.mark.parametrize("act", ["quando", "basta"])
def test_nobody_changes_the_searches_of_others(client, db, member, person, login, act):
    saved = keep(person("reader", BodyFactory()))
    login(client, member)
    answer = client.post(f"/cerca/mie/{saved.pk}/{act}/", {"cadence": "here"})
    assert answer.status_code == 404
    assert "Le mense" not in client.get(ALL).content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_the_page_asks_the_same_queries_however_long_it_is(
    client, db, member, login, rows, django_assert_max_num_queries
):
    for number in range(rows):
        keep(member, words=f"parola{number}")
    login(client, member)
    with django_assert_max_num_queries(9):
        client.get(ALL)


def test_the_page_of_results_leads_feed_readers_to_its_feed(client, index, member, login):
    card(title="Mensa")
    index()
    html = client.get("/cerca/?q=mensa").content.decode()
    assert (
        'rel="alternate" type="application/atom+xml" title="mensa" href="/cerca/feed/?q=mensa"'
        in html
    )
    login(client, member)
    assert "Segui: salva questa ricerca" in client.get("/cerca/?q=mensa").content.decode()
