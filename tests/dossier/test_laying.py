"""The models of a tender, all laid at their steps with one press."""

import pytest
from django.utils import timezone

from casa.dossier import queries, services, steps
from casa.dossier.models import Dossier, Paper
from casa.library.models import StarterText
from casa.library.starter.sources import read_kit
from tests.dossier.makers import need, opened
from tests.dossier.test_starter import KITS, MODELS
from tests.factories import BodyFactory
from tests.library.makers import NOON, published

PROCEDURES = {
    "affidamento-diretto-servizi": "direct_award",
    "aperta-ristorazione-scolastica": "open_procedure",
    "negoziata-lavori": "negotiated_5",
}
WITHOUT_STEP = {"soccorso-istruttorio"}  # it happens or not, whatever the step


def starter(person, slug, **card):
    """A published text of ours, known by its slug."""
    version = published(person, title=slug, **card)
    StarterText.objects.create(
        slug=slug, number=1, entry=version.entry, version=version, sha256="0" * 64,
        checked_on=NOON.date(), loaded_at=NOON,
    )  # fmt: skip
    return version


@pytest.fixture
def texts(person, db):
    return {
        slug: starter(person, slug, **card)
        for slug, card in {
            "nomina-rup": {"phase": "planning"},
            "decisione-affidamento-diretto": {"procedure_type": "direct_award"},
            "determina-aggiudicazione": {},
            "verbale-seggio": {},
            "lettera-invito-lavori": {"procedure_type": "negotiated", "contract_type": "works"},
        }.items()
    }


def laid(dossier) -> set[tuple[str, str]]:
    rows = Paper.objects.filter(step__case=dossier.case)
    return set(rows.values_list("step__code", "version__entry__title"))


def test_each_step_names_models_that_exist():
    slugs = {slug for row in steps.rows() for slug in steps.models_of(row["code"])}
    assert slugs <= {path.stem for path in MODELS}


@pytest.mark.parametrize("path", KITS, ids=lambda path: path.stem)
def test_what_a_kit_holds_comes_of_the_steps_of_its_procedure(path):
    procedure = PROCEDURES[path.stem]
    proposed = {
        slug
        for step in steps.steps_for(procedure, delegated=True)
        for slug in steps.models_for(step.code, procedure, delegated=True)
    }
    kit = read_kit(path.read_text("utf-8"))
    assert {slug for slug, _note in kit.items} - WITHOUT_STEP <= proposed


@pytest.mark.django_db
def test_with_one_press_models_lie_where_they_belong(client, login, author, comune, officer, texts):
    made = opened(author, supporter=comune.province_body)
    login(client, author)
    home = f"/fascicoli/{made.pk}/modelli/"
    assert "Metti il modello nel suo passo" not in client.get(home).content.decode()
    assert "modelli nei loro passi" in client.get(home).content.decode()

    answer = client.post(f"{home}metti/", follow=True)

    assert "2 modelli messi nei loro passi." in answer.content.decode()
    assert laid(made) == {("rup", "nomina-rup"), ("award", "determina-aggiudicazione")}
    assert "aspetta un modello" in client.post(f"{home}metti/", follow=True).content.decode()
    assert services.lay_ready(made.pk, actor=officer, now=timezone.now()) == 1
    assert ("evaluation", "verbale-seggio") in laid(made)


@pytest.mark.django_db
def test_a_direct_award_has_its_single_act_and_no_award_of_a_competition(author, texts):
    made = opened(author, asked=need("30000"))
    assert made.procedure == "direct_award"
    services.lay_ready(made.pk, actor=author, now=timezone.now())
    assert laid(made) == {("rup", "nomina-rup"), ("award", "decisione-affidamento-diretto")}


@pytest.mark.django_db
def test_a_step_with_a_document_and_strangers_lay_nothing(
    client, login, person, author, dossier, texts
):
    step = dossier.case.steps.get(code="rup")
    own = services.Sheet(version=published(person))
    services.lay(dossier.pk, step.pk, own, actor=author, now=timezone.now())
    assert "rup" not in {one.step.code for one in queries.ready_models(author, dossier)}

    Dossier.objects.filter(pk=dossier.pk).update(stage="closed", closed_on=NOON.date())
    assert queries.ready_models(author, Dossier.objects.get(pk=dossier.pk)) == []
    Dossier.objects.filter(pk=dossier.pk).update(stage=dossier.stage, closed_on=None)

    address = f"/fascicoli/{dossier.pk}/modelli/metti/"
    assert client.post(address).status_code == 404
    login(client, person("author", BodyFactory()))
    assert client.post(address).status_code == 404
    login(client, person("reader", dossier.case.office.body))
    assert "aspetta un modello" in client.post(address, follow=True).content.decode()
    assert Paper.objects.count() == 1
