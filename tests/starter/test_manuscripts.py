"""All that we publish: each text and each kit of `data/starter` keeps what issue and page promise."""

import shutil
from collections import Counter
from decimal import Decimal

import pytest

from casa.drafting import filling, manuscript
from casa.drafting.manuscript.asking import fields_of, sample
from casa.drafting.manuscript.checking import check
from casa.drafting.manuscript.head import _CHOICES
from casa.drafting.manuscript.kit import read_kit
from casa.library.models import choices
from tools import starter

PATHS = starter.sources([])
KITS = starter.kits([])
LEAST_MODELS, WANTED_KITS = 28, 3
DAILY_LIFE = [
    "richiesta-alla-sua",
    "nomina-rup",
    "dichiarazione-conflitto-interessi",
    "avviso-indagine-di-mercato",
    "decisione-affidamento-diretto",
    "lettera-contratto",
    "decisione-di-contrarre-negoziata",
    "decisione-di-contrarre-aperta",
    "determina-di-indizione",
    "lettera-invito-lavori",
    "lettera-invito-servizi",
    "disciplinare-servizi-oepv",
    "griglia-dei-criteri",
    "domanda-di-partecipazione",
    "capitolato-ristorazione-scolastica",
    "capitolato-verde-pubblico",
    "capitolato-manutenzione-strade",
    "schema-contratto-servizi",
    "schema-contratto-lavori",
    "nomina-commissione",
    "dichiarazione-commissario",
    "verbale-seggio",
    "verbale-commissione",
    "soccorso-istruttorio",
    "proposta-aggiudicazione",
    "determina-aggiudicazione",
    "comunicazioni-art-90",
    "avviso-esito",
    "certificato-regolare-esecuzione",
    "convenzione-sua",
    "regolamento-sua",
    "convenzione-servizio-europa",
    "adesione-servizi-innovazione",
]
by_name = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def ground():
    return starter.ground()


@pytest.fixture(scope="module")
def shown(tmp_path_factory, ground):
    """What LibreOffice shows of every model and of every filled sample, from one call."""
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is missing: apt-get install libreoffice-writer-nogui")
    folder = tmp_path_factory.mktemp("office")
    made = starter.build(folder, {path.stem: starter.read(path) for path in PATHS})
    for path, model in zip(PATHS, list(made), strict=True):
        answers = sample(fields_of(starter.read(path), ground.fields))
        made.append(folder / f"{path.stem}-compilato.docx")
        made[-1].write_bytes(filling.fill(model, answers))
    return starter.office_lines(made, folder)


@by_name
def test_nothing_stands_against_publishing_it(path, ground):
    assert [str(fault) for fault in check(starter.read(path), ground)] == []


@by_name
def test_the_same_text_gives_the_same_document(path):
    assert manuscript.docx(starter.read(path)) == manuscript.docx(starter.read(path))


@pytest.mark.may_skip("libreoffice")
@by_name
def test_libreoffice_opens_it_and_shows_our_numbers(path, shown):
    assert shown[path.stem], "LibreOffice does not open it"
    assert starter.missing_in(shown[path.stem], starter.read(path)) is None


@pytest.mark.may_skip("libreoffice")
@by_name
def test_libreoffice_opens_the_filled_sample_and_no_field_is_left(path, shown):
    lines = shown[f"{path.stem}-compilato"]
    assert lines
    assert [line for line in lines if any(sign in line for sign in ("{{", "{%", "{#"))] == []


def test_names_and_titles_are_all_different():
    assert max(Counter(path.stem for path in PATHS).values()) == 1
    assert max(Counter(starter.read(path).title for path in PATHS).values()) == 1


def test_there_are_as_many_models_as_we_promise():
    models = [path for path in PATHS if path.parent.name == "models"]
    assert len(models) >= LEAST_MODELS


def test_the_daily_life_of_a_joint_office_and_a_comune_is_there():
    assert set(DAILY_LIFE) <= {path.stem for path in PATHS if path.parent.name == "models"}


def test_the_three_kits_are_there():
    assert len(KITS) >= WANTED_KITS


@pytest.mark.parametrize("path", KITS, ids=lambda path: path.stem)
def test_a_kit_names_our_texts_and_its_answers_fill_them(path, ground):
    assert [str(fault) for fault in starter.kit_faults(path, starter.texts(), ground)] == []


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("kind", choices.Kind),
        ("phase", choices.Phase),
        ("procedure_type", choices.ProcedureType),
        ("contract_type", choices.ContractType),
        ("criterion", choices.Criterion),
        ("amount_band", choices.AmountBand),
    ],
)
def test_the_words_of_a_head_are_those_of_a_card(name, known):
    assert set(known.values) >= _CHOICES[name] - {""}


@pytest.mark.parametrize("path", KITS, ids=lambda path: path.stem)
def test_the_sample_tender_of_a_kit_adds_up(path):
    answers = read_kit(path.read_text("utf-8")).answers
    base, safety, discount, price, rate, tax, total = (
        Decimal(answers[name])
        for name in (
            *("importo_base", "oneri_sicurezza", "ribasso", "importo_contratto"),
            *("iva", "importo_iva", "importo_totale"),
        )
    )
    reducible = Decimal(answers.get("importo_ribassabile", base - safety))

    assert base - reducible * discount / 100 == price
    assert (price * rate / 100, price + tax) == (tax, total)
    assert sum(Decimal(row["importo"]) for row in answers.get("impegni", [])) in (0, total)
