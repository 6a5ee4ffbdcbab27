"""Who may bring files in, see them, take them out: the permission table of the room."""

import pytest
from django.http import Http404

from casa.intake import access, queries
from casa.intake.models import Upload
from casa.registry.actor import ANONYMOUS, SYSTEM, weakened
from tests.factories import BodyFactory
from tests.intake.makers import inspected, receive

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("read_once")]
RIGHTS = ("bring_in", "see", "take_out", "use", "clean")
TABLE = [
    ("author of the body", True, True, True, True, True),
    ("reviewer of the body", True, True, True, True, True),
    ("administrator of the body", True, True, True, True, True),
    ("reader of the body", False, True, True, False, False),
    ("administrator without second factor", False, True, True, False, False),
    ("author of another body", False, False, False, False, False),
    ("network manager", False, False, False, False, False),
    ("network reviewer", False, False, False, False, False),
    ("anonymous", False, False, False, False, False),
    ("system", False, False, False, False, False),
]


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def actors(person, body):
    return {
        "author of the body": person("author", body),
        "reviewer of the body": person("reviewer", body),
        "administrator of the body": person("administrator", body),
        "reader of the body": person("reader", body),
        "author of another body": person("author", BodyFactory()),
        "network manager": person(network="manager"),
        "network reviewer": person(network="reviewer"),
        "administrator without second factor": weakened(person("administrator", body)),
        "anonymous": ANONYMOUS,
        "system": SYSTEM,
    }


@pytest.mark.parametrize(("who", *RIGHTS), TABLE)
def test_the_permission_table_holds(actors, body, who, bring_in, see, take_out, use, clean):
    actor = actors[who]
    made = inspected(actors["author of the body"])
    upload = Upload.objects.with_outcome().get(pk=made.pk)
    assert access.may_upload(actor, body.pk) == bring_in
    assert Upload.objects.visible_to(actor).exists() == see
    assert access.may_download(actor, upload) == take_out
    assert Upload.objects.usable_by(actor).exists() == use
    assert access.may_clean(actor, upload) == clean


def test_nobody_takes_out_what_is_not_cleared_or_has_macros(actors):
    waiting = receive(actors["author of the body"], "a.txt")
    rejected = inspected(actors["author of the body"], "b.txt", b"")
    blocked = inspected(actors["author of the body"], "c.txt")
    blocked.findings.create(code="macros", severity="blocking", message="x")
    for upload in Upload.objects.with_outcome():
        assert not access.may_download(actors["author of the body"], upload)
    reasons = {access.why_not_downloadable(upload) for upload in Upload.objects.with_outcome()}
    assert len(reasons) == len({waiting, rejected, blocked})


def test_only_what_passed_the_inspection_is_cleaned_and_each_refusal_says_why(actors):
    waiting = receive(actors["author of the body"], "a.txt")
    rejected = inspected(actors["author of the body"], "b.txt", b"")
    author, reader = actors["author of the body"], actors["reader of the body"]
    assert not access.may_clean(author, waiting)
    assert not access.may_clean(author, rejected)
    assert "ancora in controllo" in access.why_not_clean(author, waiting)
    assert "rifiutato" in access.why_not_clean(author, rejected)
    assert "mandato di redazione" in access.why_not_clean(reader, rejected)


def test_what_is_not_visible_does_not_exist(actors):
    upload = receive(actors["author of the body"])
    assert access.upload_for(actors["reader of the body"], upload.token) == upload
    for who in ("author of another body", "network manager", "anonymous"):
        with pytest.raises(Http404):
            access.upload_for(actors[who], upload.token)


def test_rules_never_query(actors, django_assert_num_queries):
    receive(actors["author of the body"])
    upload = Upload.objects.with_outcome().get()
    with django_assert_num_queries(0):
        for actor in actors.values():
            access.may_upload(actor, upload.body_id)
            access.may_download(actor, upload)
            access.may_clean(actor, upload)


def test_the_list_shows_the_files_of_the_body_acted_for(person, body, actors):
    upload = receive(actors["author of the body"])
    receive(actors["author of another body"])
    assert list(queries.uploads_of(actors["reader of the body"])) == [upload]
    assert list(queries.uploads_of(ANONYMOUS)) == []
    assert queries.waiting_count() == 2


def test_only_offices_of_a_writing_mandate_are_offered(person, body, actors):
    assert list(queries.offices_of(actors["author of the body"])) == list(body.offices.all())
    assert list(queries.offices_of(actors["reader of the body"])) == []
    assert list(queries.offices_of(ANONYMOUS)) == []
