"""What contradicts itself in a tender, without a database: each rule with its counterparts."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from casa.dossier.checking import Cited, Facts, Place, check, need_of, of_citations
from casa.drafting.manuscript.kit import read_kit
from casa.guide.choosing import Advice, advise
from tests.dossier.makers import LAW

KITS = {
    "affidamento-diretto-servizi": ("services", "direct_award", "2026-11-16"),
    "aperta-ristorazione-scolastica": ("services", "open_procedure", "2027-01-29"),
    "negoziata-lavori": ("works", "negotiated_5", "2027-02-15"),
}
STARTER = Path(__file__).parents[2] / "data" / "starter" / "kits"
OPEN = Facts(
    kind="services",
    procedure="open_procedure",
    who="self",
    amount=Decimal(300000),
    notice_on=date(2027, 1, 29),
)


def facts(**more) -> Facts:
    return replace(OPEN, **more)


def answers(**given) -> Facts:
    return facts(answers=given)


def found(given: Facts) -> list[str]:
    need = need_of(given)
    advice = advise(need, LAW) if need else Advice()
    return [one.text for one in check(given, law=LAW, advice=advice)]


@pytest.mark.parametrize("slug", KITS)
def test_the_sample_tenders_of_our_kits_contradict_nothing(slug):
    kind, procedure, day = KITS[slug]
    given = dict(read_kit((STARTER / f"{slug}.toml").read_text("utf-8")).answers)
    tender = Facts(
        kind=kind,
        procedure=procedure,
        who="self",
        amount=Decimal(str(given["importo_stimato"])),
        cpv=str(given["cpv"]),
        notice_on=date.fromisoformat(day),
        answers=given,
    )
    assert len(given) > 80
    assert found(tender) == []


@pytest.mark.parametrize(
    ("wrong", "right", "told"),
    [
        (
            {"termine_offerte": "29/01/2027"},
            {"termine_offerte": "10/03/2027"},
            "La scadenza delle offerte non viene dopo il giorno previsto",
        ),
        (
            {"termine_offerte": "10/03/2027", "nomina_commissione_data": "09/03/2027"},
            {"termine_offerte": "10/03/2027", "nomina_commissione_data": "10/03/2027"},
            "La nomina della commissione (9 marzo 2027) precede la scadenza",
        ),
        (
            {"aggiudicazione_data": "20/04/2027", "contratto_data": "19/04/2027"},
            {"aggiudicazione_data": "20/04/2027", "contratto_data": "01/06/2027"},
            "La firma del contratto (19 aprile 2027) precede",
        ),
        (
            {"nomina_rup_data": "12/01/2027", "decisione_data": "11/01/2027"},
            {"nomina_rup_data": "11/01/2027", "decisione_data": "11/01/2027"},
            "La decisione di contrarre (11 gennaio 2027) precede",
        ),
        (
            {"termine_offerte": "13/02/2027"},
            {"termine_offerte": "28/02/2027"},
            "passano 15 giorni: così pochi solo con un'urgenza motivata",
        ),
        (
            {"termine_offerte": "10/03/2027", "termine_chiarimenti": "05/03/2027"},
            {"termine_offerte": "10/03/2027", "termine_chiarimenti": "04/03/2027"},
            "restano 5 giorni: le risposte non fanno in tempo",
        ),
        (
            {"aggiudicazione_data": "30/10/2027"},
            {"aggiudicazione_data": "29/10/2027"},
            "all'aggiudicazione passa troppo tempo",
        ),
        (
            {"aggiudicazione_data": "20/04/2027", "contratto_data": "21/05/2027"},
            {"aggiudicazione_data": "20/04/2027", "contratto_data": "22/05/2027"},
            "ancora aperto: l'aggiudicazione è il 20 aprile 2027",
        ),
        (
            {"aggiudicazione_data": "20/04/2027", "contratto_data": "20/06/2027"},
            {"aggiudicazione_data": "20/04/2027", "contratto_data": "19/06/2027"},
            "La firma è il 20 giugno 2027, tardi",
        ),
        (
            {"importo_stimato": "299.999,99"},
            {"importo_stimato": "300.000,00"},
            "Il valore stimato è 299.999,99 euro nelle risposte",
        ),
        (
            {"importo_base": "300.000,00", "importo_stimato": "299.000"},
            {"importo_base": "290.000,00", "importo_stimato": "300.000"},
            "è più del valore stimato",
        ),
        (
            {"importo_base": "1.000", "costo_manodopera": "900", "oneri_sicurezza": "101"},
            {"importo_base": "1.000", "costo_manodopera": "900", "oneri_sicurezza": "100"},
            "Sicurezza e manodopera fanno 1.001,00 euro",
        ),
        (
            {"importo_base": "1.000", "ribasso": "10", "importo_contratto": "902"},
            {"importo_base": "1.000", "ribasso": "10", "importo_contratto": "900"},
            "Con il ribasso del 10 % il contratto è di 900,00 euro",
        ),
        (
            {"importo_contratto": "900", "iva": "22", "importo_iva": "200"},
            {"importo_contratto": "900", "iva": "22", "importo_iva": "198"},
            "è 198,00 euro, non 200,00 euro",
        ),
        (
            {"importo_contratto": "900", "importo_iva": "198", "importo_totale": "1.100"},
            {"importo_contratto": "900", "importo_iva": "198", "importo_totale": "1.098"},
            "Contratto e IVA fanno 1.098,00 euro",
        ),
        (
            {"punti_tecnica": "70", "punti_economica": "20"},
            {"punti_tecnica": "70", "punti_economica": "30"},
            "fanno 90 punti, non 100",
        ),
        (
            {"criteri": [{"punti": "40"}, {"punti": "20"}], "punti_tecnica": "70"},
            {"criteri": [{"punti": "40"}, {"punti": "30"}], "punti_tecnica": "70"},
            "I criteri fanno 60 punti, l'offerta tecnica 70",
        ),
        (
            {"importo_base": "100", "costo_manodopera": "50", "punti_economica": "31"},
            {"importo_base": "100", "costo_manodopera": "49", "punti_economica": "31"},
            "il prezzo vale 31 punti",
        ),
    ],
)
def test_each_contradiction_is_told_and_its_right_twin_is_not(wrong, right, told):
    assert [text for text in found(answers(**wrong)) if told in text]
    assert not [text for text in found(answers(**right)) if told in text]
    assert not [text for text in found(OPEN) if told in text]


def test_what_the_dossier_says_of_itself_wins_and_a_different_answer_is_told():
    tender = facts(
        published_on=date(2027, 1, 29),
        offers_due_on=date(2027, 3, 10),
        codes={"cig": "B1A2C3D4E5", "cpv": "55523100-3"},
        answers={"termine_offerte": "11/03/2027", "cig": "B1A2C3D4E6", "cpv": "55523100"},
    )
    assert found(tender) == [
        "Il CIG è B1A2C3D4E6 nelle risposte, B1A2C3D4E5 nel fascicolo.",
        "La scadenza delle offerte è l'11 marzo 2027 nelle risposte, il 10 marzo 2027 nel fascicolo.",
    ]


def test_lots_that_do_not_make_the_amount_are_mended_where_lots_are():
    (wrong,) = check(facts(lots=(Decimal(1), Decimal(2))), law=LAW, advice=Advice())
    assert (wrong.place, wrong.citation) == (Place.LOTS, "art. 14, cc. 9 e 10, d.lgs. 36/2023")
    assert found(facts(lots=(Decimal(100000), Decimal(200000)))) == []


def test_a_procedure_that_the_law_of_its_day_excludes_says_why():
    (wrong,) = found(facts(procedure="direct_award"))
    assert wrong.startswith("«Affidamento diretto» non si può usare. Vale sotto 140.000,00 euro")
    assert found(facts(procedure="direct_award", amount=Decimal("139999.99"))) == []
    assert "le soglie europee" in found(facts(notice_on=date(2028, 2, 1)))[0]
    assert found(facts(procedure="negotiated_without_notice")) == []


def test_a_tender_to_be_asked_of_another_body_has_one():
    alone = facts(who="ask_sua", who_why="L'importo supera.")
    assert "nessuno aiuta l'ente" in found(alone)[0]
    assert found(replace(alone, is_delegated=True)) == []


def test_dead_norms_are_named_one_by_one_and_newer_ones_together():
    day = date(2025, 1, 1)
    cited = [
        Cited("art. 36 d.lgs. 50/2016", "repealed", "abrogata", date(2023, 7, 1)),
        Cited("art. 11 d.lgs. 36/2023", "changed", "modificata", date(2024, 12, 31)),
        Cited("art. 50 d.lgs. 36/2023", "in_force", "in vigore", None),
    ]
    told = list(of_citations(7, "Lettera", cited, written_on=day))
    assert [one.text for one in told] == ["«Lettera» cita art. 36 d.lgs. 50/2016: abrogata."]
    assert told[0].concerns(7, ())
    assert not told[0].concerns(8, ("oggetto",))
    older = list(of_citations(7, "Lettera", cited, written_on=date(2023, 9, 1)))
    assert "modificate dopo che è stato scritto: art. 11" in older[1].text


@pytest.mark.parametrize("value", ["domani", "", None, [], {"a": 1}, True, "99/99/2027"])
def test_answers_that_cannot_be_read_are_left_alone(value):
    names = ("termine_offerte", "importo_stimato", "criteri", "ribasso", "lotti", "iva")
    assert found(answers(**dict.fromkeys(names, value))) == []
