"""Telling, following, owing and doing."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.notices import acts, queries, services
from casa.notices.models import Duty, Follow, News, Notice
from casa.notices.services import Owed, Told
from casa.notices.things import Thing, thing_of
from casa.registry.actor import ANONYMOUS
from casa.registry.models import Person, TrailLine
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
THING = Thing("library:entry:1", "Convenzione tipo", "/biblioteca/convenzione/")
TAG = Thing("library:tag:mensa", "mensa", "/biblioteca/?etichetta=mensa")


def follow(actor, thing=THING, cadence="weekly"):
    return services.follow(thing=thing, cadence=cadence, actor=actor, now=NOW)


def tell(*, keys=(THING.key,), token="pub", now=NOW):
    told = Told(keys=keys, kind="library.published", title="Nuova versione", url="/x/", token=token)
    news = services.tell(told, now=now)
    services.spread(news_id=news.pk, now=now)
    return news


def owed(office, key="library:entry:1", **more):
    given = {
        "office_id": office.pk,
        "kind": "test.duty",
        "key": key,
        "title": "Da confermare",
        "url": "/biblioteca/prova/",
        "action": "Apri la scheda",
        **more,
    }
    return Owed(**given)


@pytest.fixture
def office():
    return BodyFactory().offices.get()


@pytest.fixture
def confirming():
    done = []

    def run(duty, actor, now):
        done.append((duty.key, actor.id))
        return "Confermato: è ancora valido."

    act = acts.Act(code="conferma", label="Confermo", question="È ancora valido?", run=run)
    acts.register("test.duty", act)
    yield done
    acts._acts.pop("test.duty")


def test_who_follows_two_of_the_things_is_told_once_and_as_soon_as_they_wish(person):
    reader = person("reader")
    follow(reader, cadence="here")
    follow(reader, TAG, cadence="at_once")

    news = tell(keys=[THING.key, TAG.key])
    services.spread(news_id=news.pk, now=NOW)

    (notice,) = Notice.objects.all()
    assert (notice.person_id, notice.cadence) == (reader.id, "at_once")


def test_nobody_else_is_told(person):
    follow(person("reader"), TAG)
    tell()
    assert not Notice.objects.exists()


def test_what_one_may_not_read_is_not_shown(person, office):
    stranger, colleague = person("reader"), person("reader", office.body)
    follow(stranger)
    follow(colleague)

    tell(token=f"body:{office.body_id}")

    assert not queries.notices_of(stranger).exists()
    assert queries.notices_of(colleague).count() == 1


def test_following_again_only_changes_the_pace(person):
    reader = person("reader")
    follow(reader)
    follow(reader, cadence="at_once")
    assert [row.cadence for row in Follow.objects.all()] == ["at_once"]


def test_strangers_and_those_without_a_body_follow_nothing(person):
    for actor in (ANONYMOUS, person()):
        with pytest.raises(Refused):
            follow(actor)


def test_a_thing_cannot_be_made_up():
    assert thing_of(THING.token) == THING
    with pytest.raises(signing.BadSignature):
        thing_of(THING.token[:-1] + ("A" if THING.token[-1] != "A" else "B"))


def test_an_open_duty_is_brought_up_to_date_and_a_settled_one_stands(office):
    services.owe(owed(office), now=NOW)
    services.owe(owed(office, notes=["tocca l'art. 5"]), now=NOW)
    assert [duty.notes for duty in Duty.objects.all()] == [["tocca l'art. 5"]]

    assert services.settle(kind="test.duty", key=THING.key, outcome="Fatto.", now=NOW) == 1
    services.owe(owed(office), now=NOW)

    assert Duty.objects.count() == 2
    assert Duty.objects.open().count() == 1


def test_a_duty_that_says_the_same_is_not_mailed_again(office):
    services.owe(owed(office), now=NOW)
    Duty.objects.update(mailed_at=NOW)

    services.owe(owed(office), now=NOW + timedelta(days=1))
    assert Duty.objects.get().mailed_at == NOW

    services.owe(owed(office, title="Da confermare subito"), now=NOW + timedelta(days=1))
    assert Duty.objects.get().mailed_at is None


@pytest.mark.parametrize("count", [1, 500])
def test_many_offices_are_reminded_with_few_questions(count, office, django_assert_num_queries):
    every = [owed(office, key=f"library:entry:{n}") for n in range(count)]
    services.owe(*every, now=NOW)
    with django_assert_num_queries(3):  # the savepoint, what is open, the savepoint's end
        services.owe(*every, now=NOW)
    assert Duty.objects.count() == count


def test_an_act_is_done_once_and_stands_in_the_trail(person, office, confirming):
    services.owe(owed(office), now=NOW)
    duty, author = Duty.objects.get(), person("author", office.body)

    services.act_by_hand(duty=duty, code="conferma", actor=author, now=NOW)
    with pytest.raises(Refused, match="Già fatto"):
        services.act_by_hand(duty=duty, code="conferma", actor=author, now=NOW)

    assert confirming == [(THING.key, author.id)]
    assert Duty.objects.get().outcome == "Confermato: è ancora valido."
    line = TrailLine.objects.get(act="notices.duty.settled")
    assert (line.person_id, line.details["by_link"]) == (author.id, False)


def test_others_and_unknown_acts_are_refused(person, office, confirming):
    services.owe(owed(office), now=NOW)
    duty = Duty.objects.get()
    for actor, code in ((person("author"), "conferma"), (person("author", office.body), "altro")):
        with pytest.raises(Refused):
            services.act_by_hand(duty=duty, code=code, actor=actor, now=NOW)
    assert confirming == []


def test_a_link_works_once_and_only_as_long_as_the_duty_stands(office, confirming):
    services.owe(owed(office), now=NOW)
    duty = Duty.objects.get()
    token = services.link_of(duty, "conferma").rstrip("/").rpartition("/")[2]

    services.owe(owed(office, title="Altro"), now=NOW + timedelta(hours=1))
    with pytest.raises(Refused, match="cambiato"):
        services.act_by_link(token=token, now=NOW)

    token = services.link_of(Duty.objects.get(), "conferma").rstrip("/").rpartition("/")[2]
    services.act_by_link(token=token, now=NOW)
    with pytest.raises(Refused, match="Già fatto"):
        services.act_by_link(token=token, now=NOW)
    with pytest.raises(signing.BadSignature):
        services.act_by_link(token=token[:-2], now=NOW)
    assert confirming == [(THING.key, None)]


def test_old_news_go_with_their_notices(person):
    follow(person("reader"))
    tell(now=NOW - timedelta(days=400))
    tell(now=NOW - timedelta(days=300))

    services.forget_old(now=NOW)

    assert (News.objects.count(), Notice.objects.count()) == (1, 1)


def test_a_demonstration_that_goes_takes_its_duties_and_follows_along(person):
    demo, real = BodyFactory(is_demo=True), BodyFactory()
    reader = person("reader", real)
    actress = person("reader", demo)
    Person.objects.filter(pk=actress.id).update(is_demo=True)
    for actor in (reader, actress):
        follow(actor)
    tell()
    services.owe(*(owed(body.offices.get()) for body in (demo, real)), now=NOW)

    services.remove_demo(body_ids=[demo.pk, real.pk])

    assert Duty.objects.get().office.body == real
    assert Follow.objects.get().person_id == reader.id
    assert Notice.objects.get().person_id == reader.id


def test_what_a_person_followed_goes_when_their_log_in_is_closed(person):
    gone, away, here = (person("reader") for _ in range(3))
    for actor in (gone, away, here):
        follow(actor)
    tell()
    Person.objects.filter(pk=gone.id).update(is_active=False, email="")
    Person.objects.filter(pk=away.id).update(is_active=False)

    services.forget_old(now=NOW)

    kept = {away.id, here.id}
    assert set(Follow.objects.values_list("person_id", flat=True)) == kept
    assert set(Notice.objects.values_list("person_id", flat=True)) == kept


def test_news_that_a_killed_process_left_are_told_after_all(person):
    follow(person("reader"))
    told = Told(keys=[THING.key], kind="test", title="Nuova versione", url="/x/", token="pub")
    services.tell(told, now=NOW)  # no worker: the transaction of a test never ends

    assert services.spread_left(now=NOW + timedelta(minutes=1)) == 0
    assert services.spread_left(now=NOW + timedelta(minutes=3)) == 1
    assert services.spread_left(now=NOW + timedelta(minutes=3)) == 0


def test_a_long_title_beside_a_long_name_is_told_and_owed_all_the_same(office):
    long = "«" + "Convenzione " * 40
    told = Told(keys=[THING.key], kind="test", title=long, url="/x/", token="pub")

    news = services.tell(told, now=NOW)
    for _ in range(2):
        services.owe(owed(office, title=long), now=NOW)

    news.refresh_from_db()
    duty = Duty.objects.get()
    assert [len(one.title) for one in (news, duty)] == [300, 300]
    assert duty.title.endswith("…")
    assert duty.changed_at == NOW
