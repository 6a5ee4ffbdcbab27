"""Who reads and changes the days of a tender, row by row."""

import pytest
from django.utils import timezone

from casa.dossier.models import Dossier
from casa.dossier.queries.timing import timing_of
from casa.dossier.services.timing import Plan, plan_days
from casa.foundation.errors import Refused
from casa.registry.actor import ANONYMOUS, weakened
from tests.guide.makers import load_the_rules

pytestmark = pytest.mark.django_db

TIMES_RIGHTS = ("read_the_days", "change_them")
TIMES_TABLE = [
    ("author of the Comune", True, True),
    ("reader of the Comune", True, False),
    ("author of the SUA", True, True),
    ("reader of the SUA", True, False),
    ("author of another body", False, False),
    ("administrator before the second factor", True, False),
    ("network manager", False, False),
    ("visitor", False, False),
]


@pytest.fixture
def people(person, comune, author, officer):
    return {
        "author of the Comune": author,
        "reader of the Comune": person("reader", comune),
        "author of the SUA": officer,
        "reader of the SUA": person("reader", comune.province_body),
        "author of another body": person("author"),
        "administrator before the second factor": weakened(person("administrator", comune)),
        "network manager": person(network="manager"),
        "visitor": ANONYMOUS,
    }


@pytest.mark.parametrize("row", TIMES_TABLE, ids=[row[0] for row in TIMES_TABLE])
def test_who_may_do_what_with_the_days(row, people, dossier):
    load_the_rules()
    who, reads, changes = row
    actor, now = people[who], timezone.now()
    assert Dossier.objects.visible_to(actor).exists() is reads
    plan = Plan(backward=False, day=timezone.localdate(now))
    if changes:
        assert plan_days(dossier.pk, plan, actor=actor, now=now).saved_by_id == actor.person_id
        return
    with pytest.raises(Refused):
        plan_days(dossier.pk, plan, actor=actor, now=now)
    assert timing_of(dossier, today=timezone.localdate(now)).is_proposed
