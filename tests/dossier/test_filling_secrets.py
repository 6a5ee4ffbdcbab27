"""What reserved documents ask and were answered stays with those who run the award."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.dossier import queries, services
from casa.dossier.asking import BadAnswer, Question, understood
from casa.dossier.asking.values import APART
from casa.drafting.filling import FieldType
from casa.registry.models import TrailLine
from tests.dossier.makers import opened
from tests.dossier.test_filling import NOTE, answer, model, produce  # noqa: F401
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def tender(person, model):  # noqa: F811
    """A Comune's tender run by its Province: the invitation is reserved, a note of both is not."""
    province = BodyFactory(kind="province")
    comune = BodyFactory(province_body=province)
    author, officer = person("author", comune), person("author", province)
    dossier = opened(author, supporter=province)
    now = timezone.now()

    def lay(side, actor, title, **more):
        step = dossier.case.steps.filter(side=side).last()
        sheet = services.Sheet(version=model(title, *NOTE), **more)
        return services.lay(dossier.pk, step.pk, sheet, actor=actor, now=now)

    papers = [
        lay("supporter", officer, "Invito", reserved=True),
        lay("owner", author, "Nota"),
    ]
    services.read_models(papers)
    answer(dossier, officer, operatore="Impresa Segreta", oggetto="la pulizia")
    return dossier, author, officer, papers


def test_the_other_body_neither_reads_nor_changes_what_a_reserved_document_asks(
    client, login, tender
):
    dossier, author, officer, _papers = tender
    login(client, author)
    address = f"/fascicoli/{dossier.pk}/domande/"

    page = client.get(address).content.decode()
    client.post(address, {"oggetto": "", "operatore": ""})
    answer(dossier, author, operatore="Un'altra")

    assert "la pulizia" in page
    assert "Impresa Segreta" not in page
    assert "operatore" not in page
    assert queries.values_of(dossier)["operatore"] == "Impresa Segreta"
    login(client, officer)
    assert "Impresa Segreta" in client.get(address).content.decode()


def test_after_the_deadline_both_read_it(tender):
    dossier, author, _officer, _papers = tender
    now = timezone.now()
    type(dossier).objects.filter(pk=dossier.pk).update(offers_due_at=now - timedelta(hours=1))
    dossier.refresh_from_db()
    assert queries.secret_names(author, dossier, now=now) == frozenset()


def test_the_trail_of_the_comune_does_not_tell_of_a_reserved_document(tender):
    dossier, _author, officer, papers = tender
    produce(dossier, papers[0], officer)
    line = TrailLine.objects.get(act="dossier.dossier.produced")
    assert (line.body_id, "Invito" in str(line.details)) == (dossier.case.supporter_id, False)


@pytest.mark.parametrize("points", ["nan", "inf", "-5"])
def test_points_are_numbers_that_can_be_counted(points):
    asked = Question("criteri", FieldType.LIST, True, (1,), columns=("nome", "punti"))
    with pytest.raises(BadAnswer):
        understood(asked, f"Qualità {APART} {points}")
    assert understood(asked, f"Qualità {APART} 40,5") == [{"nome": "Qualità", "punti": "40,5"}]
