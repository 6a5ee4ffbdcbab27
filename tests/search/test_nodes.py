"""Two web nodes on one machine: the second copies the index of the first while it changes."""

import random
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from casa.foundation.errors import Refused
from casa.registry.actor import ANONYMOUS
from casa.search import follower
from casa.search.engine.seam import Applied, EngineUnavailable
from casa.search.engine.tantivy import TantivyEngine
from casa.search.engine.tantivy.copying import Copyist
from casa.search.models import IndexCard
from casa.search.queries import find
from casa.search.services import withdraw_card
from tests.search.contract import NOTHING_ASKED, ask, document, keys, putter
from tests.search.makers import card
from tests.search.processes import database_url, environment, following, wait_until


@pytest.fixture
def leader(tmp_path):
    return TantivyEngine(tmp_path / "one")


@pytest.fixture
def put(leader):
    return putter(leader)


@pytest.fixture
def second(tmp_path):
    return TantivyEngine(tmp_path / "two")


@pytest.fixture
def copyist(tmp_path):
    return Copyist.between(tmp_path / "one", tmp_path / "two")


class TestCopying:
    def test_a_copy_finds_what_the_first_finds(self, put, second, copyist):
        put(document("a", "Mensa"), document("b", "Neve"))
        assert copyist.copy()
        assert keys(second, "mensa") == {"a"}
        assert second.health().applied == Applied(1, "mark-1")
        assert not copyist.copy()

    def test_only_what_is_new_is_copied(self, put, copyist, tmp_path):
        put(*(document(f"k{n}", "Mensa", text="refezione " * 300) for n in range(300)))
        copyist.copy()
        before = {path: path.stat().st_ino for path in files(tmp_path / "two")}
        put(document("b", "Neve"))
        copyist.copy()
        after = {path: path.stat().st_ino for path in files(tmp_path / "two")}
        assert sum(after.get(path) == inode for path, inode in before.items()) >= 6

    def test_deletions_come_with_the_commit(self, put, second, copyist):
        put(*(document(f"k{n}", "Mensa") for n in range(50)))
        copyist.copy()
        put(gone=["k3"])
        copyist.copy()
        assert "k3" not in second.inventory()
        assert ask(second, "mensa").total == 49

    def test_a_swap_is_followed(self, leader, put, second, copyist, tmp_path):
        put(document("a", "Mensa"))
        copyist.copy()
        leader.swap(leader.rebuild([document("b", "Mensa")], Applied(7, "x"), lambda _count: None))
        copyist.copy()
        assert keys(second, "mensa") == {"b"}
        assert len(list((tmp_path / "two").glob("*/g-*"))) == 1

    def test_a_node_started_again_copies_on(self, put, second, copyist, tmp_path):
        put(document("a", "Mensa"))
        copyist.copy()
        put(document("b", "Mensa"))
        assert Copyist.between(tmp_path / "one", tmp_path / "two").copy()
        assert keys(second, "mensa") == {"a", "b"}
        assert len(list((tmp_path / "two").glob("*/g-*"))) == 1

    def test_a_file_cut_short_by_a_power_cut_is_fetched_again(self, put, second, copyist, tmp_path):
        put(document("a", "Mensa"))
        copyist.copy()
        for path in (tmp_path / "two").glob("*/g-*/*.idx"):
            path.write_bytes(b"")
        Copyist.between(tmp_path / "one", tmp_path / "two").copy()
        assert keys(TantivyEngine(tmp_path / "two"), "mensa") == {"a"}

    def test_a_damaged_copy_is_made_anew(self, put, second, copyist, tmp_path):
        put(document("a", "Mensa"))
        copyist.copy()
        for path in (tmp_path / "two").glob("*/g-*/*.term"):
            path.write_bytes(b"\0" * path.stat().st_size)
        second.report_damage()
        assert copyist.copy()
        assert keys(TantivyEngine(tmp_path / "two"), "mensa") == {"a"}
        assert not second.is_reported_damaged()

    def test_without_a_source_the_copy_goes_on_with_what_it_has(
        self, put, second, copyist, tmp_path
    ):
        put(document("a", "Mensa"))
        copyist.copy()
        shutil.rmtree(tmp_path / "one")
        with pytest.raises(EngineUnavailable):
            copyist.copy()
        assert keys(second, "mensa") == {"a"}

    def test_the_copies_are_for_the_owner_alone(self, put, copyist, tmp_path):
        put(document("a", "Mensa"))
        copyist.copy()
        assert all(path.stat().st_mode & 0o077 == 0 for path in files(tmp_path / "two"))


class TestDisk:
    def test_neither_node_grows_while_the_same_cards_change(self, leader, put, copyist, tmp_path):
        def write(turn):
            put(*(document(f"k{n}", "Mensa", text=words(turn * 100 + n, 400)) for n in range(100)))
            copyist.copy()

        for turn in range(3):
            write(turn)
        before = [size(tmp_path / node) for node in ("one", "two")]
        for turn in range(3, 40):
            write(turn)
        after = [size(tmp_path / node) for node in ("one", "two")]
        assert after[0] < 3 * before[0]
        assert after[1] < 3 * before[1]
        assert files_named_by_nobody(leader) == set()

    def test_a_file_that_no_commit_names_is_removed(self, put, copyist, tmp_path):
        put(document("a", "Mensa"))
        copyist.copy()
        copied = next((tmp_path / "two").glob("*/g-*"))
        (copied / "0123456789abcdef0123456789abcdef.store").write_bytes(b"x" * 1000)
        for number in range(2):
            put(document(f"b{number}", "Mensa"))
            copyist.copy()
        assert not (copied / "0123456789abcdef0123456789abcdef.store").exists()


def test_a_node_that_copies_from_itself_or_beside_a_server_is_refused(settings, own_index):
    settings.SEARCH_SOURCE = str(own_index)
    with pytest.raises(Refused, match="stesso nodo"):
        follower._follower(threading.Event(), print)
    settings.SEARCH_SOURCE, settings.SEARCH_URL = "/altrove", "http://127.0.0.1:9200"
    with pytest.raises(Refused, match="escludono"):
        follower._follower(threading.Event(), print)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
class TestTwoNodes:
    def test_under_changes_and_reads_no_error_and_little_lag(self, tmp_path, own_index):
        one, two = tmp_path, tmp_path / "second"
        two.mkdir()
        with (
            following(one) as first,
            following(two, extra={"CASA_SEARCH_SOURCE": str(own_index)}) as copying,
        ):
            first.wait_for("ricostruito")
            copying.wait_for("copio l'indice")
            copy = TantivyEngine(two / "index")
            wait_until(lambda: not copy.health().problem)
            with reading(copy) as reads:
                lags = [change_and_wait(copy, number) for number in range(25)]
            shutil.rmtree(own_index)  # the first makes its index anew under the reads
            with reading(copy) as more:
                card(key="ultima", title="Mensa")
                wait_until(lambda: is_level(copy))
            assert (reads.errors, more.errors) == ([], [])
            assert reads.count > 100
            assert sorted(lags)[len(lags) // 2] < 1.0
            assert (first.stop(), copying.stop()) == (0, 0)

    def test_reindex_on_the_second_node_asks_the_first(self, tmp_path, own_index):
        card(key="a", title="Mensa")
        second = environment(tmp_path / "second", database_url())
        second["CASA_SEARCH_SOURCE"] = str(own_index)
        with following(tmp_path) as first:
            first.wait_for("ricostruito")
            command = [sys.executable, "-m", "casa.cli", "reindex"]
            done = subprocess.run(
                command, env=second, cwd=Path.cwd(), check=False, capture_output=True, text=True
            )
            assert (done.returncode, first.said().count("l'indice è ricostruito")) == (0, 2)
        assert not (tmp_path / "second" / "index").exists()


class reading:  # noqa: N801 -- used as a word
    """Read all the time, in threads, and collect what goes wrong."""

    def __init__(self, engine):
        self.engine, self.errors, self.count = engine, [], 0
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._read) for _ in range(2)]

    def _read(self):
        while not self._stop.is_set():
            try:
                ask(self.engine, NOTHING_ASKED, facets=("kind",))
                self.count += 1
            except Exception as error:  # noqa: BLE001 -- whatever it is, it is counted
                self.errors.append(error)
            time.sleep(0.001)

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_exception):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def change_and_wait(copy, number):
    """Seconds from the change to the moment the second node knows it."""
    started = time.monotonic()
    if number % 5 == 4:
        withdraw_card(key=f"k{number - 1}")
        wait_until(lambda: f"k{number - 1}" not in copy.inventory(), 5)
    else:
        card(key=f"k{number}", title=f"Procedura numero{number}")
        wait_until(lambda: keys(copy, f"numero{number}") == {f"k{number}"}, 5)
    return time.monotonic() - started


def is_level(engine):
    try:
        held = dict(engine.inventory())
    except EngineUnavailable:
        return False
    return held == dict(IndexCard.objects.alive().values_list("key", "sequence"))


def words(seed, count):
    chance = random.Random(seed)
    return " ".join(f"parola{chance.randrange(3000)}" for _ in range(count))


def files(folder):
    return [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]


def size(folder):
    return sum(path.stat().st_size for path in files(folder))


def files_named_by_nobody(engine):
    """Segments on disk that the last commit doesn't name."""
    folder = engine._shelf.current
    named = (folder / "meta.json").read_text().replace("-", "")
    found = {path.name.partition(".")[0] for path in folder.iterdir()}
    return {name for name in found if len(name) == 32 and name not in named}


def test_a_search_on_the_second_node_looks_rights_up_in_the_database(
    db, settings, own_index, tmp_path
):
    card(key="a", title="Mensa")
    follower.catch_up()
    Copyist.between(own_index, tmp_path / "two").copy()
    settings.SEARCH_DIR = tmp_path / "two"
    assert len(find(ANONYMOUS, words="mensa").hits) == 1
    card(key="a", title="Mensa", audience=["body:1"])  # the copy does not know it yet
    assert find(ANONYMOUS, words="mensa").hits == ()
