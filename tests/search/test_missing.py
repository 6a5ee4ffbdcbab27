"""Searches without results: counted without persons, taken up, answered, shown to the next one."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.actor import ANONYMOUS, NETWORK_TOKEN
from casa.registry.models import TrailLine
from casa.search import question, services
from casa.search.models import EmptySearch
from tests.factories import BodyFactory
from tests.search.makers import card

BOARD = "/cerca/mancano/"
NOW = timezone.now()


def count(words, *, actor=ANONYMOUS, partial=False, now=NOW):
    return services.count_empty(actor=actor, words=words, partial=partial, now=now)


def search(client, words):
    answer = client.get("/cerca/", {"q": words})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def tender(person):
    return person(network="reviewer")


# Counting


def test_the_page_counts_what_nobody_has_written(client, index):
    card(title="Mensa scolastica")
    index()
    search(client, "canile sanitario")
    search(client, "Canile  SANITARIO")
    search(client, "sanitari canili")
    row = EmptySearch.objects.get()
    assert (row.words, row.count, row.state) == ("canile sanitario", 3, "open")
    assert row.partial is False
    assert not any(field.name in ("person", "actor") for field in EmptySearch._meta.fields)


def test_what_was_found_is_not_counted(client, index):
    card(title="Mensa scolastica", dated_on=date(2026, 1, 1))
    index()
    for words in ("mensa", "mense", "scolastica mensa", "", "   ", "!!!"):
        search(client, words)
    client.get("/cerca/?q=canile&anno=2026")
    client.get("/cerca/?q=canile&pagina=2")
    assert list(EmptySearch.objects.values_list("words", flat=True)) == []


def test_a_slip_of_the_pen_that_was_understood_is_not_counted(client, index):
    card(title="Refezione scolastica")
    index()
    assert "Forse cercavi" in search(client, "refezzione")
    assert not EmptySearch.objects.exists()


def test_cards_with_some_of_the_words_do_not_answer(client, index):
    card(title="Mensa scolastica")
    index()
    search(client, "mensa canile")
    assert EmptySearch.objects.get().partial is True


def test_nothing_is_counted_while_the_index_is_away(client, db):
    search(client, "canile")
    assert not EmptySearch.objects.exists()
    assert count("canile") is None


def test_what_the_network_has_is_not_missing_though_a_visitor_may_not_read_it(index, person):
    card(title="Canile intercomunale", audience=[NETWORK_TOKEN])
    index()
    assert count("canile") is None
    assert count("gattile").words == "gattile"


@pytest.mark.parametrize(
    "words",
    [
        "mario.rossi@comune.example", "scrivi a rossi @comune", "RSSMRA80A01H501U",
        "rss mra 80a01 h501u", "rssmra80a01h501x", "IT60X0542811101000000123456",
        "it60 x054 2811 1010 0000 0123 456", "349 1234567", "0422/123456", "tel. 0422.12.34.56",
        "12345678901", "protocollo 123456", "+39-349-123-4567", "pratica 2026 12345 99",
    ],
)  # fmt: skip
def test_what_looks_personal_is_never_written_down(client, index, words):
    index()
    search(client, words)
    assert question.is_private(words)
    assert not EmptySearch.objects.exists()


@pytest.mark.parametrize(
    "words", ["art. 50 d.lgs. 36/2023", "canile 2026", "lotto 12", "dl 73/2025", "soglia 140.000"]
)
def test_laws_years_and_amounts_are_no_personal_data(index, words):
    index()
    assert not question.is_private(words)
    assert count(words) is not None


@pytest.mark.parametrize("words", ["canile -gatto", "tipo:model canile", "12", "a", "di per con"])
def test_questions_of_ones_own_have_no_key(index, words):
    index()
    assert question.key_of(words) == ""
    assert count(words) is None


def test_a_flood_of_words_stops_at_a_limit(index, monkeypatch):
    index()
    monkeypatch.setattr(services.missing, "MOST", 2)
    assert [bool(count(words)) for words in ("canile", "gattile", "stalla", "canile")] == [
        True, True, False, True,
    ]  # fmt: skip


def test_what_nobody_took_up_is_forgotten_after_half_a_year(index, tender, person):
    index()
    long_ago = NOW - timedelta(days=182)  # a day more: summer time moves midnight
    for words in ("canile", "gattile", "stalla"):
        count(words, now=long_ago)
    count("stalla")
    services.assign(search=EmptySearch.objects.get(words="gattile"), person=None, actor=tender)
    EmptySearch.objects.filter(words="gattile").update(assigned_to_id=tender.person_id)
    assert services.forget(now=NOW) == 1
    assert set(EmptySearch.objects.values_list("words", flat=True)) == {"gattile", "stalla"}


# Tending


def test_only_those_who_tend_the_network_see_the_list(client, index, person, login):
    index()
    row = count("canile")
    own = f"{BOARD}{row.pk}/"
    posts = [f"{own}{verb}/" for verb in ("incarico", "risposta", "da-parte", "riapri")]
    for who in (None, person("administrator", BodyFactory()), person()):
        if who:
            login(client, who)
        opened = [client.get(address) for address in (BOARD, f"{BOARD}esporta/", own)]
        sent = [client.post(address, {"card": "x"}) for address in posts]
        assert {answer.status_code for answer in opened} == {403 if who else 302}
        assert {answer.status_code for answer in sent} == {403}
        assert "mancano" not in search(client, "mensa")
    row.refresh_from_db()
    assert (row.state, row.assigned_to) == ("open", None)


def test_the_list_shows_what_most_people_want_first_and_narrows(client, index, tender, login):
    index()
    for words, times in (("canile", 1), ("gattile", 3), ("ponte radio", 2)):
        for _ in range(times):
            count(words, partial=words == "ponte radio")
    login(client, tender)
    answer = client.get(BOARD)
    assert [row.search.words for row in answer.context["rows"]] == [
        "gattile", "ponte radio", "canile",
    ]  # fmt: skip
    assert "cercata 3 volte" in answer.content.decode()

    def shown(query):
        return [row.search.words for row in client.get(f"{BOARD}?{query}").context["rows"]]

    assert shown("filtro=Ponte") == ["ponte radio"]
    assert shown("trovato=alcune") == ["ponte radio"]
    assert shown("trovato=nessuna") == ["gattile", "canile"]
    assert shown("stato=answered") == []
    assert shown("di=mie") == []
    assert "Nessuna ricerca corrisponde" in client.get(f"{BOARD}?stato=answered").content.decode()


def test_an_empty_list_says_what_it_is_for(client, db, tender, login):
    login(client, tender)
    assert "arrivano da sole" in client.get(BOARD).content.decode()


def test_it_is_given_to_somebody_who_tends_the_network(client, index, person, tender, login):
    index()
    row = count("canile")
    colleague, other = person(network="manager"), person("author", BodyFactory())
    login(client, tender)
    client.post(f"{BOARD}{row.pk}/incarico/", {"person": other.person_id})
    row.refresh_from_db()
    assert row.assigned_to is None
    client.post(f"{BOARD}{row.pk}/incarico/", {"person": colleague.person_id})
    row.refresh_from_db()
    assert row.assigned_to_id == colleague.person_id
    assert TrailLine.objects.filter(act="search.missing.assigned").count() == 1
    client.post(f"{BOARD}{row.pk}/incarico/", {"person": ""})
    row.refresh_from_db()
    assert row.assigned_to is None


def test_an_answer_is_shown_to_whoever_looks_for_the_same_words(client, index, tender, login):
    card(key="library:entry:7", title="Convenzione per gli animali", url="/biblioteca/animali/")
    index()
    row = count("canile sanitario")
    login(client, tender)
    html = client.get(f"{BOARD}{row.pk}/?scheda=animali").content.decode()
    assert 'value="library:entry:7"' in html
    client.post(f"{BOARD}{row.pk}/risposta/", {"card": "library:entry:7"})
    row.refresh_from_db()
    assert (row.state, row.answer_key) == ("answered", "library:entry:7")
    assert TrailLine.objects.get(act="search.missing.answered").details == {
        "answer": "Convenzione per gli animali"
    }
    client.logout()
    html = search(client, "canili sanitari")
    assert (
        'C&#x27;è una risposta: <a href="/biblioteca/animali/">Convenzione per gli animali</a>'
        in html.replace("C'è", "C&#x27;è")
    )
    assert "una risposta" not in search(client, "canile")


def test_an_answer_that_one_may_not_read_is_not_shown(client, index, tender, person, login):
    card(key="k", title="Animali", audience=[NETWORK_TOKEN])
    index()
    row = count("canile")
    services.answer(search=row, card_key="k", actor=tender)
    assert "una risposta" not in search(client, "canile")
    login(client, person("reader", BodyFactory()))
    assert "una risposta" in search(client, "canile")
    services.withdraw_card(key="k")
    assert "una risposta" not in search(client, "canile")
    login(client, tender)
    assert "la scheda non c'è più" in client.get(BOARD).content.decode()


@pytest.mark.parametrize("key", ["", "nothing:like:it", "x" * 500, "\x00"])
def test_only_a_card_that_one_may_read_answers(client, index, tender, login, key):
    index()
    row = count("canile")
    login(client, tender)
    html = client.post(f"{BOARD}{row.pk}/risposta/", {"card": key}, follow=True).content.decode()
    assert "non c'è più o non puoi leggerla" in html.replace("&#x27;", "'")
    row.refresh_from_db()
    assert row.state == "open"


def test_it_may_be_put_aside_and_taken_up_again(client, index, tender, login):
    card(key="k", title="Animali")
    index()
    row = count("canile")
    login(client, tender)
    for address, state in (("da-parte", "ignored"), ("da-parte", "ignored"), ("riapri", "open")):
        client.post(f"{BOARD}{row.pk}/{address}/")
        row.refresh_from_db()
        assert row.state == state
    services.answer(search=row, card_key="k", actor=tender)
    services.reopen(search=row, actor=tender)
    row.refresh_from_db()
    assert (row.state, row.answer_key) == ("open", "")
    assert TrailLine.objects.filter(act__startswith="search.missing").count() == 4


def test_services_refuse_who_does_not_tend(index, person):
    index()
    row, actor = count("canile"), person("administrator", BodyFactory())
    for act in (services.put_aside, services.reopen):
        with pytest.raises(Refused):
            act(search=row, actor=actor)
    with pytest.raises(Refused):
        services.answer(search=row, card_key="k", actor=actor)
    with pytest.raises(Refused):
        services.assign(search=row, person=None, actor=actor)


def test_the_list_can_be_taken_away_as_it_is_narrowed(client, index, tender, login):
    index()
    count("=canile()")
    count("gattile", partial=True)
    login(client, tender)
    answer = client.get(f"{BOARD}esporta/?trovato=nessuna")
    lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    today = timezone.localdate().isoformat()
    assert lines == [
        "Parole;Volte;Prima volta;Ultima volta;Stato;Se ne occupa;Risposta",
        f"canile;1;{today};{today};Da guardare;;",
    ]


@pytest.mark.parametrize("rows", [1, 5])
def test_the_list_asks_the_same_queries_however_long_it_is(
    client, index, person, tender, login, rows, django_assert_num_queries
):
    colleague = person(network="manager")
    for number in range(rows):
        card(key=f"k{number}", title="Animali", body=BodyFactory())
        row = EmptySearch.objects.create(
            key=f"canile{number}", words=f"canile {number}", count=1, state="answered",
            answer_key=f"k{number}", assigned_to_id=colleague.person_id,
            first_seen_on=NOW.date(), last_seen_on=NOW.date(),
        )  # fmt: skip
    login(client, tender)
    client.get(BOARD)
    with django_assert_num_queries(10):
        assert len(client.get(BOARD).context["rows"]) == rows
    index()
    own = f"{BOARD}{row.pk}/?scheda=animali"
    client.get(own)
    with django_assert_num_queries(11):
        assert len(client.get(own).context["found"].hits) == rows
