"""What to look at before producing: on the page of the documents, and when one is produced."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import timezone

from casa.dossier import queries, services
from casa.dossier.checking import Place
from casa.foundation.errors import Refused
from casa.guide.models import Norm
from casa.guide.prepare import prepare
from casa.library.models import Campaign, CampaignHit, Citation
from tests.dossier.makers import need, opened
from tests.dossier.test_filling import NOTE, answer, forms, model, produce  # noqa: F401

pytestmark = pytest.mark.django_db
LETTER = (
    "Si affida {{ oggetto }} per euro {{ importo_stimato|importo }} (art. 36, d.lgs. 50/2016).",
    "Le offerte entro il {{ termine_offerte|data }}, la seduta il {{ data_seduta|data }}.",
)


@pytest.fixture
def dossier(author, comune):
    return opened(author, asked=need("120000", cpv="55523100"), title="Refezione scolastica")


@pytest.fixture
def papers(dossier, author, model):  # noqa: F811
    step = dossier.case.steps.get(code="award")
    made = [
        services.lay(
            dossier.pk,
            step.pk,
            services.Sheet(version=model(title, *lines)),
            actor=author,
            now=timezone.now(),
        )
        for title, lines in (("Lettera", LETTER), ("Nota", NOTE))
    ]
    services.read_models(made)
    return made


def found(dossier, actor):
    return queries.findings_of(dossier, forms(dossier, actor))


def test_a_document_without_its_answers_is_blocked_and_says_which(dossier, author, papers):
    first, second = found(dossier, author)[:2]
    assert first.blocks
    assert first.paper == papers[0].pk
    assert first.text.startswith("A «Lettera» mancano 4 risposte: Qual è l'oggetto")
    assert second.text.startswith("A «Nota» mancano 2 risposte")
    answer(dossier, author, oggetto="la refezione")
    with pytest.raises(Refused, match=r"Rispondi prima a: Come si chiama l'operatore economico\?"):
        produce(dossier, papers[1], author)
    answer(dossier, author, operatore="Alfa di prova")
    assert [one.paper for one in found(dossier, author) if one.blocks] == [papers[0].pk]


def test_contradictions_are_shown_with_their_rule_and_the_place_to_mend(
    client, login, dossier, author, papers
):
    answer(dossier, author, importo_stimato="130.000,00", oggetto="x", operatore="y")
    login(client, author)
    text = client.get(f"/fascicoli/{dossier.pk}/da-compilare/").content.decode()
    assert "Il valore stimato è 130.000,00 euro nelle risposte" in text
    assert "(art. 14, c. 4, d.lgs. 36/2023)" in text
    assert f'href="/fascicoli/{dossier.pk}/domande/una/importo_stimato/"' in text
    answer(dossier, author, importo_stimato="120.000,00")
    text = client.get(f"/fascicoli/{dossier.pk}/da-compilare/").content.decode()
    assert "Il valore stimato è" not in text


def test_what_was_produced_in_spite_of_a_warning_tells_it_again(
    client, login, dossier, author, papers
):
    given = {"oggetto": "x", "importo_stimato": "130.000", "operatore": "Alfa"}
    answer(dossier, author, termine_offerte="01/12/2026", data_seduta="02/12/2026", **given)
    login(client, author)
    home = f"/fascicoli/{dossier.pk}/da-compilare/"
    text = client.post(f"{home}{papers[0].pk}/produci/", follow=True).content.decode()
    assert "Prodotto: Lettera" in text
    assert text.count("Il valore stimato è 130.000,00 euro") == 3  # message, finding, its link
    text = client.post(f"{home}{papers[1].pk}/produci/", follow=True).content.decode()
    assert text.count("Il valore stimato è 130.000,00 euro") == 2


def test_dead_norms_and_open_campaigns_lead_to_the_model(dossier, author, papers, person):
    version = papers[0].version
    Citation.objects.filter(version=version).delete()
    Citation.objects.create(
        version=version, start=1, end=9, text="x", act="d.lgs. 50/2016", article="36"
    )
    Norm.objects.create(
        act="d.lgs. 50/2016", status="repealed", valid_from=date(2023, 7, 1),
        replaced_by="d.lgs. 36/2023", citation="art. 226", source="prova",
    )  # fmt: skip
    campaign = Campaign.objects.create(
        act="d.lgs. 50/2016", change="repealed", on=date(2023, 7, 1), note="Cita il nuovo codice.",
        due_on=date(2027, 1, 1), person_id=author.id, opened_at=timezone.now(),
    )  # fmt: skip
    CampaignHit.objects.create(
        campaign=campaign, entry=version.entry, version=version, office=version.entry.office
    )
    stale = [one for one in found(dossier, author) if one.place == Place.MODEL]
    assert [one.text for one in stale] == [
        "«Lettera» cita art. 36 d.lgs. 50/2016: abrogata dal 1 luglio 2023: oggi d.lgs. 36/2023.",
        "La redazione chiede di rivedere «Lettera»: è cambiato d.lgs. 50/2016.",
    ]
    CampaignHit.objects.update(state=CampaignHit.State.FIXED)
    Norm.objects.update(valid_from=date(2030, 1, 1))
    assert not [one for one in found(dossier, author) if one.place == Place.MODEL]


def test_a_lapsed_procedure_is_told_by_the_rules_of_the_platform(client, login, dossier, author):
    prepare(lambda _words: None)
    dossier.amount = Decimal(140000)
    told = [one.text for one in queries.findings_of(dossier, [])]
    assert told[0].startswith("«Affidamento diretto» non si può usare. Vale sotto 140.000,00 euro")
    dossier.amount = Decimal("139999.99")
    assert queries.findings_of(dossier, []) == []
