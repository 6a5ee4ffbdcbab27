"""The private server: started, stopped, killed and started again, with the real programs."""

import fcntl
import os
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from casa.foundation.postgres import (
    AlreadyRunning,
    CannotStart,
    PrivatePostgres,
    hands_on_database,
)
from casa.foundation.postgres.account import server_account
from casa.foundation.postgres.cluster import ORIGIN, forsaken_clusters
from casa.foundation.postgres.sockets import SHORT, _prefix
from casa.foundation.processes import is_running


@pytest.fixture
def data() -> Iterator[Path]:
    """A folder the server's account may pass through, which pytest's own is not."""
    house = Path(tempfile.mkdtemp(prefix="casa-postgres-test-"))
    house.chmod(0o711)
    yield house / "postgres"
    for socket_folder in SHORT.glob(f"{_prefix(house / 'postgres')}*"):
        shutil.rmtree(socket_folder)
    shutil.rmtree(house)


@pytest.fixture
def server(data: Path) -> Iterator[PrivatePostgres]:
    server = PrivatePostgres(data, durable=False)
    yield server
    server.stop()


def ask(url: str, question: str) -> object:
    with psycopg.connect(url, autocommit=True) as link:
        row = link.execute(question).fetchone()
        return row[0] if row else None


def wait_until(fact, *, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    while not fact():
        assert time.monotonic() < deadline, "it never became true"
        time.sleep(0.02)


def in_another_process(data: Path, then: str) -> subprocess.Popen[str]:
    """Start the server from another Python, which prints its pid and then does as told."""
    code = f"""
        import os, signal, time
        from pathlib import Path
        from casa.foundation.postgres import PrivatePostgres
        server = PrivatePostgres(Path({str(data)!r}), durable=False)
        server.start()
        print(server.pid, flush=True)
        {then}
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_a_new_house_gets_an_empty_database_that_reads_italian(server: PrivatePostgres) -> None:
    url = server.start()
    assert ask(url, "SELECT current_database()") == "casa"
    assert ask(url, "SELECT lower('PERCHÉ È COSÌ')") == "perché è così"
    assert ask(url, "SHOW server_encoding") == "UTF8"


def test_the_role_of_the_house_may_add_what_it_needs_and_is_no_superuser(
    server: PrivatePostgres,
) -> None:
    url = server.start()
    with psycopg.connect(url, autocommit=True) as link:
        for extension in ("unaccent", "pg_trgm", "btree_gist"):
            link.execute(f"CREATE EXTENSION {extension}")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute("COPY (SELECT 1) TO PROGRAM 'true'")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute("CREATE ROLE intruder SUPERUSER")


def test_data_and_socket_are_closed_to_everybody_else(server: PrivatePostgres, data: Path) -> None:
    folder = Path(server.start().partition("host=")[2])
    for place in (data.resolve(), folder):
        facts = place.stat()
        assert stat.S_IMODE(facts.st_mode) == 0o700
        assert facts.st_uid == server_account().uid
    assert len(str(folder / ".s.PGSQL.5432")) <= 100


def test_it_listens_on_no_network_port(server: PrivatePostgres) -> None:
    assert ask(server.start(), "SHOW listen_addresses") == ""


@pytest.mark.may_skip("account")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can speak as another account")
def test_another_account_is_turned_away_even_with_the_socket_in_reach(
    server: PrivatePostgres,
) -> None:
    url = server.start()
    folder = Path(url.partition("host=")[2])
    folder.chmod(0o755)
    (folder / ".s.PGSQL.5432").chmod(0o777)
    code = f"""
import os, psycopg
os.setgid(65534); os.setuid(65534)
try:
    psycopg.connect({url!r})
except psycopg.OperationalError as refusal:
    print("peer" in str(refusal).lower())
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True", done.stdout + done.stderr


def test_stopping_leaves_no_process_no_socket_and_keeps_the_data(server: PrivatePostgres) -> None:
    url = server.start()
    pid, folder = server.pid, Path(url.partition("host=")[2])
    with psycopg.connect(url) as link:
        link.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    server.stop()
    assert not is_running(pid)
    assert not folder.exists()
    assert ask(server.start(), "SELECT answer FROM kept") == 42


def test_stopping_twice_or_before_starting_does_no_harm(server: PrivatePostgres) -> None:
    server.stop()
    server.start()
    server.stop()
    server.stop()


def test_a_client_in_the_middle_of_a_transaction_does_not_hold_up_the_end(
    server: PrivatePostgres,
) -> None:
    link = psycopg.connect(server.start())
    link.execute("SELECT 1")
    began = time.monotonic()
    server.stop()
    assert time.monotonic() - began < 5
    with pytest.raises(psycopg.OperationalError):
        link.execute("SELECT 1")


def test_after_kill_9_it_starts_again_at_the_same_address(server: PrivatePostgres) -> None:
    url = server.start()
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not server.is_alive())
    assert server.returncode() == -signal.SIGKILL
    assert server.start() == url
    assert ask(url, "SELECT 1") == 1


def test_a_question_still_under_way_does_not_hold_up_the_start_after_kill_9(
    server: PrivatePostgres,
) -> None:
    url = server.start()
    endless = "SELECT count(*) FROM generate_series(1, 100000000000)"
    asker = subprocess.Popen(
        [sys.executable, "-c", f"import psycopg; psycopg.connect({url!r}).execute({endless!r})"],
        stderr=subprocess.DEVNULL,
    )
    busy = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series(1, 1000%'"
    wait_until(lambda: ask(url, f"{busy} AND pid <> pg_backend_pid()") == 1)
    os.kill(server.pid, signal.SIGKILL)
    wait_until(lambda: not server.is_alive())
    began = time.monotonic()
    assert ask(server.start(), "SELECT 1") == 1
    assert time.monotonic() - began < 8
    assert asker.wait(timeout=5) != 0


def test_when_its_starter_is_killed_it_closes_by_itself(data: Path) -> None:
    other = in_another_process(data, "os.kill(os.getpid(), signal.SIGKILL)")
    pid = int(other.stdout.readline())
    assert other.wait() == -signal.SIGKILL
    wait_until(lambda: not is_running(pid))
    assert not (data.resolve() / "postmaster.pid").exists()


def test_after_kill_9_of_starter_and_server_the_next_start_is_clean(
    server: PrivatePostgres, data: Path
) -> None:
    then = "os.kill(server.pid, signal.SIGKILL); os.kill(os.getpid(), signal.SIGKILL)"
    in_another_process(data, then).wait()
    assert (data.resolve() / "postmaster.pid").exists()
    assert ask(server.start(), "SELECT 1") == 1


def test_an_orphan_that_still_runs_is_closed_before_the_next_start(
    server: PrivatePostgres, data: Path
) -> None:
    """The lock is let go without closing: what a starter leaves that dies unheard."""
    lets_go = "server._lock.close(); time.sleep(60)"
    other = in_another_process(data, lets_go)
    orphan = int(other.stdout.readline())
    try:
        wait_until(lambda: _lock_is_free(data))
        url = server.start()
        assert not is_running(orphan)
        assert ask(url, "SELECT 1") == 1
    finally:
        other.kill()
        other.wait()


def _lock_is_free(data: Path) -> bool:
    with data.with_name("postgres.lock").open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def test_a_stale_note_with_the_number_of_an_innocent_process_does_not_block(
    server: PrivatePostgres, data: Path
) -> None:
    server.start()
    server.stop()
    innocent = subprocess.Popen(["sleep", "60"])
    note = data.resolve() / "postmaster.pid"
    note.write_text(f"{innocent.pid}\n{data.resolve()}\n1\n5432\n/tmp/gone\n\n0 0\nready\n")
    try:
        assert ask(server.start(), "SELECT 1") == 1
        assert innocent.poll() is None
    finally:
        innocent.kill()
        innocent.wait()


def test_two_owners_of_the_same_data_are_refused_with_the_number_of_the_first(
    server: PrivatePostgres, data: Path
) -> None:
    server.start()
    with pytest.raises(AlreadyRunning, match=rf"già in uso dal processo {os.getpid()}"):
        PrivatePostgres(data).start()
    assert server.is_alive()


def test_a_command_uses_the_running_server_and_leaves_it_running(
    server: PrivatePostgres, data: Path
) -> None:
    url = server.start()
    with hands_on_database(data) as borrowed:
        assert borrowed == url
    assert server.is_alive()


def test_a_command_starts_the_server_when_the_house_is_closed_and_stops_it(data: Path) -> None:
    with hands_on_database(data) as url:
        assert ask(url, "SELECT 1") == 1
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)


def test_a_start_cut_short_in_the_first_minute_is_repeated(
    server: PrivatePostgres, data: Path
) -> None:
    (data.parent / "postgres.new" / "base").mkdir(parents=True)
    assert ask(server.start(), "SELECT 1") == 1


def test_a_folder_with_other_things_in_it_is_left_alone(
    server: PrivatePostgres, data: Path
) -> None:
    data.mkdir()
    (data / "tesi.doc").write_text("cara")
    with pytest.raises(CannotStart, match="non sono un database"):
        server.start()
    assert (data / "tesi.doc").read_text() == "cara"


def test_data_of_a_version_without_programs_are_named(server: PrivatePostgres, data: Path) -> None:
    data.mkdir()
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(CannotStart, match="PostgreSQL 9 "):
        server.start()


def test_a_damaged_setting_gives_the_servers_own_words(server: PrivatePostgres, data: Path) -> None:
    server.start()
    server.stop()
    (data.resolve() / "postgresql.conf").write_text("nonsense = 1\n")
    began = time.monotonic()
    with pytest.raises(CannotStart, match="nonsense"):
        server.start()
    assert time.monotonic() - began < 8


@pytest.mark.may_skip("account")
@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders closed to the server")
def test_data_below_a_folder_closed_to_the_server_are_kept_in_its_own_home(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    closed = tmp_path_factory.mktemp("closed")
    closed.chmod(0o700)
    server = PrivatePostgres(closed / "postgres", durable=False)
    try:
        assert ask(server.start(), "SELECT 1") == 1
        home = server.data.readlink()
        assert home.parent == Path("/var/lib/casa-postgres/data")
        assert home not in forsaken_clusters()
    finally:
        server.stop()
    server.data.unlink()
    assert home in forsaken_clusters()
    server.data.symlink_to(home)
    shutil.rmtree(home)
    home.with_suffix(ORIGIN).unlink()
    with pytest.raises(CannotStart, match="ma non ci sono"):
        server.start()
