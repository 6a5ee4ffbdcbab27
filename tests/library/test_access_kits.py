"""The permission table of kits and of imports, row by row. It is also its documentation."""

import pytest

from casa.library import access
from casa.library.models import ImportRun, Kit
from tests.factories import BodyFactory
from tests.library.makers import NOON, PillarFactory

pytestmark = pytest.mark.django_db

KITS_RIGHTS = ("edit", "reopen", "review", "withdraw", "import", "publish_unreviewed")
#   who                              edit  reopen  review withdraw import unreviewed
KITS_TABLE = [
    ("author of the body", True, True, False, False, True, False),
    ("reviewer of the body", False, False, True, True, False, False),
    ("administrator of the body", False, False, False, True, False, False),
    ("reader of the body", False, False, False, False, False, False),
    ("reviewer of its Province", False, False, True, False, False, False),
    ("reviewer elsewhere", False, False, False, False, False, False),
    ("network reviewer", False, False, True, False, False, False),
    ("network manager", False, False, False, True, False, True),
    ("somebody without a mandate", False, False, False, False, False, False),
]

READING_KITS_RIGHTS = ("draft", "in_review", "network", "own_body", "public", "imports")
#   who                             draft  in review network own body public imports
READING_KITS_TABLE = [
    ("author of the body", True, True, True, True, True, True),
    ("reviewer of the body", True, True, True, True, True, False),
    ("administrator of the body", True, True, True, True, True, False),
    ("reader of the body", False, False, True, True, True, False),
    ("reviewer of its Province", False, True, True, False, True, False),
    ("reviewer elsewhere", False, False, True, False, True, False),
    ("network reviewer", False, True, True, False, True, False),
    ("network manager", False, False, True, False, True, False),
    ("somebody without a mandate", False, False, False, False, True, False),
]


@pytest.fixture
def place(person):
    """A Comune with its Province, and everybody who could come to its door."""
    province = BodyFactory(kind="province")
    body = BodyFactory(province_body=province)
    people = {
        "author of the body": person("author", body),
        "reviewer of the body": person("reviewer", body),
        "administrator of the body": person("administrator", body),
        "reader of the body": person("reader", body),
        "reviewer of its Province": person("reviewer", province),
        "reviewer elsewhere": person("reviewer"),
        "network reviewer": person(network="reviewer"),
        "network manager": person(network="manager"),
        "somebody without a mandate": person(),
    }
    return body, people


def a_kit(body, author, **fields):
    state = fields.pop("state", "draft")
    reviewed = state == "published" and fields.get("audience") != "body"
    return Kit.objects.create(
        slug=f"kit-{Kit.objects.count()}",
        title="Kit",
        object="Caso.",
        pillar=PillarFactory(),
        body=body,
        office=body.offices.get(),
        author_id=author,
        editor_ids=[author],
        state=state,
        reviewer_id=fields.pop("reviewer", None) if reviewed else None,
        created_at=NOON,
        published_at=NOON if state == "published" else None,
        review_by=NOON if state == "published" else None,
        **{"audience": "public", **{k: v for k, v in fields.items() if k != "reviewer"}},
    )


@pytest.mark.parametrize("row", KITS_TABLE, ids=[row[0] for row in KITS_TABLE])
def test_who_may_do_what(place, person, row):
    body, people = place
    actor, someone = people[row[0]], person().id
    draft = a_kit(body, someone)
    shared = a_kit(body, someone, state="published", reviewer=person().id)

    assert (
        access.may_edit_kit(actor, draft),
        access.may_reopen_kit(actor, shared),
        access.may_review_kit(actor, draft),
        access.may_withdraw_kit(actor, shared),
        access.may_import(actor),
        access.may_publish_unreviewed(actor),
    ) == row[1:]
    assert not access.may_edit_kit(actor, shared)
    assert not access.may_reopen_kit(actor, draft)


@pytest.mark.parametrize("row", READING_KITS_TABLE, ids=[row[0] for row in READING_KITS_TABLE])
def test_who_reads_what(place, person, row):
    body, people = place
    someone, other = person().id, person().id
    shared = {"state": "published", "reviewer": other}
    kits = [
        a_kit(body, someone),
        a_kit(body, someone, state="in_review"),
        a_kit(body, someone, audience="network", **shared),
        a_kit(body, someone, audience="body", **shared),
        a_kit(body, someone, **shared),
    ]
    run = ImportRun.objects.create(
        name="a.csv", manifest="x", body=body, person_id=someone, rows=1, started_at=NOON
    )
    actor = people[row[0]]

    visible = set(Kit.objects.visible_to(actor))
    imports = ImportRun.objects.visible_to(actor).contains(run)

    assert (*(kit in visible for kit in kits), imports) == row[1:]


def test_nobody_reviews_their_own_kit(person):
    body = BodyFactory()
    for me in (person("reviewer", body), person(network="reviewer")):
        assert not access.may_review_kit(me, a_kit(body, me.person_id, state="in_review"))
