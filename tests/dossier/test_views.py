"""The pages of dossiers, as members of the two bodies see them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Dossier
from casa.guide.prepare import prepare
from tests.dossier.makers import need, opened

pytestmark = pytest.mark.django_db
ASKED = {
    "oggetto": "Refezione scolastica 2027",
    "tipo": "services",
    "importo": "120.000,00",
    "cpv": "55523100",
}


@pytest.fixture
def law():
    prepare(lambda _words: None)


def page(response) -> str:
    return response.content.decode()


def test_a_rup_writes_the_need_and_gets_the_steps(client, login, author, law):
    login(client, author)
    answer = client.post("/fascicoli/nuovo/", ASKED, follow=True)

    made = Dossier.objects.get()
    assert answer.redirect_chain == [(f"/fascicoli/{made.pk}/", 302)]
    text = page(answer)
    assert "Affidamento diretto, 120.000,00 €" in text
    assert "Adesso tocca a <strong>Comune di prova</strong>" in text
    assert "art. 50, c. 1" in text
    assert "da acquisire" in text


def test_what_cannot_be_is_told_in_the_form_with_what_was_typed(client, login, author, law):
    login(client, author)
    answer = client.post("/fascicoli/nuovo/", {**ASKED, "importo": "tanto"})
    assert answer.status_code == 422
    assert "Refezione scolastica 2027" in page(answer)
    early = client.post("/fascicoli/nuovo/", {**ASKED, "giorno": "2023-06-30"})
    assert early.status_code == 422
    assert "la guida non sa dire la procedura" in page(early)
    assert not Dossier.objects.exists()


def test_only_the_two_bodies_know_that_a_dossier_exists(
    client, login, author, officer, person, comune
):
    made = opened(author, supporter=comune.province_body)
    for actor, status in ((author, 200), (officer, 200), (person("author"), 404)):
        login(client, actor)
        assert client.get(f"/fascicoli/{made.pk}/").status_code == status
        assert (made.case.title in page(client.get("/fascicoli/"))) is (status == 200)
        client.logout()
    assert client.get(f"/fascicoli/{made.pk}/").status_code == 404
    assert "Quale procedura" in page(client.get("/fascicoli/"))


def test_the_list_of_operators_is_reserved_until_the_deadline(
    client, login, author, officer, comune
):
    made, now = opened(author, supporter=comune.province_body), timezone.now()
    services.publish(
        made.pk, cig="B1A2C3D4E5", on=now.date(), offers_due_at=now + timedelta(days=9),
        actor=officer, now=now,
    )  # fmt: skip
    services.list_participant(made.pk, role="invited", name="Alfa di prova", actor=officer, now=now)
    login(client, author)
    text = page(client.get(f"/fascicoli/{made.pk}/"))
    assert "Alfa di prova" not in text
    assert "Elenco riservato fino al" in text
    client.logout()
    login(client, officer)
    assert "Alfa di prova" in page(client.get(f"/fascicoli/{made.pk}/"))
    client.logout()
    Dossier.objects.update(offers_due_at=now - timedelta(hours=1))
    login(client, author)
    assert "Alfa di prova" in page(client.get(f"/fascicoli/{made.pk}/"))


def test_a_step_is_updated_and_a_refusal_keeps_what_was_typed(client, login, author, comune):
    made = opened(author, supporter=comune.province_body)
    login(client, author)
    mine = made.case.steps.get(code="rup")
    client.post(f"/fascicoli/{made.pk}/passi/{mine.pk}/", {"stato": "done", "nota": "Decreto 4"})
    text = page(client.get(f"/fascicoli/{made.pk}/"))
    assert "Decreto 4" in text
    assert "1/3" in text
    theirs = made.case.steps.get(code="award_officer")
    answer = client.post(
        f"/fascicoli/{made.pk}/passi/{theirs.pk}/", {"stato": "done", "nota": "Provo io"}
    )
    assert answer.status_code == 422
    assert "tocca all&#x27;altro ente" in page(answer)
    assert "Provo io" in page(answer)
    other = opened(author).case.steps.first()
    assert client.get(f"/fascicoli/{made.pk}/passi/{other.pk}/").status_code == 404


def test_the_whole_way_of_a_direct_award(client, login, author):
    made, today = opened(author, asked=need("20000")), timezone.localdate().isoformat()
    login(client, author)
    home = f"/fascicoli/{made.pk}/"
    for part, given, button in (
        ("verifica", {"giorno": today}, "Segna l&#x27;aggiudicazione"),
        ("aggiudicazione", {"giorno": today, "cig": "B1A2C3D4E5"}, "Segna la firma"),
        ("firma", {"giorno": today}, "Contratto firmato il"),
    ):
        assert client.get(f"{home}{part}/").status_code == 200
        answer = client.post(f"{home}{part}/", given, follow=True)
        assert button in page(answer), part


def test_data_are_written_and_frozen_by_publication(client, login, author, officer, comune):
    made = opened(author, supporter=comune.province_body)
    login(client, officer)
    home = f"/fascicoli/{made.pk}/"
    given = {"oggetto": "Pulizia delle scuole", "cig": ""}
    assert client.post(f"{home}dati/", given).status_code == 302
    assert client.post(f"{home}dati/", {**given, "cig": "corto"}).status_code == 422
    text = page(client.get(home))
    assert "Pulizia delle scuole" in text
    due = timezone.localtime() + timedelta(days=20)
    published = client.post(
        f"{home}pubblicazione/",
        {"cig": "B1A2C3D4E5", "giorno": timezone.localdate().isoformat(),
         "scadenza": due.strftime("%Y-%m-%dT%H:%M")},
    )  # fmt: skip
    assert published.status_code == 302
    assert '<form method="post" novalidate class="casa-form">' not in page(
        client.get(f"{home}dati/")
    )
    assert "Fai una rettifica" in page(client.get(home))


def test_models_for_the_tender_come_with_a_helpful_empty_state(client, login, author):
    made = opened(author)
    login(client, author)
    assert "Nessun modello per questa procedura" in page(
        client.get(f"/fascicoli/{made.pk}/modelli/")
    )


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_as_much_for_five_as_for_one(
    client, login, author, comune, django_assert_max_num_queries, count
):
    for number in range(count):
        opened(author, supporter=comune.province_body, title=f"Gara {number}")
    login(client, author)
    client.get("/fascicoli/")
    with django_assert_max_num_queries(9):
        assert page(client.get("/fascicoli/")).count("Tocca a") == count


@pytest.mark.parametrize("count", [1, 5])
def test_a_dossier_asks_as_much_for_five_operators_as_for_one(
    client, login, officer, author, comune, django_assert_max_num_queries, count
):
    made, now = opened(author, supporter=comune.province_body), timezone.now()
    for number in range(count):
        services.list_participant(
            made.pk, role="bidder", name=f"Ditta {number}", actor=officer, now=now
        )
    login(client, officer)
    client.get(f"/fascicoli/{made.pk}/")
    with django_assert_max_num_queries(13):
        assert page(client.get(f"/fascicoli/{made.pk}/")).count("Ditta ") == count


def test_codes_are_taken_as_people_paste_them(client, login, author, comune):
    made = opened(author)
    login(client, author)
    address = f"/fascicoli/{made.pk}/dati/"
    given = {"oggetto": "Pulizia", "cig": "b1a2 c3d4 e5", "cup": "g59f19000090007"}
    assert client.post(address, given).status_code == 302
    made.refresh_from_db()
    assert (made.cig, made.cup) == ("B1A2C3D4E5", "G59F19000090007")
    answer = client.post(address, {**given, "cup": "B12C34D56E78F90"})
    assert answer.status_code == 422
    assert "non è un CUP (esempio: G59F19000090007)" in page(answer)


def test_the_list_says_where_a_tender_is_and_since_when(client, login, author, officer, comune):
    made, now = opened(author, supporter=comune.province_body), timezone.now()
    services.publish(
        made.pk, cig="B1A2C3D4E5", on=timezone.localdate(now), offers_due_at=now + timedelta(days=9),
        actor=officer, now=now,
    )  # fmt: skip
    login(client, author)
    assert "Pubblicata, si aspettano le offerte</span>" in page(client.get("/fascicoli/"))
    Dossier.objects.update(
        published_on=timezone.localdate() - timedelta(days=12),
        offers_due_at=now - timedelta(days=2),
    )
    text = page(client.get("/fascicoli/"))
    assert "Offerte chiuse, si nomina la commissione" in text
    assert "È qui da 12 giorni" in text


def test_the_sua_sees_the_same_list_of_120000_euro_of_school_catering(
    client, login, author, officer, comune, law
):
    login(client, author)
    asked = {**ASKED, "aiuto": comune.province_body.pk}
    home = client.post("/fascicoli/nuovo/", asked).url
    text = page(client.get(home))
    titles = list(Dossier.objects.get().case.steps.values_list("title", flat=True))
    client.logout()
    login(client, officer)
    theirs = page(client.get(home))

    assert "Chiedere la gara alla Stazione Unica Appaltante" in titles
    for title in titles:
        shown = title.replace("'", "&#x27;")
        assert shown in text
        assert shown in theirs
