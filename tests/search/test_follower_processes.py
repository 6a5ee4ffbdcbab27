"""Followers as processes: killed, doubled, hurried, and without their database."""

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from casa.foundation.postgres.server import PrivatePostgres
from casa.registry.actor import ANONYMOUS
from casa.search import engine
from casa.search.engine.seam import EngineUnavailable
from casa.search.models import IndexCard, IndexState
from casa.search.queries import find
from casa.search.services import withdraw_card
from tests.search.makers import card
from tests.search.processes import database_url, environment, following, wait_until

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
READY = "seguo le schede"
KILLS = int(os.environ.get("BENCH_KILLS", "20"))


def is_level():
    """Whether the index holds exactly the cards."""
    try:
        held = dict(engine.current().inventory())
    except EngineUnavailable:
        return False
    return held == dict(IndexCard.objects.alive().values_list("key", "sequence"))


def change(chance):
    """One random change among twelve cards."""
    key = f"k{chance.randrange(12)}"
    if chance.random() < 0.3:
        withdraw_card(key=key)
    else:
        card(key=key, title=f"Mensa {chance.random()}", text="refezione " * chance.randrange(200))


def test_after_kills_at_any_moment_the_index_equals_the_cards(tmp_path, own_index):
    chance = random.Random(20261125)
    for kill in range(KILLS):
        if kill % 7 == 6:
            shutil.rmtree(own_index, ignore_errors=True)  # killed while it makes the index anew
        with following(tmp_path) as one:
            if kill % 7 != 6:
                one.wait_for(READY)
            end = time.monotonic() + chance.uniform(0.0, 0.7)
            while time.monotonic() < end:
                change(chance)
            one.kill()
    with following(tmp_path) as one:
        change(chance)
        one.wait_for(READY)
        wait_until(is_level)
        assert one.stop() == 0


def test_a_published_change_is_found_within_a_second(tmp_path, own_index):
    with following(tmp_path) as one:
        one.wait_for("ricostruito")
        taken = []
        for number in range(15):
            started = time.monotonic()
            card(key=f"k{number}", title=f"Procedura numero{number}")
            wait_until(
                lambda word=f"numero{number}": find(ANONYMOUS, words=word).hits, 5, every=0.01
            )
            taken.append(time.monotonic() - started)
        assert max(taken) < 1.0


def test_one_follower_at_a_time_and_the_next_takes_over(tmp_path, own_index):
    with following(tmp_path) as first:
        first.wait_for(READY)
        with following(tmp_path) as second:
            second.wait_for("aspetto il mio turno")
            card(key="a")
            wait_until(is_level)
            assert READY not in second.said()
            first.kill()
            second.wait_for(READY)
            card(key="b")
            wait_until(is_level)


def test_the_command_stops_cleanly_and_reindex_asks_the_follower(tmp_path, own_index):
    command = [sys.executable, "-m", "casa.cli"]
    card(key="a")
    with following(tmp_path, command=[*command, "follower"]) as one:
        one.wait_for(READY)
        wait_until(is_level)
        before = engine.current().health().generation
        asked = subprocess.run(
            [*command, "reindex"], env=one_environment(tmp_path), cwd=Path.cwd(), check=False,
            capture_output=True, text=True,
        )  # fmt: skip
        assert (asked.returncode, "L'indice è ricostruito" in asked.stderr) == (0, True)
        assert engine.current().health().generation != before
        assert one.stop() == 0
    alone = subprocess.run(
        [*command, "reindex"], env=one_environment(tmp_path), cwd=Path.cwd(), check=False,
        capture_output=True, text=True,
    )  # fmt: skip
    assert (alone.returncode, is_level()) == (0, True)


def one_environment(tmp_path):
    return environment(tmp_path, database_url())


FILE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "casa.settings.test"
import django
django.setup()
from django.core.management import call_command
if sys.argv[1] == "migrate":
    call_command("migrate", verbosity=0)
else:
    from tests.search.makers import card
    card(key=sys.argv[1], title="Mensa")
"""


def test_a_database_that_dies_and_comes_back_is_waited_for(own_index):
    folder = Path(tempfile.mkdtemp(prefix="casa-search-"))
    folder.chmod(0o711)
    server = PrivatePostgres(folder / "postgres", durable=True)
    data = folder / "var"
    data.mkdir()

    def do(what):
        subprocess.run(
            [sys.executable, "-c", FILE, what], env=environment(data, server.url), check=True,
            cwd=Path.cwd(),
        )  # fmt: skip

    def holds(*keys):
        try:
            return set(engine._engine_in(data / "index").inventory()) == set(keys)
        except EngineUnavailable:
            return False

    try:
        server.start()
        do("migrate")
        with following(data, server.url) as one:
            one.wait_for(READY)
            do("a")
            wait_until(lambda: holds("a"))
            os.kill(server.pid, signal.SIGKILL)
            wait_until(lambda: not server.is_alive())
            one.wait_for("il database non risponde")
            server.start()
            do("b")
            wait_until(lambda: holds("a", "b"))
            assert one.said().count("ricostruisco") == 1
    finally:
        server.stop(patience=0.0)
        shutil.rmtree(folder, ignore_errors=True)


def test_a_rebuild_killed_halfway_goes_on_where_it_was(tmp_path, own_index):
    for number in range(60):
        card(key=f"k{number}", title="Mensa", text="refezione " * 50)
    often = {"SEARCH_TEST_KEEP": "often"}
    with following(tmp_path, extra=often) as one:
        wait_until(lambda: IndexState.objects.filter(done__gte=30).exists())
        one.kill()
    assert IndexState.objects.get().aside_mark
    card(key="k3", title="Neve")
    withdraw_card(key="k4")
    with following(tmp_path) as one:
        one.wait_for(READY)
        wait_until(is_level)
        assert "riprendo" in one.said()
        assert len(list(own_index.glob("*/g-*"))) == 1
