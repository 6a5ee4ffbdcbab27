"""The news of the source where rights, two people, or the worker meet."""

from datetime import timedelta

import pytest

from casa.foundation.errors import Refused
from casa.library import queries, services
from casa.library.models import Basis, Derivation, Taking, Version
from casa.library.services.announcing import announce, sweep_announcements
from casa.library.services.taking import carry_out
from casa.notices.models import Duty, Follow, News
from casa.notices.services import follow
from casa.notices.things import Thing
from casa.registry.trail import key_of
from tests.library.makers import NOON
from tests.library.test_taking import BASE, family, made, needs_jail, publish  # noqa: F401

pytestmark = pytest.mark.django_db
SECRET = "La mensa serve chi diciamo noi."


def narrowed(family, tmp_path):  # noqa: F811
    """The Province takes its text back for itself, a reviewer agreeing."""
    shared = family["shared"] | {"audience": "body"}
    lines = [SECRET, "I pasti sono locali.", BASE[2]]
    source = family["source"]
    return publish(source, family["writer"], made(tmp_path, lines, source.body), **shared)


def choose(family, choice, *, actor=None):  # noqa: F811
    trio = queries.trio_of(family["copy"])
    rows = queries.desk_of_news(trio, None).rows
    taking = services.keep_choices(
        entry=family["copy"],
        trio=trio,
        choices={row.key: choice for row in rows},
        texts={},
        actor=actor or family["author"],
        now=NOON,
    )
    return taking, queries.desk_of_news(trio, taking)


def finish(family, taking, desk, *, actor=None):  # noqa: F811
    actor = actor or family["author"]
    services.finish_choices(taking=taking, desk=desk, actor=actor, now=NOON)


def test_what_the_source_kept_for_itself_is_no_news_for_its_copies(
    client,
    login,
    family,  # noqa: F811
    tmp_path,
):
    version = narrowed(family, tmp_path)
    announce(version_id=version.pk, now=NOON)

    assert not Duty.objects.exists()
    assert queries.trio_of(family["copy"]) is None
    login(client, family["author"])
    page = client.get(f"{family['copy'].get_absolute_url()}novita/").content.decode()
    assert "chi diciamo noi" not in page
    assert Derivation.objects.get(entry=family["copy"]).behind == 0


def test_a_copy_that_publishes_is_not_behind_what_it_may_not_read(family, tmp_path):  # noqa: F811
    narrowed(family, tmp_path)
    copy = family["copy"]

    publish(copy, family["author"], made(tmp_path, BASE, family["comune"]))

    assert Derivation.objects.get(entry=copy).behind == 0


@needs_jail
def test_the_worker_takes_nothing_that_was_taken_back_meanwhile(family, tmp_path):  # noqa: F811
    taking, desk = choose(family, "take")
    finish(family, taking, desk)
    Taking.objects.update(theirs=narrowed(family, tmp_path))

    carry_out(taking_id=taking.pk, now=NOON)

    assert Taking.objects.get().state == "failed"
    assert family["copy"].versions.count() == 2


def test_choices_that_a_colleague_changed_meanwhile_are_not_finished(person, family):  # noqa: F811
    taking, desk = choose(family, "keep")
    choose(family, "take", actor=person("author", family["comune"]))

    with pytest.raises(Refused, match="Intanto"):
        finish(family, taking, desk)

    assert Taking.objects.get().state == "open"
    assert set(Taking.objects.get().choices.values()) == {"take"}


def test_choices_about_a_text_that_was_replaced_meanwhile_are_not_finished(
    family,  # noqa: F811
    tmp_path,
):
    taking, desk = choose(family, "keep")
    publish(family["copy"], family["author"], made(tmp_path, BASE, family["comune"]))

    with pytest.raises(Refused, match="Intanto"):
        finish(family, taking, desk)

    assert Derivation.objects.get(entry=family["copy"]).behind == 1


def test_a_double_click_finishes_once(family):  # noqa: F811
    taking, desk = choose(family, "take")
    finish(family, taking, desk)
    Taking.objects.update(changed_at=NOON - timedelta(minutes=1))

    finish(family, taking, desk)

    assert Taking.objects.get().state == "working"


@needs_jail
def test_the_worker_does_not_write_over_a_version_published_meanwhile(
    family,  # noqa: F811
    tmp_path,
):
    taking, desk = choose(family, "take")
    finish(family, taking, desk)
    mended = ["La mensa serve tutti.", *BASE[1:]]
    publish(family["copy"], family["author"], made(tmp_path, mended, family["comune"]))

    carry_out(taking_id=taking.pk, now=NOON)

    row = Taking.objects.get()
    assert (row.state, family["copy"].versions.count()) == ("failed", 3)
    assert "Intanto" in row.problem


@needs_jail
def test_long_texts_are_written_like_short_ones(family):  # noqa: F811
    taking, _desk = choose(family, "keep")
    key = next(iter(taking.choices))
    Taking.objects.update(
        state="working", choices={**taking.choices, key: "write"}, texts={key: "è così " * 25_000}
    )

    carry_out(taking_id=taking.pk, now=NOON)

    assert not Taking.objects.exists(), Taking.objects.get().problem


def test_a_bug_surfaces_once_and_what_was_chosen_stays(family):  # noqa: F811
    taking, _desk = choose(family, "write")
    Taking.objects.update(state="working", texts=["no texts by key"])

    with pytest.raises(AttributeError):
        carry_out(taking_id=taking.pk, now=NOON)

    row = Taking.objects.get()
    assert (row.state, row.choices) == ("failed", taking.choices)
    assert services.sweep_takings(now=NOON + timedelta(hours=2)) == 0


def test_names_that_no_database_takes_are_no_choices(client, login, family):  # noqa: F811
    login(client, family["author"])
    address = f"{family['copy'].get_absolute_url()}novita/"

    answer = client.post(address, {"scelta:a\x00b": "keep", "testo:a\x00b": "x", "atto": "salva"})

    assert answer.status_code == 302


def test_two_workers_tell_of_a_version_once(family):  # noqa: F811
    announce(version_id=family["latest"].pk, now=NOON)
    announce(version_id=family["latest"].pk, now=NOON)
    assert News.objects.count() == 1


def test_a_duty_that_asked_for_no_act_goes_when_the_news_are_seen(family):  # noqa: F811
    Duty.objects.all().delete()
    Basis.objects.filter(version=family["copy"].current)
    announce(version_id=family["latest"].pk, now=NOON)
    Duty.objects.update(kind="library.source_untouched")
    taking, desk = choose(family, "keep")

    finish(family, taking, desk)

    assert not Duty.objects.open().exists()


def test_a_demonstration_that_goes_leaves_nothing_to_do_or_to_follow(person, family):  # noqa: F811
    announce(version_id=family["latest"].pk, now=NOON)
    source, copy = family["source"], family["copy"]
    reader = person("reader", family["comune"])
    for one in (source, copy):
        thing = Thing(key_of(one), one.title, one.get_absolute_url())
        follow(thing=thing, cadence="weekly", actor=reader, now=NOON)
    type(source.body).objects.filter(pk=source.body_id).update(is_demo=True)

    services.remove_demo(body_ids=[source.body_id])

    assert not Duty.objects.open().exists()
    assert [one.key for one in Follow.objects.all()] == [key_of(copy)]
    assert not News.objects.about(key_of(source)).exists()


def test_what_a_text_that_was_withdrawn_owed_goes_with_it(person, family):  # noqa: F811
    announce(version_id=family["latest"].pk, now=NOON)
    copy = family["copy"]

    services.withdraw_entry(
        entry=copy,
        reason="Non serve.",
        successor=None,
        actor=person("administrator", family["comune"]),
        now=NOON,
    )
    services.leave_withdrawn(copy, now=NOON)

    assert not Duty.objects.open().exists()


def test_a_page_about_older_texts_is_not_saved_and_keeps_what_was_chosen(
    client,
    login,
    family,  # noqa: F811
    tmp_path,
):
    login(client, family["author"])
    address = f"{family['copy'].get_absolute_url()}novita/"
    trio = queries.trio_of(family["copy"])
    rows = queries.desk_of_news(trio, None).rows
    source = family["source"]
    lines = ["La mensa serve solo gli anziani.", "I pasti sono locali.", BASE[2]]
    publish(source, family["writer"], made(tmp_path, lines, source.body), **family["shared"])

    said = {f"scelta:{row.key}": "keep" for row in rows}
    answer = client.post(address, {**said, "letto": trio.mark, "atto": "fine"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Intanto uno dei due testi è cambiato" in page
    assert f'name="scelta:{rows[0].key}" value="keep" checked' in page
    assert not Taking.objects.exists()


def test_a_version_that_a_killed_process_left_untold_is_told_after_all(family):  # noqa: F811
    versions = Version.objects.published().count()
    announce(version_id=family["latest"].pk, now=NOON)

    assert sweep_announcements(now=NOON) == 0
    assert sweep_announcements(now=NOON + timedelta(minutes=11)) == versions - 1
    assert sweep_announcements(now=NOON + timedelta(days=3)) == 0
