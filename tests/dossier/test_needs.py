"""What was told to the guide stays with the dossier: procedure, checks and days read it."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from django.core.cache import cache
from django.utils import timezone

from casa.dossier import services
from casa.dossier.checking import need_of, of_procedure
from casa.dossier.models import Dossier, Timetable
from casa.dossier.queries.checking import cases_told, facts_of
from casa.dossier.queries.timing import timing_of
from casa.dossier.services.timing import Plan, plan_days
from casa.foundation.errors import Refused
from casa.guide.choosing import advise
from casa.registry.models import TrailLine
from tests.dossier.makers import LAW, ON, need, opened
from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def rules():
    cache.clear()
    load_the_rules()


def told(dossier, asked, actor):
    now = timezone.now()
    return services.tell_need(dossier.pk, asked, advise(asked, LAW), actor=actor, now=now)


def wished(author, procedure, why="", **more):
    asked = need(**more)
    wish = services.Wish(
        title="Gara", need=asked, advice=advise(asked, LAW), procedure=procedure, why=why
    )
    return services.open_dossier(wish, actor=author, now=timezone.now())


def test_what_was_told_to_the_guide_is_kept(author):
    made = opened(
        author,
        asked=need("150000", qualification="sf2", urgent=True, pnrr=True, cross_border=True),
    )
    assert cases_told(Dossier.objects.get(pk=made.pk)) == {
        "qualification": "sf2", "urgent": True, "pnrr": True, "cross_border": True, "social": False,
    }  # fmt: skip
    assert made.procedure == "open_procedure"
    assert timing_of(made, today=ON).asked.urgent
    assert not Timetable.objects.exists()


def test_another_procedure_that_the_law_allows_may_be_chosen(author):
    made = wished(author, "restricted_procedure", "Molti operatori.", amount="300000")
    assert made.procedure == "restricted_procedure"
    assert made.procedure_why.endswith("Molti operatori.")
    assert made.case.steps.filter(code="candidates").exists()
    assert wished(author, "open_procedure", amount="150000").procedure == "open_procedure"


def test_a_case_of_the_law_is_named_and_a_closed_procedure_refused(author):
    with pytest.raises(Refused, match="scrivi perché questo lo è"):
        wished(author, "negotiated_without_notice", "  ", amount="300000")
    with pytest.raises(Refused, match="qui non si può usare"):
        wished(author, "direct_award", "Abbiamo fretta", amount="300000")
    with pytest.raises(Refused, match="non la conosce"):
        wished(author, "lottery", "Per sorte", amount="300000")
    made = wished(author, "negotiated_without_notice", "Un solo operatore.", amount="300000")
    assert {"premise", "operators"} <= set(made.case.steps.values_list("code", flat=True))
    assert checked(made) == [
        "La gara va chiesta a un ente qualificato, ma nel fascicolo nessuno aiuta l'ente."
    ]


def checked(dossier) -> list[str]:
    """What the check of the procedure says of a dossier."""
    facts = facts_of(dossier, [])
    return [one.text for one in of_procedure(facts, advise(need_of(facts), LAW), LAW)]


def test_a_need_that_changes_asks_the_guide_anew_and_keeps_the_steps(author, dossier):
    asked = need("150000", qualification="sf3", cross_border=True, pnrr=True)
    changed = told(dossier, asked, author)
    assert (changed.cross_border, changed.pnrr) == (True, True)
    assert changed.procedure == "negotiated_5"
    found = checked(changed)
    assert len(found) == 1
    assert "interesse transfrontaliero certo" in found[0]
    assert told(dossier, asked, author) == changed
    assert TrailLine.objects.filter(act="dossier.dossier.told").count() == 1


def test_the_qualification_told_decides_who_in_the_checks(author):
    made = opened(author, asked=need("300000", qualification="sf3"))
    assert checked(made) == []
    changed = told(made, need("300000"), author)
    assert changed.who == "ask_sua"
    assert "ente qualificato" in checked(changed)[0]
    Dossier.objects.filter(pk=made.pk).update(qualification="", who="self")
    assert checked(Dossier.objects.get(pk=made.pk)) == []


def test_neither_strangers_nor_anybody_after_the_notice_changes_a_need(author, dossier, person):
    stranger = person("author", None)
    with pytest.raises(Refused):
        told(dossier, need("160000"), stranger)
    now, today = timezone.now(), timezone.localdate()
    Dossier.objects.filter(pk=dossier.pk).update(
        published_on=today, cig="B1A2C3D4E5", offers_due_at=now + timedelta(days=20)
    )
    with pytest.raises(Refused, match="rettifica"):
        told(dossier, need("160000"), author)


def test_the_page_shows_and_changes_the_need(client, login, author):
    made = opened(author, asked=need("150000", qualification="sf3", urgent=True))
    login(client, author)
    page = client.get(f"/fascicoli/{made.pk}/").content.decode()
    assert "Qualificazione SF3" in page
    assert "C&#x27;è urgenza" in page or "C'è urgenza" in page
    address = f"/fascicoli/{made.pk}/bisogno/"
    form = client.get(address).content.decode()
    assert 'value="150000,00"' in form
    assert "Importi dei lotti" not in form
    sent = {
        "importo": "300.000", "cpv": "55523100", "giorno": "2026-12-01",
        "qualificazione": "none", "pnrr": "on",
    }  # fmt: skip
    answer = client.post(address, sent, follow=True).content.decode()
    assert "Bisogno salvato." in answer
    made.refresh_from_db()
    assert (made.amount, made.cpv, made.notice_on) == (
        Decimal(300000),
        "55523100",
        date(2026, 12, 1),
    )
    assert (made.pnrr, made.urgent, made.qualification) == (True, False, "none")
    wrong = client.post(address, {**sent, "importo": "tanto"})
    assert wrong.status_code == 422
    assert "non è un importo" in wrong.content.decode()


def test_what_nobody_told_is_asked_and_not_supposed(client, login, author):
    made = opened(author, asked=need("150000", qualification="sf3"))
    type(made).objects.update(qualification="", procedure="social_light_regime")
    login(client, author)
    address = f"/fascicoli/{made.pk}/bisogno/"
    sent = {"importo": "160.000", "cpv": "55523100", "giorno": "2026-12-01"}
    refused = client.post(address, sent)
    made.refresh_from_db()
    assert refused.status_code == 422
    assert (made.qualification, made.amount) == ("", Decimal(150000))
    assert client.get(address).context["form"]["sociale"].initial is True


def test_lots_are_the_amount_and_works_are_no_social_service(client, login, author):
    lots = (Decimal(60000), Decimal(240000))
    made = opened(author, asked=need("300000", kind="works", qualification="l3", lots=lots))
    login(client, author)
    address = f"/fascicoli/{made.pk}/bisogno/"
    form = client.get(address).content.decode()
    assert 'name="importo"' not in form
    assert 'name="sociale"' not in form
    client.post(address, {"giorno": "2026-12-01", "qualificazione": "l2", "urgente": "on"})
    made.refresh_from_db()
    assert (made.amount, made.qualification, made.urgent) == (Decimal(300000), "l2", True)


def test_the_page_of_the_guide_hands_its_need_to_a_new_dossier(client, login, author, rules):
    login(client, author)
    asked = "tipo=services&importo=120000&cpv=55523100&urgente=on&qualificazione=sf3"
    answer = client.get(f"/guida/procedura/?{asked}").content.decode()
    assert f"/fascicoli/nuovo/?{asked.replace('&', '&amp;')}" in answer
    form = client.get(f"/fascicoli/nuovo/?{asked}&oggetto=Mensa").content.decode()
    assert 'value="120000"' in form
    assert 'value="Mensa"' in form
    assert form.count(" checked") == 2  # kind and urgency
    client.logout()
    assert "/fascicoli/nuovo/" not in client.get(f"/guida/procedura/?{asked}").content.decode()


def test_a_notice_of_prior_information_shortens_the_term_of_offers_in_its_time(author, rules):
    made = opened(author, asked=need("300000", qualification="sf3"))
    today = date(2026, 11, 2)

    def offers(sent):
        plan = Plan(backward=False, day=today, prior_notice_on=sent)
        plan_days(made.pk, plan, actor=author, now=timezone.now())
        return timing_of(made, today=today).timeline.day("offers")

    assert offers(None).least == 30
    notice = timing_of(made, today=today).timeline.day("notice").on
    for days, least in ((34, 30), (35, 15), (365, 15), (366, 30)):
        found = offers(notice - timedelta(days=days))
        assert found.least == least, days
        assert any("preinformazione" in note for note in found.notes)
    offers(notice - timedelta(days=60))
    due = timezone.make_aware(datetime.combine(notice, time(12)))
    with pytest.raises(Refused, match="almeno 15"):
        publish(made, author, notice, due + timedelta(days=14))
    assert publish(made, author, notice, due + timedelta(days=15)).published_on == notice


def publish(made, actor, on, due):
    now = timezone.now()
    return services.publish(
        made.pk, cig="B1A2C3D4E5", on=on, offers_due_at=due, actor=actor, now=now
    )


def test_where_no_shortest_term_is_verified_the_days_say_so(author):
    made = opened(author, asked=need("800000", cpv="55523100", qualification="sf2"))
    assert made.procedure == "social_light_regime"
    notes = timing_of(made, today=ON).timeline.day("offers").notes
    assert any("non ha un termine minimo verificato" in note for note in notes)
