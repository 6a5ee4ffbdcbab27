"""The term for offers is never shorter than the law of the day of the notice allows."""

from datetime import UTC, date, datetime, timedelta

import pytest

from casa.dossier import services
from casa.dossier.models import Dossier
from casa.foundation.errors import Refused
from tests.dossier.makers import need, opened
from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
DAY = date(2026, 11, 25)


@pytest.fixture
def author(person):
    return person("author")


@pytest.fixture
def publish(author):
    def act(dossier, days, **more):
        due = NOW + timedelta(days=days)
        given = {"cig": "B1A2C3D4E5", "on": DAY, "offers_due_at": due, **more}
        return services.publish(dossier.pk, actor=author, now=NOW, **given)

    return act


def test_an_open_procedure_gives_thirty_days_and_fifteen_when_urgent(author, publish):
    load_the_rules()
    made = opened(author)
    Dossier.objects.update(procedure="open_procedure")
    with pytest.raises(Refused, match=r"29 giorni: .* almeno 30 \(art. 71"):
        publish(made, 29)
    with pytest.raises(Refused, match="almeno 15"):
        publish(made, 14, urgent=True)
    assert publish(made, 15, urgent=True).stage == "published"


@pytest.mark.parametrize(
    ("procedure", "least", "rule"),
    [
        ("competitive_with_negotiation", 25, "art. 73, c. 4"),
        ("competitive_dialogue", 30, "art. 74"),
        ("innovation_partnership", 30, "art. 75"),
    ],
)
def test_every_term_that_stands_in_the_rules_is_asked_for(author, publish, procedure, least, rule):
    load_the_rules()
    made = opened(author)
    Dossier.objects.update(procedure=procedure)
    for urgent in (False, True):
        with pytest.raises(Refused, match=rf"almeno {least} \({rule}.*\)\.$"):
            publish(made, least - 1, urgent=urgent)
    assert publish(made, least).stage == "published"


def test_thirty_days_are_enough(author, publish):
    load_the_rules()
    made = opened(author)
    Dossier.objects.update(procedure="open_procedure")
    assert publish(made, 30).stage == "published"


def test_where_the_law_names_no_term_none_is_asked_for(author, publish):
    load_the_rules()
    assert publish(opened(author, asked=need("150000")), 10).procedure == "negotiated_5"


def test_where_the_guide_does_not_know_nothing_is_refused(author, publish):
    made = opened(author)
    Dossier.objects.update(procedure="open_procedure")
    assert publish(made, 10).stage == "published"
