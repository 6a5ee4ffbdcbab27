"""The permission table of dossiers, row by row. It is also its documentation."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from casa.casework.access import may_move
from casa.dossier import access, services
from casa.registry.actor import ANONYMOUS, weakened
from tests.dossier.makers import opened
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db

RIGHTS = (
    "open_a_dossier",
    "read_it",
    "write_its_data",
    "name_the_rup",
    "name_the_officer_of_the_award",
    "run_the_award",
    "award",
    "read_the_secret_list",
    "move_a_step_of_the_comune",
    "move_a_step_of_the_sua",
    "lay_a_document_of_the_comune",
    "lay_a_document_of_the_notice",
    "lay_a_document_of_the_sua",
    "close_and_reopen",
    "share_the_closed_one",
)
#   who                                  open   read   data   rup    officer run    award  list   comune sua    after  before sua    close  share
TABLE = [
    ("author of the Comune", True, True, True, True, False, False, True, False, True, False, True, False, False, True, True),
    ("administrator of the Comune", True, True, True, True, False, False, True, False, True, False, True, False, False, True, False),
    ("reader of the Comune", False, True, False, False, False, False, False, False, False, False, False, False, False, False, False),
    ("author of the SUA", True, True, True, False, True, True, True, True, False, True, False, False, True, True, True),
    ("reader of the SUA", False, True, False, False, False, False, False, False, False, False, False, False, False, False, False),
    ("author of another body", True, False, False, False, False, False, False, False, False, False, False, False, False, False, False),
    ("administrator before the second factor", False, True, False, False, False, False, False, False, False, False, False, False, False, False, False),
    ("network manager", False, False, False, False, False, False, False, False, False, False, False, False, False, False, False),
    ("somebody without a mandate", False, False, False, False, False, False, False, False, False, False, False, False, False, False, False),
    ("visitor", False, False, False, False, False, False, False, False, False, False, False, False, False, False, False),
]  # fmt: skip


@pytest.fixture
def bodies():
    sua = BodyFactory(kind="province", name="Provincia di prova")
    return BodyFactory(name="Comune di prova", province_body=sua), sua


@pytest.fixture
def people(person, bodies):
    comune, sua = bodies
    administrator = person("administrator", comune)
    return {
        "author of the Comune": person("author", comune),
        "administrator of the Comune": administrator,
        "reader of the Comune": person("reader", comune),
        "author of the SUA": person("author", sua),
        "reader of the SUA": person("reader", sua),
        "author of another body": person("author"),
        "administrator before the second factor": weakened(administrator),
        "network manager": person(network="manager"),
        "somebody without a mandate": person(),
        "visitor": ANONYMOUS,
    }


@pytest.fixture
def dossier(people, bodies):
    made = opened(people["author of the Comune"], supporter=bodies[1])
    now = timezone.now()
    services.publish(
        made.pk,
        cig="B1A2C3D4E5",
        on=now.date(),
        offers_due_at=now + timedelta(days=20),
        actor=people["author of the SUA"],
        now=now,
    )
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("row", TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(row, people, dossier):
    who, *expected = row
    actor, now = people[who], timezone.now()
    steps = {step.side: step for step in dossier.case.steps.select_related("case__office")}
    coded = {step.code: step for step in dossier.case.steps.select_related("case__office")}
    draft = type(dossier).objects.select_related("case__office").get(pk=dossier.pk)
    draft.published_on = None
    closed = type(dossier).objects.select_related("case__office").get(pk=dossier.pk)
    closed.closed_on = timezone.localdate()

    assert [
        access.may_open(actor),
        can_read(actor, dossier),
        access.may_describe(actor, draft),
        access.may_name_rup(actor, dossier),
        access.may_name_award_officer(actor, dossier),
        access.may_run_award(actor, dossier),
        access.may_award(actor, dossier),
        access.may_read_participants(actor, dossier, now),
        may_move(actor, steps["owner"]),
        may_move(actor, steps["supporter"]),
        access.may_lay(actor, dossier, coded["signing"]),
        access.may_lay(actor, dossier, coded["rup"]),
        access.may_lay(actor, dossier, coded["commission"]),
        access.may_close(actor, dossier),
        access.may_share(actor, closed),
    ] == expected


def can_read(actor, dossier) -> bool:
    try:
        access.dossier_for(actor, dossier.pk)
    except Http404:
        return False
    return True


def test_nobody_writes_the_data_of_a_published_tender(people, dossier):
    assert not access.may_describe(people["author of the SUA"], dossier)
    assert not access.may_describe(people["author of the Comune"], dossier)


def test_after_the_deadline_both_bodies_read_the_list(people, dossier):
    later = dossier.offers_due_at
    assert access.may_read_participants(people["author of the Comune"], dossier, later)
    assert access.may_read_participants(people["reader of the SUA"], dossier, later)


def test_an_open_dossier_is_not_shared_and_a_closed_one_is_not_described(people, dossier):
    assert not access.may_share(people["author of the Comune"], dossier)
    dossier.published_on, dossier.closed_on = None, timezone.localdate()
    assert not access.may_describe(people["author of the Comune"], dossier)
