"""The documents of each step: the same facts written a second time, from the sources."""

import tomllib
from datetime import date

import pytest
from django.conf import settings

from casa.guide.choosing.advice import LABELS
from tests.guide.test_law import LAW

DAY = date(2026, 11, 1)
ROWS = LAW.rows("checklists", DAY)
# step, procedure (empty: any), a document that the sources name for it, the article that asks for it
FACTS = [
    ("rup", "", "Nomina del RUP", "art. 15"),
    ("conflict", "", "conflitto di interessi", "art. 16"),
    ("programme", "", "CUI", "art. 37"),
    ("specifications", "", "DUVRI", "82"),
    ("green", "", "CNEL", "11"),
    ("decision", "", "visto contabile", "art. 17, c. 1"),
    ("request", "", "delibera di adesione", "art. 62"),
    ("market", "negotiated_5", "manifestazione d'interesse", "all. II.1"),
    ("quotes", "direct_award", "preventivo", "art. 50"),
    ("tender_papers", "open_procedure", "disciplinare di gara", "82 e 87"),
    ("tender_papers", "negotiated_10", "Lettera d'invito", "35"),
    ("publication", "", "CIG", "art. 83"),
    ("commission", "", "curricula", "art. 93"),
    ("evaluation", "", "proposta di aggiudicazione", "art. 17"),
    ("verification", "", "FVOE", "art. 17, c. 5"),
    ("award", "direct_award", "atto unico", "art. 17, c. 2"),
    ("award", "open_procedure", "Determina di aggiudicazione", "art. 17"),
    ("communications", "", "avviso di esito", "90"),
    ("signing", "direct_award", "scambio di lettere", "53, c. 4"),
    ("signing", "negotiated_5", "garanzia definitiva", "117"),
    ("performance", "", "stati di avanzamento", "114"),
    ("certificate", "", "certificato di regolare esecuzione", "50, c. 7"),
    ("financial_plan", "", "matrice dei rischi", "176"),
    ("quality", "", "continuità", "128"),
    ("premise", "", "motivata", "76"),
    ("framework", "", "Accordo quadro", "59"),
    ("light_notice", "", "preinformazione", "127, c. 1"),
    ("operators", "", "almeno tre", "76"),
    ("call_off_offers", "", "Richiesta di offerta", "59"),
    ("candidates", "", "DGUE", "72-75"),
    ("dialogue", "", "dialogo", "74"),
    ("invitations", "", "riservato", "35"),
    ("negotiation", "", "offerte finali", "73"),
    ("research", "", "obiettivi intermedi", "75"),
    ("award", "framework_call_off", "appalto specifico", "59"),
    ("signing", "framework_call_off", "Contratto attuativo", "59"),
]


@pytest.mark.parametrize(("step", "procedure", "document", "article"), FACTS)
def test_each_step_names_what_the_sources_name(step, procedure, document, article):
    found = [
        row
        for row in ROWS
        if row.details["step"] == step
        and (not procedure or procedure in str(row.details.get("procedures", procedure)).split())
    ]
    assert len(found) == 1
    assert document in found[0].text
    assert article in found[0].citation


def test_no_list_is_said_to_be_verified_and_none_holds_before_the_code():
    assert {row.is_verified for row in ROWS} == {False}
    assert LAW.rows("checklists", date(2023, 6, 30)) == []


def test_every_step_of_a_tender_has_one_list_for_each_procedure():
    path = settings.ROOT / "data" / "dossier" / "steps.toml"
    for step in tomllib.loads(path.read_text("utf-8"))["step"]:
        for procedure in step.get("only", LABELS):
            assert procedure in LABELS
            mine = [
                row
                for row in ROWS
                if row.details["step"] == step["code"]
                and procedure in str(row.details.get("procedures", procedure)).split()
            ]
            assert len(mine) == 1, (step["code"], procedure)
