"""The whole house at the end of a mandate: after every way of ending it nothing is without an owner."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casa.casework.models import Step
from casa.dossier.models import Dossier
from casa.dossier.services.naming import RUP
from casa.library.models import Adoption
from casa.notices.models import Duty, Follow
from casa.notices.services.attesting import HAND_OVER, ask_administrators
from casa.registry.models import HandOverLine, Mandate, Office
from casa.registry.queries.succession import ownerless, plan_of
from casa.registry.services.handing_over import ALL, hand_over
from casa.registry.services.settling import settle_expired
from casa.search.models import SavedSearch
from tests.factories import BodyFactory, MandateFactory, OfficeFactory
from tests.library.makers import EntryFactory, VersionFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def office(comune):
    """An office beside the default one, where the leaver works alone."""
    return OfficeFactory(body=comune, name="Ufficio gare")


@pytest.fixture
def leaver(comune, office, author, dossier, person):
    """An author with texts, drafts, a tender, an act to do, follows and a search of their own."""
    mandate = MandateFactory(body=comune, office=office, role="author")
    who = mandate.person
    entry = EntryFactory(body=comune, office=office, title="Capitolato mense")
    VersionFactory(entry=entry, author=who)
    Adoption.objects.create(
        entry=EntryFactory(), body=comune, office=office, state="in_use",
        since="2026-01-01", confirmed_on="2026-01-01",
    )  # fmt: skip
    Dossier.objects.filter(pk=dossier.pk).update(rup=who)
    dossier.case.office = office
    dossier.case.save(update_fields=["office"])
    step = dossier.case.steps.filter(side="owner").first()
    Step.objects.filter(pk=step.pk).update(state="doing", moved_by=who)
    Duty.objects.filter(office__body=comune).update(office=office)
    Follow.objects.create(
        person=who,
        key="x:y:1",
        title="Una cosa",
        url="/",
        feed_token="s",
        created_at=timezone.now(),
    )
    SavedSearch.objects.create(
        person=who, name="Verde", words="verde", feed_token="t", created_at=timezone.now()
    )
    return mandate


def codes(mandate, actor, now):
    plan = plan_of(mandate, actor, on=timezone.localdate(now))
    return {step.part.code: len(step.things) for step in plan.steps}


def own(mandate, person):
    """The actor behind a mandate made here."""
    from casa.registry.actor import actor_for

    return actor_for(mandate.person, on=timezone.localdate())


def test_every_room_says_what_the_mandate_holds(leaver, person, comune, now):
    held = {
        "library.texts": 1,
        "library.drafts": 1,
        "library.adoptions": 1,
        "dossier.cases": 1,
        "dossier.officers": 1,
        "dossier.steps": 1,
        "notices.duties": 1,
    }
    private = {"notices.follows": 1, "search.saved": 1}

    assert codes(leaver, person("administrator", comune), now) == held
    assert codes(leaver, own(leaver, person), now) == held | private


def test_one_colleague_takes_everything(leaver, author, person, comune, office, now):
    boss = person("administrator", comune)
    done = hand_over(
        mandate=leaver, choices={ALL: f"person:{author.person_id}"}, on=None, actor=boss, now=now
    )

    default = comune.offices.get(is_default=True)
    assert ownerless(on=timezone.localdate(now)) == []
    assert Dossier.objects.get().rup_id == author.person_id
    assert Dossier.objects.get().case.office == default
    assert Office.objects.get(pk=office.pk).entries.count() == 0
    assert set(Duty.objects.open().values_list("office", flat=True)) == {default.pk}
    version = comune.entries.get().versions.get()
    assert version.author_id == author.person_id
    assert {leaver.person_id, author.person_id} <= set(version.editor_ids)
    assert {line.way for line in done.lines.all()} == {"person", "stays"}
    assert Follow.objects.get().person_id == leaver.person_id  # nobody else passes them on


def test_who_leaves_passes_the_private_things_on_without_their_secrets(leaver, author, person, now):
    me = own(leaver, person)
    done = hand_over(
        mandate=leaver,
        choices={
            ALL: f"person:{author.person_id}",
            "notices.follows": f"person:{author.person_id}",
            "search.saved": "stopped",
        },
        on=None,
        actor=me,
        now=now,
    )

    follow = Follow.objects.get()
    assert (follow.person_id, follow.feed_token) == (author.person_id, "")
    assert not SavedSearch.objects.exists()
    private = done.lines.filter(private=True)
    assert [line.titles for line in private] == [[], []]


def test_part_by_part_to_an_office_and_to_nobody_yet(leaver, person, comune, now):
    boss = person("administrator", comune)
    default = comune.offices.get(is_default=True)
    shelves = ("library.texts", "library.adoptions", "dossier.cases", "notices.duties")
    choices = dict.fromkeys(shelves, f"office:{default.pk}")
    hand_over(
        mandate=leaver,
        choices=choices | {"dossier.officers": "stopped"},
        on=None,
        actor=boss,
        now=now,
    )

    assert ownerless(on=timezone.localdate(now)) == []
    left = Dossier.objects.get()
    assert left.rup is None
    duty = Duty.objects.open().get(kind=RUP)
    assert (duty.office, duty.url) == (default, f"/fascicoli/{left.pk}/responsabili/")
    assert comune.entries.get().office == default
    assert comune.entries.get().versions.get().author_id == leaver.person_id


def test_a_mandate_that_ran_out_is_owed_until_somebody_does_it(leaver, author, person, comune, now):
    boss = person("administrator", comune)
    today = timezone.localdate(now)
    Mandate.objects.filter(pk=leaver.pk).update(ends_on=today - DAY)
    settle_expired(now=now)
    ask_administrators(now=now)
    owed = Duty.objects.open().get(kind=HAND_OVER)
    assert owed.office.body == comune
    assert leaver.person.family_name not in owed.title
    assert ownerless(on=today)

    leaver.refresh_from_db()
    hand_over(
        mandate=leaver, choices={ALL: f"person:{author.person_id}"}, on=None, actor=boss, now=now
    )
    ask_administrators(now=now)

    assert not Duty.objects.open().filter(kind=HAND_OVER).exists()
    assert ownerless(on=today) == []


def test_who_works_on_by_another_mandate_keeps_what_is_theirs(leaver, person, comune, now):
    MandateFactory(person=leaver.person, body=comune, role="reviewer")

    held = codes(leaver, person("administrator", comune), now)

    assert set(held) == {"library.texts", "library.adoptions", "dossier.cases", "notices.duties"}


def test_the_last_person_of_a_body_gives_it_to_the_network(person, now, client, login):
    body = BodyFactory(name="Comune di una persona")
    boss = person("administrator", body)
    EntryFactory(body=body)
    login(client, boss)
    mandate = Mandate.objects.get(person_id=boss.person_id)
    page = reverse("entrance:leave", args=[mandate.pk])

    assert client.post(page, {}).status_code == 422
    answer = client.post(page, {"part-registry.administrator": "network"}, follow=True)

    assert answer.redirect_chain[-1][0] == reverse("entrance:receipt", args=[mandate.pk])
    assert "alla gestione della rete" in answer.content.decode()
    assert HandOverLine.objects.get(part="library.texts").way == "office"
    assert ownerless(on=timezone.localdate(now)) == []


def test_each_part_costs_the_same_with_one_thing_and_with_five(
    leaver, person, comune, office, now, django_assert_max_num_queries
):
    boss = person("administrator", comune)
    for more in (0, 4):
        EntryFactory.create_batch(more, body=comune, office=office)
        with django_assert_max_num_queries(14):
            plan_of(leaver, boss, on=timezone.localdate(now))
