"""The follower in this process: order, rebuilds, and what makes it rebuild."""

import shutil
import threading

import pytest
from django.db import connection, transaction

from casa.search import engine, follower, indexing
from casa.search.engine.seam import Asked, EngineBusy, EngineUnavailable, Sort
from casa.search.models import IndexCard, IndexState
from casa.search.query import parse
from casa.search.services import withdraw_card
from tests.search.makers import card


def inventory():
    return dict(engine.current().inventory())


def cards():
    return dict(IndexCard.objects.alive().values_list("key", "sequence"))


def generation():
    return engine.current().health().generation


@pytest.fixture
def told(monkeypatch):
    """What a follower says while it catches up."""
    said = []

    def catch_up():
        one = follower.Follower(threading.Event(), said.append)
        while one.step():
            pass

    monkeypatch.setattr(follower, "catch_up", catch_up)
    return said


def test_changes_are_applied_and_forgotten(index):
    for number in range(5):
        card(key=f"k{number}", title=f"Mensa {number}")
    index()
    assert inventory() == cards()
    withdraw_card(key="k0")
    card(key="k1", title="Altro")
    index()
    assert inventory() == cards()
    assert len(inventory()) == 4


def test_more_than_a_batch_is_applied_in_order(index, monkeypatch):
    index()
    monkeypatch.setattr(indexing, "BATCH", 7)
    for number in range(30):
        card(key=f"k{number}", title=f"Mensa {number}")
    index()
    assert inventory() == cards()


def test_long_texts_make_small_batches(index, monkeypatch):
    index()
    monkeypatch.setattr(indexing, "BATCH_CHARACTERS", 10)
    for number in range(5):
        card(key=f"k{number}", text="parole lunghe assai")
    assert len(indexing._next_cards(0)) == 1
    index()
    assert inventory() == cards()


def test_nothing_new_writes_nothing(index):
    card()
    index()
    before = engine.current()._shelf.signature()
    index()
    assert engine.current()._shelf.signature() == before


@pytest.mark.parametrize("removed", ["all", "generation", "link", "meta"])
def test_a_missing_index_is_made_again(index, own_index, removed):
    card()
    index()
    if removed == "all":
        shutil.rmtree(own_index)
    for path in own_index.glob("tantivy-*/g-*"):
        if removed == "generation":
            shutil.rmtree(path)
        if removed == "meta":
            (path / "meta.json").unlink()
    for path in own_index.glob("tantivy-*/current"):
        if removed == "link":
            path.unlink()
    assert engine.current().health().problem
    index()
    assert inventory() == cards()


def test_an_index_of_an_older_kind_is_made_again_and_the_old_one_goes(index, own_index):
    card()
    index()
    (kind,) = own_index.iterdir()
    kind.rename(own_index / "tantivy-0123456789ab")
    index()
    assert inventory() == cards()
    assert [path.name for path in own_index.iterdir()] == [kind.name]


def test_a_report_of_damage_is_heeded(index):
    card()
    index()
    before = generation()
    engine.current().report_damage()
    index()
    assert generation() != before
    assert inventory() == cards()


def test_a_wish_is_heeded(index):
    card()
    index()
    before = generation()
    indexing.ask_for_rebuild()
    index()
    assert generation() != before
    assert not IndexState.objects.get().rebuild_wanted


def test_a_database_behind_the_index_is_noticed(index, told):
    card(key="a")
    card(key="b")
    follower.catch_up()
    IndexCard.objects.filter(key="b").delete()  # as a restored backup has it
    follower.catch_up()
    assert inventory() == cards()
    assert "il database non è quello" in "\n".join(told[-3:])


def test_a_restored_database_that_grew_past_the_index_is_noticed(index, told):
    """The numbers alone would not tell: the marks do."""
    card(key="a", title="Prima")
    follower.catch_up()
    backup = IndexState.objects.get()
    card(key="b", title="Perduta")
    follower.catch_up()
    card(key="c", title="Perduta anche lei")
    follower.catch_up()
    IndexCard.objects.exclude(key="a").delete()
    backup.save()
    for number in range(5):
        card(key=f"k{number}", title="Nuova")
    follower.catch_up()
    assert inventory() == cards()
    assert "il database non è quello" in "\n".join(told[-3:])


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
def test_a_crash_around_the_commit_changes_nothing(index, monkeypatch, moment):
    index()
    first = generation()
    card(key="a")
    index_now = engine.current()
    commit = index_now.commit

    def crash(applied):
        if moment == "after the commit":
            commit(applied)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(index_now, "commit", crash)
        with pytest.raises(KeyboardInterrupt):
            index()
    index_now._writer.forget()
    index()
    assert inventory() == cards()
    assert generation() == first  # no rebuild was needed


def test_a_rebuild_that_fails_leaves_the_old_index(index, monkeypatch):
    card()
    index()
    before = generation()
    indexing.ask_for_rebuild()

    def fail(*_args):
        raise EngineUnavailable("disk full")

    with monkeypatch.context() as patch:
        patch.setattr("casa.search.engine.tantivy.Build", fail)
        with pytest.raises(EngineUnavailable):
            index()
    assert generation() == before
    assert inventory() == cards()
    assert not IndexState.objects.get().is_rebuilding


def test_an_inspection_sees_cards_that_vanished(index):
    card(key="a")
    card(key="b")
    index()
    applied = indexing.present()
    indexing.inspect(applied)
    IndexCard.objects.filter(key="a").delete()
    with pytest.raises(EngineUnavailable, match="2 documents for 1 cards"):
        indexing.inspect(applied)


def test_a_busy_writer_is_waited_for(index, own_index):
    card(key="a")
    index()
    other = engine._engine_in.__wrapped__(own_index)
    other.delete(["nothing"])
    card(key="b")
    with pytest.raises(EngineBusy):
        index()
    other._writer.forget()
    index()
    assert inventory() == cards()


@pytest.mark.django_db(transaction=True)
def test_a_number_taken_early_and_committed_late_is_not_skipped(own_index):
    follower.catch_up()
    numbered, may_commit = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            card(key="slow")
            numbered.set()
            may_commit.wait(5)
        connection.close()

    def quick():
        card(key="quick")
        connection.close()

    threads = [threading.Thread(target=slow), threading.Thread(target=quick)]
    threads[0].start()
    assert numbered.wait(5)
    threads[1].start()
    follower.catch_up()
    assert inventory() == {}
    may_commit.set()
    for thread in threads:
        thread.join(5)
    follower.catch_up()
    assert inventory() == cards()
    assert set(inventory()) == {"slow", "quick"}


def test_readers_never_see_a_gap_while_indexes_are_swapped(index):
    for number in range(50):
        card(key=f"k{number}", title=f"Mensa {number}")
    index()
    tree, seen, stop = parse("mensa"), [], threading.Event()

    def read():
        while not stop.is_set():
            found = engine.current().search(
                Asked(tree, tree), access=frozenset({"pub"}), filters={}, facets=("kind",),
                sort=Sort.RELEVANCE, offset=0, limit=10,
            )  # fmt: skip
            seen.append((found.total, found.counts["kind"]["model"]))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(15):
        indexing.ask_for_rebuild()
        card(key=f"k{number}", title=f"Mensa rifatta {number}")
        index()
    stop.set()
    for reader in readers:
        reader.join()
    assert len(seen) > 50
    assert set(seen) == {(50, 50)}


class TestResuming:
    """A rebuild that was stopped halfway, in this process."""

    @pytest.fixture(autouse=True)
    def keep_often(self, monkeypatch):
        monkeypatch.setattr("casa.search.engine.tantivy.building.KEEP_SECONDS", -1.0)
        monkeypatch.setattr("casa.search.engine.tantivy.building.REPORT_EVERY", 5)

    def stop_halfway(self):
        def report(done, _total):
            if done >= 15:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            indexing.rebuild(None, report)

    def test_it_goes_on_where_it_was_and_ends_level(self, db):
        for number in range(20):
            card(key=f"k{number}", title="Mensa")
        self.stop_halfway()
        card(key="k0", title="Neve")
        withdraw_card(key="k1")
        card(key="k19", title="Neve")
        told = []
        indexing.rebuild(None, lambda done, _total: told.append(done))
        assert told[0] > 10
        assert inventory() == cards()
        follower.catch_up()
        assert inventory() == cards()

    def test_one_that_was_asked_anew_begins_anew(self, db):
        for number in range(20):
            card(key=f"k{number}", title="Mensa")
        self.stop_halfway()
        indexing.ask_for_rebuild()
        told = []
        indexing.rebuild(None, lambda done, _total: told.append(done))
        assert told[0] == 5

    def test_one_of_another_database_begins_anew(self, db):
        for number in range(20):
            card(key=f"k{number}", title="Mensa")
        self.stop_halfway()
        IndexState.objects.update(aside_mark="altro")
        told = []
        indexing.rebuild(None, lambda done, _total: told.append(done))
        assert told[0] == 5

    def test_what_is_asked_during_one_is_done_after_it(self, db):
        card(key="a", title="Mensa")
        follower.catch_up()
        indexing.ask_for_rebuild()
        indexing.rebuild(indexing.present(), lambda _done, _total: indexing.ask_for_rebuild())
        assert IndexState.objects.get().rebuild_wanted
        follower.catch_up()
        assert not IndexState.objects.get().rebuild_wanted
