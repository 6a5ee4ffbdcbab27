"""One question on each page: where one stands, what is saved, where one resumes."""

import pytest
from django.utils import timezone

from casa.dossier import queries, services
from casa.dossier.asking import Question, first_open, holds, serving, standing
from casa.drafting.filling import FieldType
from casa.library.models import FieldReading
from tests.dossier.makers import need, opened
from tests.dossier.test_filling import LETTER, NOTE, answer, model  # noqa: F401


def asked(name, *conditions) -> Question:
    return Question(name, FieldType.TEXT, True, (1,), conditions)


ROW = [asked("a"), asked("b", "lotti"), asked("c", "non (lotti)", "non (x)"), asked("d")]


@pytest.mark.parametrize(
    ("condition", "answers", "held"),
    [
        ("lotti", {"lotti": True}, True),
        ("lotti", {"lotti": False}, False),
        ("lotti", {}, None),
        ("non (lotti)", {"lotti": False}, True),
        ("a e b", {"a": True, "b": False}, False),
        ("a oppure non (b)", {"a": False, "b": False}, True),
        ("procedura == 'aperta e ristretta'", {"procedura": "aperta e ristretta"}, True),
        ("procedura == 'aperta'", {"procedura": "negoziata"}, False),
        ("open('x')", {}, None),
        ("a + b", {"a": 1, "b": 1}, None),
    ],
)
def test_a_condition_holds_or_not_or_nobody_knows_yet(condition, answers, held):
    assert holds(condition, answers) is held


def test_a_question_that_an_answer_made_useless_is_left_out():
    assert [one.name for one in serving(ROW, {"lotti": False})] == ["a", "c", "d"]
    assert [one.name for one in serving(ROW, {})] == ["a", "b", "c", "d"]
    assert [one.name for one in serving(ROW, {"lotti": True, "x": True})] == ["a", "b", "d"]


def test_one_stands_among_those_that_serve_and_resumes_at_the_first_open_one():
    here = standing(ROW, {"lotti": True, "x": True}, "b")
    assert (here.number, here.total, here.before, here.after) == (2, 3, "a", "d")
    useless = standing(ROW, {"lotti": False}, "b")
    assert (useless.number, useless.total) == (2, 4)
    assert standing(ROW, {}, "mai chiesta") is None
    assert first_open(ROW, {"a": "x", "lotti": False}) == "c"
    assert first_open(ROW, {"a": "x", "lotti": False, "x": True, "d": False}) == "c"
    assert first_open([], {}) == ""


@pytest.fixture
def tender(author, comune, model):  # noqa: F811
    dossier = opened(author, asked=need("120000", cpv="55523100"), title="Refezione scolastica")
    papers = [
        services.lay(
            dossier.pk,
            dossier.case.steps.get(code=code).pk,
            services.Sheet(version=model(title, *lines)),
            actor=author,
            now=timezone.now(),
        )
        for code, title, lines in (("award", "Lettera", LETTER), ("award", "Nota", NOTE))
    ]
    services.read_models(papers)
    return dossier


@pytest.mark.django_db
def test_each_answer_is_saved_on_the_way_and_a_wrong_one_stays_in_its_field(
    client, login, author, tender
):
    login(client, author)
    home = f"/fascicoli/{tender.pk}/domande/una/"
    first = client.get(home, follow=True)
    assert first.redirect_chain == [(f"{home}ente/", 302)]
    text = first.content.decode()
    assert "Domanda 1 di 6" in text
    assert "<li>Lettera</li>" in text
    assert "Vedi tutte le domande insieme" in text

    following = client.post(f"{home}ente/", {"ente": "Comune di prova", "verso": "avanti"})
    assert following["Location"] == f"{home}oggetto/"
    client.post(f"{home}oggetto/", {"oggetto": "la refezione", "verso": "avanti"})
    wrong = client.post(f"{home}importo_stimato/", {"importo_stimato": "tanto", "verso": "avanti"})
    assert wrong.status_code == 422
    assert 'value="tanto"' in wrong.content.decode()
    assert "importo_stimato" not in queries.values_of(tender)
    back = client.post(f"{home}importo_stimato/", {"importo_stimato": "9", "verso": "indietro"})
    assert back["Location"] == f"{home}oggetto/"
    told = client.get(back["Location"]).content.decode()
    assert f"{author.name}, " in told
    assert ": la refezione</li>" in told


@pytest.mark.django_db
def test_one_resumes_where_one_stopped_and_ends_at_the_documents(client, login, author, tender):
    login(client, author)
    home = f"/fascicoli/{tender.pk}/domande/una/"
    answer(tender, author, ente="x", oggetto="y", importo_stimato="9", urgente=False)
    assert client.get(home)["Location"] == f"{home}operatore/"
    text = client.get(f"{home}operatore/").content.decode()
    assert "Domanda 5 di 5" in text  # without urgency nobody asks from which day
    done = client.post(f"{home}operatore/", {"operatore": "Alfa", "verso": "avanti"}, follow=True)
    assert done.redirect_chain[-1] == (f"/fascicoli/{tender.pk}/da-compilare/", 302)
    assert client.get(f"{home}inventata/").status_code == 404


@pytest.mark.django_db
def test_only_who_works_for_the_two_bodies_answers(client, login, author, tender, person):
    home = f"/fascicoli/{tender.pk}/domande/una/ente/"
    login(client, person("author"))
    assert client.get(home).status_code == 404
    login(client, person("reader", tender.case.office.body))
    assert "Risponde chi scrive" in client.get(home).content.decode()
    client.post(home, {"ente": "x", "verso": "avanti"})
    assert queries.values_of(tender) == {}


@pytest.mark.django_db
def test_the_worker_reads_a_model_when_it_is_laid(
    author,
    comune,
    model,  # noqa: F811
    django_capture_on_commit_callbacks,
):
    dossier, version = opened(author), model("Nota", *NOTE)
    step = dossier.case.steps.get(code="rup")
    FieldReading.objects.filter(version=version).delete()
    with django_capture_on_commit_callbacks(execute=True):
        services.lay(
            dossier.pk,
            step.pk,
            services.Sheet(version=version),
            actor=author,
            now=timezone.now(),
        )
    assert FieldReading.objects.filter(version=version).exists()


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 5])
def test_a_question_asks_as_much_after_five_answers_as_after_one(
    client, login, author, tender, django_assert_max_num_queries, count
):
    for number in range(count):
        answer(tender, author, ente=f"Comune {number}")
    login(client, author)
    address = f"/fascicoli/{tender.pk}/domande/una/ente/"
    client.get(address)
    with django_assert_max_num_queries(16):
        assert client.get(address).content.decode().count(f"{author.name}, ") == count
