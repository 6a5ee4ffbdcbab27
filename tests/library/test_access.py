"""The permission table of the library, row by row. It is also its documentation."""

import pytest

from casa.library import access
from casa.library.models import Entry, Kit, Version
from tests.factories import BodyFactory
from tests.library.makers import EntryFactory, VersionFactory

pytestmark = pytest.mark.django_db

RIGHTS = ("create", "write", "edit_card", "correct_headings", "review", "withdraw")
#   who                              create write  card   headings review withdraw
TABLE = [
    ("author of the body", True, True, True, True, False, False),
    ("reviewer of the body", False, False, True, False, True, True),
    ("administrator of the body", False, False, False, False, False, True),
    ("reader of the body", False, False, False, False, False, False),
    ("reviewer of its Province", False, False, False, False, True, False),
    ("author of its Province", True, False, False, False, False, False),
    ("reviewer elsewhere", False, False, False, False, False, False),
    ("network reviewer", False, False, False, False, True, False),
    ("network manager", False, False, False, False, False, True),
    ("somebody without a mandate", False, False, False, False, False, False),
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
        "author of its Province": person("author", province),
        "reviewer elsewhere": person("reviewer"),
        "network reviewer": person(network="reviewer"),
        "network manager": person(network="manager"),
        "somebody without a mandate": person(),
    }
    return body, people


@pytest.mark.parametrize(("who", *RIGHTS), TABLE, ids=[row[0] for row in TABLE])
def test_who_may_do_what(place, who, create, write, edit_card, correct_headings, review, withdraw):
    body, people = place
    version = VersionFactory(entry__body=body, state="in_review")
    actor = people[who]

    assert {
        "create": access.may_create(actor),
        "write": access.may_write(actor, version.entry),
        "edit_card": access.may_edit_card(actor, version.entry),
        "correct_headings": access.may_correct_headings(actor, version.entry),
        "review": access.may_review(actor, version),
        "withdraw": access.may_withdraw(actor, version.entry),
    } == {
        "create": create,
        "write": write,
        "edit_card": edit_card,
        "correct_headings": correct_headings,
        "review": review,
        "withdraw": withdraw,
    }


@pytest.mark.parametrize("role", ["reviewer", "author"])
def test_nobody_reviews_their_own_version(person, role):
    body = BodyFactory()
    me = person(role, body)
    version = VersionFactory(entry__body=body, author_id=me.person_id, author=None)

    assert access.may_review(me, version) is False


def test_a_network_reviewer_does_not_review_their_own_version_either(person):
    me = person(network="reviewer")
    version = VersionFactory(author_id=me.person_id, author=None)

    assert access.may_review(me, version) is False


READING_RIGHTS = ("draft", "in_review", "network", "own_body")
#   who                              draft  in review  network  own body
READING_TABLE = [
    ("author of the body", True, True, True, True),
    ("reviewer of the body", True, True, True, True),
    ("administrator of the body", True, True, True, True),
    ("reader of the body", False, False, True, True),
    ("reviewer of its Province", False, True, True, False),
    ("author of its Province", False, False, True, False),
    ("reviewer elsewhere", False, False, True, False),
    ("network reviewer", False, True, True, False),
    ("network manager", False, False, True, False),
    ("somebody without a mandate", False, False, False, False),
]


@pytest.mark.parametrize(
    ("who", *READING_RIGHTS), READING_TABLE, ids=[row[0] for row in READING_TABLE]
)
def test_who_reads_what(place, person, who, draft, in_review, network, own_body):
    body, people = place
    entries = {
        "draft": VersionFactory(entry__body=body).entry,
        "in review": VersionFactory(entry__body=body, state="in_review").entry,
        "network": _published(body, "network"),
        "own body": _published(body, "body"),
        "public": _published(body, "public"),
    }
    visible = set(Entry.objects.visible_to(people[who]))

    assert {name: entry in visible for name, entry in entries.items()} == {
        "draft": draft,
        "in review": in_review,
        "network": network,
        "own body": own_body,
        "public": True,
    }


def test_an_old_public_version_of_an_entry_now_for_the_network_is_hidden_from_visitors(person):
    entry = _published(BodyFactory(), "public")
    old = entry.current
    _publish(VersionFactory(entry=entry, audience="network"))

    assert Version.objects.visible_to(person("reader")).contains(old)
    assert not Entry.objects.visible_to(person()).contains(entry)


def test_access_rules_never_query(person, django_assert_num_queries):
    reviewer = person("reviewer", body := BodyFactory())
    version = VersionFactory(entry__body=body)

    with django_assert_num_queries(0):
        access.may_create(reviewer)
        access.may_write(reviewer, version.entry)
        access.may_edit(reviewer, version)
        access.may_edit_card(reviewer, version.entry)
        access.may_correct_headings(reviewer, version.entry)
        access.may_review(reviewer, version)
        access.may_publish_alone(reviewer, version)
        access.may_withdraw(reviewer, version.entry)


def _published(body, audience):
    version = VersionFactory(entry=EntryFactory(body=body, audience=audience))
    return _publish(version)


def _publish(version):
    """The row as a publication leaves it, without going through review."""
    version.state, version.published_at = "published", version.entry.created_at
    version.save()
    version.entry.current, version.entry.audience = version, version.audience
    version.entry.save()
    return version.entry


DERIVING_RIGHTS = ("adapt_it",)
#   who                              adapt
DERIVING_TABLE = [
    ("author of the body", False),
    ("reviewer of the body", False),
    ("administrator of the body", False),
    ("reader of the body", False),
    ("reviewer of its Province", False),
    ("author of its Province", True),
    ("reviewer elsewhere", False),
    ("network reviewer", False),
    ("network manager", False),
    ("somebody without a mandate", False),
]


@pytest.mark.parametrize(
    ("who", *DERIVING_RIGHTS), DERIVING_TABLE, ids=[row[0] for row in DERIVING_TABLE]
)
def test_who_adapts_what_a_body_published(place, who, adapt_it):
    body, people = place
    assert access.may_derive(people[who], _published(body, "public")) is adapt_it


CAMPAIGN_RIGHTS = ("open_and_close_campaigns", "see_campaigns", "say_a_text_stays")
#   who                              open   see   say
CAMPAIGN_TABLE = [
    ("author of the body", False, True, True),
    ("reviewer of the body", False, True, True),
    ("administrator of the body", False, True, False),
    ("reader of the body", False, True, False),
    ("author of its Province", False, True, False),
    ("network reviewer", True, True, False),
    ("network manager", True, True, False),
    ("somebody without a mandate", False, False, False),
]


@pytest.mark.parametrize(
    ("who", *CAMPAIGN_RIGHTS), CAMPAIGN_TABLE, ids=[row[0] for row in CAMPAIGN_TABLE]
)
def test_who_does_what_when_a_norm_changes(
    place, who, open_and_close_campaigns, see_campaigns, say_a_text_stays
):
    body, people = place
    actor = people[who]
    entry = EntryFactory(body=body)

    assert access.may_run_campaigns(actor) is open_and_close_campaigns
    assert actor.is_member is see_campaigns
    assert access.may_edit_card(actor, entry) is say_a_text_stays


CONFIRMING_RIGHTS = ("say_it_still_holds", "say_a_kit_still_holds")
#   who                              text   kit
CONFIRMING_TABLE = [
    ("author of the body", True, True),
    ("reviewer of the body", True, True),
    ("administrator of the body", True, True),
    ("reader of the body", False, False),
    ("reviewer of its Province", False, False),
    ("author of its Province", False, False),
    ("network reviewer", False, False),
    ("network manager", False, False),
    ("somebody without a mandate", False, False),
]


@pytest.mark.parametrize(
    ("who", *CONFIRMING_RIGHTS), CONFIRMING_TABLE, ids=[row[0] for row in CONFIRMING_TABLE]
)
def test_who_says_that_a_text_still_holds(place, who, say_it_still_holds, say_a_kit_still_holds):
    body, people = place
    assert access.may_confirm(people[who], EntryFactory(body=body)) is say_it_still_holds
    assert access.may_confirm_kit(people[who], Kit(body=body)) is say_a_kit_still_holds


ADOPTING_RIGHTS = ("say_we_use_it",)
#   who                              say
ADOPTING_TABLE = [
    ("author of the body", False),
    ("administrator of the body", False),
    ("author of its Province", True),
    ("administrator elsewhere", True),
    ("reviewer of its Province", False),
    ("reviewer elsewhere", False),
    ("reader elsewhere", False),
    ("network reviewer", False),
    ("network manager", False),
    ("somebody without a mandate", False),
]


@pytest.mark.parametrize(
    ("who", *ADOPTING_RIGHTS), ADOPTING_TABLE, ids=[row[0] for row in ADOPTING_TABLE]
)
def test_who_says_that_their_body_uses_it(place, person, who, say_we_use_it):
    body, people = place
    elsewhere = {f"{role} elsewhere": person(role) for role in ("administrator", "reader")}
    actor = (people | elsewhere)[who]
    assert access.may_adopt(actor, _published(body, "public")) is say_we_use_it
    assert not access.may_adopt(actor, VersionFactory(entry__body=body).entry)


VOUCHING_RIGHTS = ("validate_for_the_network", "answer_who_used_it")
#   who                              validate answer
VOUCHING_TABLE = [
    ("author of the body", False, True),
    ("reviewer of the body", False, False),
    ("administrator of the body", False, False),
    ("reader of the body", False, False),
    ("reviewer of its Province", True, False),
    ("author of its Province", False, False),
    ("reviewer elsewhere", True, False),
    ("network reviewer", True, False),
    ("network manager", False, False),
    ("somebody without a mandate", False, False),
]


@pytest.mark.parametrize(
    ("who", *VOUCHING_RIGHTS), VOUCHING_TABLE, ids=[row[0] for row in VOUCHING_TABLE]
)
def test_who_vouches_for_a_text_and_who_answers(
    place, who, validate_for_the_network, answer_who_used_it
):
    body, people = place
    version = _published(body, "public").current
    assert access.may_endorse(people[who], version) is validate_for_the_network
    assert access.may_write(people[who], version.entry) is answer_who_used_it
    assert not access.may_endorse(people[who], _published(body, "body").current)


OBLIGING_RIGHTS = ("mark_compulsory_clauses", "read_why_copies_depart", "change_clauses_here")
#   who                              mark   read   change
OBLIGING_TABLE = [
    ("author of the body", True, True, True),
    ("reviewer of the body", True, True, False),
    ("administrator of the body", False, True, False),
    ("reader of the body", False, False, False),
    ("reviewer of its Province", False, False, False),
    ("author of its Province", False, False, False),
    ("network reviewer", False, False, False),
    ("network manager", False, False, False),
    ("somebody without a mandate", False, False, False),
]


@pytest.mark.parametrize(
    ("who", *OBLIGING_RIGHTS), OBLIGING_TABLE, ids=[row[0] for row in OBLIGING_TABLE]
)
def test_who_says_what_is_compulsory_who_reads_why_it_was_changed_and_who_changes(
    place, who, mark_compulsory_clauses, read_why_copies_depart, change_clauses_here
):
    body, people = place
    entry = _published(body, "public")
    assert access.may_oblige(people[who], entry) is mark_compulsory_clauses
    assert not access.may_oblige(people[who], VersionFactory(entry__body=body).entry)
    assert access.may_read_departures(people[who], entry) is read_why_copies_depart
    assert access.may_rewrite(people[who], entry) is change_clauses_here
