"""The page of norms and its back office."""

from datetime import date

import pytest
from django.urls import reverse

from casa.guide.models import Norm
from casa.registry.models import TrailLine
from tests.guide.makers import NormFactory

pytestmark = pytest.mark.django_db
PAGE = "/guida/norme/"
END = date(2023, 7, 1)


@pytest.fixture
def ended():
    NormFactory(
        act="d.lgs. 1/2001",
        article="36",
        valid_to=END,
        date_basis="notice",
        confidence="verified",
        verified_on=date(2026, 11, 25),
        source="Gazzetta di prova",
    )
    NormFactory(
        act="d.lgs. 1/2001",
        article="36",
        valid_from=END,
        status="repealed",
        replaced_by="art. 50 d.lgs. 2/2023",
        exception="Vale ancora per i bandi anteriori.",
        confidence="likely",
    )


def text(response):
    return " ".join(response.content.decode().split())


def test_the_page_says_what_held_on_the_day_of_the_document(client, ended):
    page = text(client.get(PAGE, {"giorno": "2023-06-30"}))

    assert "1 norma, il 30 giugno 2023" in page
    assert "art. 36, d.lgs. 1/2001" in page
    assert "Dal 1 gennaio 2001 al 30 giugno 2023" in page
    assert "conta la data del bando" in page
    assert "Fonte: Gazzetta di prova" in page
    assert "verificata il 25 novembre 2026" in page
    assert "da verificare" not in page
    assert "art. 50 d.lgs. 2/2023" not in page


def test_today_it_says_what_to_cite_and_that_it_is_to_be_verified(client, ended):
    page = text(client.get(PAGE))

    assert "1 norma, oggi" in page
    assert "abrogata" in page
    assert "<strong>art. 50 d.lgs. 2/2023</strong>" in page
    assert "Eccezione: Vale ancora per i bandi anteriori." in page
    assert "da verificare</span>" in page
    assert "30 giugno 2023" not in page


def test_a_day_that_is_none_is_told_and_stays_typed(client, ended):
    response = client.get(PAGE, {"giorno": "31/02/2024", "norma": "36"})

    assert response.status_code == 422
    assert 'value="31/02/2024"' in response.content.decode()
    assert 'value="36"' in response.content.decode()


def test_words_and_states_narrow_the_list(client, ended):
    NormFactory(act="l. 9/2009")
    assert "2 norme, oggi" in text(client.get(PAGE))
    assert "1 norma, oggi" in text(client.get(PAGE, {"norma": "9/2009"}))
    assert "1 norma, oggi" in text(client.get(PAGE, {"stato": "repealed"}))
    assert "2 norme, oggi" in text(client.get(PAGE, {"stato": "qualcosa"}))
    nothing = text(client.get(PAGE, {"norma": "zzz\x00"}))
    assert "Non vuol dire che non sia in vigore" in nothing


def test_a_typed_citation_is_answered_by_the_row_that_speaks_of_it(client):
    NormFactory(act="d.lgs. 50/2016", valid_to=END)
    NormFactory(
        act="d.lgs. 50/2016", valid_from=END, status="repealed", replaced_by="d.lgs. 36/2023"
    )
    typed = "art. 12, comma 2, del D.Lgs. n. 50 del 18 aprile 2016"
    today = text(client.get(PAGE, {"norma": typed}))
    before = text(client.get(PAGE, {"norma": typed, "giorno": "2020-05-04"}))

    assert "art. 12, c. 2, d.lgs. 50/2016" in today
    assert "Dal 1 luglio 2023." in today
    assert "<strong>d.lgs. 36/2023</strong>" in today
    assert "normattiva.it" in today
    assert today.count("da verificare</span>") == 1
    assert "art. 12, c. 2, d.lgs. 50/2016" in before
    assert "Dal 1 luglio 2023." not in before


def test_a_citation_of_which_the_table_says_nothing_is_not_said_to_hold(client):
    page = text(client.get(PAGE, {"norma": "art. 3 l. 1/1999"}))

    assert "non è nella tabella" in page
    assert "Non vuol dire che non sia in vigore" in page


@pytest.mark.parametrize("number", [1, 5])
def test_the_list_takes_as_many_queries_for_one_norm_as_for_five(
    client, number, django_assert_num_queries
):
    NormFactory.create_batch(number)
    with django_assert_num_queries(1):
        assert client.get(PAGE).status_code == 200


def test_the_guide_leads_to_its_pages_and_stands_in_the_navigation(client):
    home = client.get("/guida/").content.decode()
    assert f'href="{PAGE}"' in home
    assert 'href="/guida/procedura/"' in home
    assert 'href="/guida/"' in client.get(reverse("portal:home")).content.decode()


def test_only_those_who_may_correct_see_the_way_to_it(client, login, person):
    way = reverse("admin:guide_norm_changelist")
    assert way not in client.get(PAGE).content.decode()
    login(client, person(network="manager"))
    assert way in client.get(PAGE).content.decode()


def form_of(norm, **changes):
    names = [field.name for field in Norm._meta.fields if field.editable and field.name != "id"]
    values = {name: getattr(norm, name) or "" for name in names}
    return values | changes


def test_network_managers_correct_a_norm_and_the_trail_says_so(client, login, person, ended):
    login(client, person(network="manager"))
    norm = Norm.objects.get(status="repealed")
    address = reverse("admin:guide_norm_change", args=[norm.pk])

    assert client.get(reverse("admin:guide_norm_changelist")).status_code == 200
    assert client.post(address, form_of(norm, note="Nuova nota")).status_code == 302
    norm.refresh_from_db()
    assert norm.note == "Nuova nota"
    assert TrailLine.objects.filter(act="registry.row.changed").count() == 1


def test_a_correction_that_contradicts_another_row_is_told_in_words(client, login, person, ended):
    login(client, person(network="manager"))
    norm = Norm.objects.get(status="repealed")
    address = reverse("admin:guide_norm_change", args=[norm.pk])
    response = client.post(address, form_of(norm, valid_from="2020-01-01"))

    assert response.status_code == 200
    assert "parla della stessa norma negli stessi giorni" in response.content.decode()
    norm.refresh_from_db()
    assert norm.valid_from == END


def test_a_norm_that_the_house_brought_is_not_removed(client, login, person):
    login(client, person(network="manager"))
    ours, own = NormFactory(seed_digest="x"), NormFactory()

    def answer(norm):
        address = reverse("admin:guide_norm_delete", args=[norm.pk])
        return client.post(address, {"post": "yes"}).status_code

    assert (answer(ours), answer(own)) == (403, 302)
    assert Norm.objects.get() == ours
