"""Only what comes now is asked first; what is known already is proposed."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from casa.dossier import prefilling, services
from casa.dossier.models import Answer, Dossier
from casa.dossier.queries.remembering import remembered
from tests.dossier.makers import LAW, need, opened
from tests.dossier.test_filling import model  # noqa: F401 -- a fixture
from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rules(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    cache.clear()
    load_the_rules()


@pytest.fixture
def lay(model, author):  # noqa: F811
    def laid(dossier, code, *lines):
        step = dossier.case.steps.get(code=code)
        sheet = services.Sheet(version=model(f"Modello {code}", *lines))
        paper = services.lay(dossier.pk, step.pk, sheet, actor=author, now=timezone.now())
        services.read_models([paper])

    return laid


@pytest.fixture
def tender(author, lay):
    made = opened(author, asked=need("150000", kind="works", qualification="l3", pnrr=True))
    lay(
        made,
        "rup",
        "{{ oggetto }} {{ responsabile }}",
        "{% se lavori %}",
        "{{ progetto }}",
        "{% fine se %}",
    )
    lay(made, "award", "{{ oggetto }} {{ contraente }}")
    return made


def answer(dossier, actor, **given):
    return services.answer(dossier.pk, given, actor=actor, now=timezone.now())


def test_the_page_asks_what_this_phase_needs_and_leads_to_the_rest(client, login, author, tender):
    login(client, author)
    address = f"/fascicoli/{tender.pk}/domande/"
    now = client.get(address).content.decode()
    assert 'name="responsabile"' in now
    assert 'name="contraente"' not in now
    assert "Adesso servono 4 risposte" in now
    whole = client.get(f"{address}?parte=tutte").content.decode()
    assert 'name="contraente"' in whole
    assert "Solo le domande che servono adesso" in whole


def test_one_by_one_it_stops_where_the_rest_comes_later(client, login, author, tender):
    login(client, author)
    answer(tender, author, oggetto="strade", responsabile="Maria Prova", lavori=False)
    page = client.get(f"/fascicoli/{tender.pk}/domande/una/", follow=True)
    assert "Hai risposto a tutto ciò che serve adesso" in page.content.decode()
    tender.case.steps.update(state="done", done_on=date(2026, 11, 2))
    later = client.get(f"/fascicoli/{tender.pk}/domande/una/", follow=True)
    assert later.redirect_chain[-1][0].endswith("/domande/una/contraente/")


def test_what_another_answer_excludes_is_not_asked(client, login, author, tender):
    login(client, author)
    answer(tender, author, lavori=False)
    page = client.get(f"/fascicoli/{tender.pk}/domande/").content.decode()
    assert 'name="progetto"' not in page
    assert 'name="lavori"' in page


def test_the_dossier_and_the_law_of_its_day_offer_what_they_know(author):
    made = opened(author, asked=need("600000", kind="works", qualification="l3", urgent=True))
    offered = {**prefilling.by_law(made, LAW), **prefilling.known(made)}
    assert offered["sopra_soglia"] == "no"
    assert offered["contributo_anac"] == "410,00"
    assert offered["contributo_operatore"] == "77,00"
    assert (offered["urgente"], offered["pnrr"]) == ("si", "no")
    assert (offered["a_lotti"], offered["comune_qualificato"]) == ("no", "si")
    assert (offered["negoziata"], offered["con_inviti"]) == ("si", "si")
    Dossier.objects.filter(pk=made.pk).update(qualification="")
    older = prefilling.known(Dossier.objects.get(pk=made.pk))
    assert {"urgente", "pnrr", "comune_qualificato"}.isdisjoint(older)
    small = opened(author, asked=need("30000"), title="Carta")
    assert "contributo_anac" not in prefilling.by_law(small, LAW)
    lots = (Decimal(60000), Decimal(240000))
    divided = opened(author, asked=need("300000", lots=lots), title="Lotti")
    assert prefilling.known(divided)["a_lotti"] == "si"
    assert "lotti" not in prefilling.known(divided)  # nobody named them yet


def test_the_last_tender_of_the_body_offers_what_seldom_changes(
    client, login, author, officer, person, tender
):
    last = opened(author, asked=need("140000"), title="Gara di prima")
    answer(last, author, responsabile="Maria Prova", oggetto="le pulizie", foro="Prova")
    Answer.objects.create(
        dossier=last,
        name="luogo",
        value=None,
        given_by_id=author.person_id,
        given_at=timezone.now(),
    )
    assert remembered(author, tender) == {"responsabile": "Maria Prova", "foro": "Prova"}
    assert remembered(officer, tender) == {}
    assert remembered(person("author", None), tender) == {}
    login(client, author)
    page = client.get(f"/fascicoli/{tender.pk}/domande/").content.decode()
    assert 'value="Maria Prova"' in page
    assert "ultima gara dell" in page
    answer(tender, author, responsabile="Anna Prova")
    again = client.get(f"/fascicoli/{tender.pk}/domande/").content.decode()
    assert 'value="Anna Prova"' in again
    assert "ultima gara dell" not in again


def test_step_by_step_only_the_documents_that_come_now_are_asked(
    client, login, author, tender, lay
):
    lay(tender, "decision", "{{ oggetto }} {{ finanziamento }}")
    login(client, author)
    address = f"/fascicoli/{tender.pk}/domande/"
    assert 'name="finanziamento"' not in client.get(address).content.decode()
    done = {"state": "done", "done_on": date(2026, 11, 2)}
    tender.case.steps.filter(code__in=("rup", "conflict", "programme")).update(**done)
    page = client.get(address).content.decode()
    assert 'name="finanziamento"' in page  # the next document, though its step comes later
    assert 'name="responsabile"' not in page  # that step is over
    assert 'name="contraente"' not in page
    tender.case.steps.exclude(code="award").update(**done)
    assert 'name="contraente"' in client.get(address).content.decode()


def test_what_the_page_did_not_ask_is_neither_lost_nor_taken_back(client, login, author, tender):
    answer(tender, author, lavori=True, progetto="Di Ada")
    login(client, author)
    address = f"/fascicoli/{tender.pk}/domande/"
    client.post(address, {"oggetto": "Strade", "contraente": "Ditta di prova"})  # due later
    kept = {one.name: one.value for one in Answer.objects.filter(dossier=tender)}
    assert kept == {
        "lavori": True,
        "progetto": "Di Ada",
        "oggetto": "Strade",
        "contraente": "Ditta di prova",
    }
    client.post(address, {"oggetto": ""})
    assert Answer.objects.filter(dossier=tender, name="oggetto").latest("pk").value is None


def test_an_amount_that_nobody_verified_says_so_by_its_row(client, login, author, lay):
    made = opened(author, asked=need("120000"))
    lay(made, "rup", "{{ contributo_anac }}")
    login(client, author)
    page = client.get(f"/fascicoli/{made.pk}/domande/").content.decode()
    row = next(one for one in LAW.rows("contributions", made.notice_on) if one.value == 35)
    assert not row.is_verified
    assert f"Da verificare. {row.note}" in page
