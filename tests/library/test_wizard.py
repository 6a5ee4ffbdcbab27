"""«Quale modello mi serve?»: questions, one model, and why not the others."""

from datetime import date

import pytest

from casa.library.models import BodyUse
from casa.search.models import CpvCode
from tests.factories import BodyFactory
from tests.library.makers import PillarFactory, VersionFactory, published

pytestmark = pytest.mark.django_db
WHICH = "/biblioteca/quale/"


def model(person, **fields):
    return published(person, kind="model", **fields).entry


def test_each_question_is_one_that_still_divides_the_models_left(client, person):
    model(person, contract_type="services", amount_band="up_to_40k", phase="award")
    model(person, contract_type="services", amount_band="up_to_1m", phase="award")
    model(person, contract_type="works", phase="award")

    first = client.get(WHICH)
    second = client.get(WHICH, {"contratto": "services"})
    last = client.get(WHICH, {"contratto": "services", "importo": "up_to_1m"})

    assert first.context["question"].name == "contratto"
    assert second.context["question"].name == "importo"
    assert "Domanda 2 di 6" in second.text
    assert "Perché lo chiediamo" in second.text
    assert last.context["advice"].best.amount_band == "up_to_1m"


def test_nobody_answers_more_than_six_questions(client, person):
    both = [
        {
            "contract_type": contract,
            "cpv_codes": [code],
            "procedure_type": procedure,
            "amount_band": band,
            "phase": phase,
            "criterion": criterion,
        }
        for contract, code, procedure, band, phase, criterion in (
            ("services", "55523100", "direct_award", "up_to_40k", "award", "best_value"),
            ("works", "45233141", "open_procedure", "up_to_1m", "design", "lowest_price"),
        )
    ]
    for number, fields in enumerate(both):
        model(person, pillar=PillarFactory(code=f"p{number}", name=f"Pilastro {number}"), **fields)

    given, asked = {}, []
    while question := client.get(WHICH, given).context.get("question"):
        asked.append(question.name)
        given[question.name] = "non-so"
    assert asked == ["contratto", "settore", "procedura", "importo", "fase", "criterio"]
    assert client.get(WHICH, given).context["advice"].fitting == 2
    everything = client.get(WHICH, {"tutte": "1"}).context["form"]
    assert [name for name in everything.fields if name in (*asked, "pilastro")] == asked


def test_the_answer_says_why_this_one_and_why_not_each_other(client, person):
    wanted = model(person, title="Capitolato servizi", contract_type="services")
    other = model(person, title="Capitolato lavori", contract_type="works")

    page = client.get(WHICH, {"contratto": "services"})

    assert page.context["advice"].best == wanted
    assert page.context["reasons"] == ["Tipo di contratto: Servizi"]
    (excluded,) = page.context["excluded"]
    assert excluded.entry == other
    assert excluded.reasons == ["Tipo di contratto: vale per «Lavori», hai risposto «Servizi»"]


def test_not_knowing_is_always_an_answer_and_excludes_nothing(client, person):
    model(person, contract_type="services")
    model(person, contract_type="works")

    asked = client.get(WHICH)
    page = client.get(WHICH, {"contratto": "non-so"})

    assert 'value="non-so"' in asked.text
    assert page.context["advice"].fitting == 2
    assert page.context["excluded"] == []
    assert "Prima di usarlo controlla" in page.text


def test_no_choice_is_a_mistake_said_in_words(client, person):
    model(person, contract_type="services")
    model(person, contract_type="works")

    page = client.get(WHICH, {"domanda": "contratto"})

    assert "se non la sai, scegli «Non so»" in page.text
    assert client.get(WHICH, {"contratto": "nonsense"}).context["question"].name == "contratto"


def test_among_models_that_fit_the_nearest_the_reviewed_and_the_used_go_first(
    client, person, login
):
    province = BodyFactory(kind="province")
    body = BodyFactory(province_body=province)
    far = model(person)
    used = model(person)
    BodyUse.objects.create(version=used.current, body=body, first_on=date(2026, 5, 4))
    of_province, own = model(person, body=province), model(person, body=body)
    exact = model(person, contract_type="services")
    model(person, contract_type="works")
    login(client, person("reader", body))

    page = client.get(WHICH, {"contratto": "services"})

    advice = page.context["advice"]
    assert [advice.best, *advice.others] == [exact, own, of_province, used, far]


def test_what_one_may_not_read_is_neither_asked_about_nor_advised(client, person):
    model(person, contract_type="services")
    model(person, contract_type="works", audience="network")
    VersionFactory(entry__contract_type="supplies")
    published(person, kind="procedure", contract_type="concession")

    page = client.get(WHICH)

    assert page.context["advice"].best.contract_type == "services"
    assert page.context["advice"].excluded_count == 0


def test_when_nothing_fits_the_nearest_are_offered_with_the_difference(client, person):
    near = model(person, contract_type="works", phase="award")
    model(person, contract_type="works", phase="performance")

    page = client.get(WHICH, {"contratto": "supplies", "fase": "award"})

    assert page.context["advice"].best is None
    assert page.context["excluded"][0].entry == near
    assert "/cerca/?tipo=model" in page.text


def test_an_empty_library_says_so(client):
    assert "non ci sono ancora modelli" in client.get(WHICH).text


def test_all_questions_stand_on_one_page_that_keeps_the_answers(client, person):
    model(person, contract_type="services", pillar=PillarFactory(code="europa", name="Europa"))
    model(person, contract_type="works", criterion="lowest_price")

    page = client.get(WHICH, {"tutte": "1", "contratto": "works"})

    assert '<option value="works" selected>' in page.text
    assert list(page.context["form"].fields) == ["contratto", "criterio", "pilastro"]


@pytest.mark.parametrize("items", [1, 5])
def test_the_pages_ask_the_same_queries_however_many_models_there_are(
    client, person, items, django_assert_num_queries
):
    for _ in range(items):
        model(person, contract_type="services", cpv_codes=["55523100"])
        model(person, contract_type="works", cpv_codes=["45233141"])

    with django_assert_num_queries(3):
        client.get(WHICH)
    with django_assert_num_queries(8):
        client.get(WHICH, {"contratto": "services"})


def test_what_it_is_about_is_asked_by_division_only_where_it_divides(client, person):
    CpvCode.objects.create(code="45000000", label="Lavori di costruzione")
    roads = model(person, title="Strade", cpv_codes=["45233141", "71000000"])
    meals = model(person, title="Mensa", cpv_codes=["55523100"])
    for_all = model(person, title="Per tutti")

    asked = client.get(WHICH)
    page = client.get(WHICH, {"settore": "45000000"})

    assert asked.context["question"].name == "settore"
    assert sorted(asked.context["question"].values) == ["45000000", "55000000", "71000000"]
    assert "Lavori di costruzione" in asked.text
    advice = page.context["advice"]
    assert [advice.best, *advice.others] == [roads, for_all]
    assert [one.entry for one in page.context["excluded"]] == [meals]
    none = client.get(WHICH, {"settore": "nessuno"}).context["advice"]
    assert (none.best, none.fitting) == (for_all, 1)


def test_what_all_are_about_is_not_asked(client, person):
    for code in ("45233141", "45000000"):
        model(person, cpv_codes=[code, "71000000"])

    assert "question" not in client.get(WHICH).context
    assert client.get(WHICH, {"settore": "nonsense"}).context["advice"].fitting == 2
