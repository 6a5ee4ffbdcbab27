"""Acts of a tender done twice, too late, or in another order than the law has them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from casa.dossier import services
from casa.dossier.models import Dossier
from casa.dossier.prepare import prepare
from casa.foundation.errors import Refused
from casa.guide.choosing import Need
from casa.guide.queries import advise
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
TODAY = date(2026, 11, 25)
CIG = "B1A2C3D4E5"


@pytest.fixture
def author(person):
    load_the_rules()
    return person("author", BodyFactory())


def opened(author, *, amount="120000", title="Refezione", now=NOW):
    need = Need(kind="services", amount=Decimal(amount), on=TODAY)
    wish = services.Wish(title=title, need=need, advice=advise(need))
    return services.open_dossier(wish, actor=author, now=now)


def signed(author):
    """A direct award from the verification to the contract."""
    pk = opened(author).pk
    services.verify(pk, on=TODAY, actor=author, now=NOW)
    services.award(pk, on=TODAY, cig=CIG, actor=author, now=NOW)
    services.sign(pk, on=TODAY, actor=author, now=NOW)
    return pk


def test_a_double_click_opens_one_dossier(author):
    first = opened(author)
    assert opened(author) == first
    assert opened(author, title="Un'altra") != first
    later = opened(author, now=NOW + timedelta(days=1))
    assert later != first


def test_what_is_awarded_or_signed_goes_back_to_no_earlier_stage(author):
    pk = signed(author)
    later = NOW + timedelta(days=5)
    acts = [
        lambda: services.verify(pk, on=TODAY + timedelta(days=4), actor=author, now=later),
        lambda: services.award(pk, on=TODAY, cig="Z9Z9Z9Z9Z9", actor=author, now=later),
    ]
    for act in acts:
        with pytest.raises(Refused):
            act()
    dossier = Dossier.objects.get(pk=pk)
    assert (dossier.stage, dossier.cig, dossier.signed_on) == ("signed", CIG, TODAY)


def test_the_award_does_not_change_the_cig_of_a_published_tender(author):
    pk = opened(author, amount="180000").pk
    due = NOW + timedelta(days=20)
    services.publish(pk, cig=CIG, on=TODAY, offers_due_at=due, actor=author, now=NOW)
    later = due + timedelta(days=10)
    day = later.date()
    services.name_commission(pk, on=day, actor=author, now=later)
    services.verify(pk, on=day, actor=author, now=later)

    with pytest.raises(Refused):
        services.award(pk, on=day, cig="Z9Z9Z9Z9Z9", actor=author, now=later)

    services.award(pk, on=day, cig=CIG, actor=author, now=later)
    with pytest.raises(Refused):
        services.name_commission(pk, on=day, actor=author, now=later)
    assert Dossier.objects.get(pk=pk).stage == "awarded"


def test_the_day_is_that_of_italy_also_after_midnight(author):
    pk = opened(author).pk
    midnight = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # half past midnight of the 25th
    services.verify(pk, on=TODAY, actor=author, now=midnight)
    assert Dossier.objects.get(pk=pk).verified_on == TODAY


def test_the_tenders_of_a_demonstration_go_with_it_and_others_stay(person, author):
    demo = BodyFactory(is_demo=True)
    opened(person("author", demo))
    kept = opened(author)

    services.remove_demo(body_ids=[demo.pk, author.acting_for])

    assert Dossier.objects.get() == kept


def test_the_trail_of_the_comune_does_not_tell_how_many_operators_there_are(person, author):
    province = BodyFactory(kind="province")
    runner = person("author", province)
    need = Need(kind="services", amount=Decimal(180000), on=TODAY)
    wish = services.Wish(title="Gara", need=need, advice=advise(need), supporter=province)
    pk = services.open_dossier(wish, actor=author, now=NOW).pk

    for name in ("Impresa Uno", "Impresa Due"):
        services.list_participant(pk, role="invited", name=name, actor=runner, now=NOW)

    lines = TrailLine.objects.filter(act="dossier.dossier.listed")
    assert {line.body_id for line in lines} == {province.pk}
    assert "Impresa" not in str([line.details for line in lines])


def test_the_house_opens_where_the_guide_does_not_know_the_law_of_the_demonstration(person):
    person("author", BodyFactory(is_demo=True, kind="municipality"))
    told = []

    prepare(told.append)

    assert not Dossier.objects.exists()
    assert "la guida non sa dire la procedura" in told[-1]
