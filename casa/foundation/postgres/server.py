"""The private server: started, watched and stopped by whoever holds the lock of its data."""

import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg
from psycopg import sql

from casa.foundation.postgres.account import Account, server_account
from casa.foundation.postgres.cluster import (
    ROLE,
    SUPERUSER,
    check_owner,
    cluster_version,
    make_cluster,
)
from casa.foundation.postgres.errors import AlreadyRunning, CannotStart
from casa.foundation.postgres.lock import hold_lock
from casa.foundation.postgres.pidfile import (
    CALM_SECONDS,
    bury_predecessor,
    read_note,
    stop_server,
)
from casa.foundation.postgres.programs import Programs, find_programs
from casa.foundation.postgres.sockets import (
    keep_socket_folder,
    make_socket_folder,
    remove_socket_folder,
)
from casa.foundation.processes import is_running, launch

DATABASE = "casa"
RECOVERY_SECONDS = 300.0  # after a crash the server first replays its log
LEFTOVERS = "pre-existing shared memory"  # after a kill -9 its own children need a moment to go
LEFTOVERS_SECONDS = 10.0
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "log_checkpoints": "off",
    "log_error_verbosity": "terse",  # no values of rows in the log: they may be personal data
    "log_min_error_statement": "panic",
    "logging_collector": "on",  # one file per weekday, overwritten a week later
    "log_filename": "postgresql-%a.log",
    "log_rotation_size": "0",
    "log_truncate_on_rotation": "on",
}
THROW_AWAY = {
    "fsync": "off",
    "full_page_writes": "off",
    "synchronous_commit": "off",
    "logging_collector": "off",
    "autovacuum": "off",
}


class PrivatePostgres:
    """A PostgreSQL server for one house, on a socket that only this account can reach.

    `data` is its folder, made at the first start. `durable=False` is for tests: faster, and the
    data are lost if the computer stops. The server dies with the process that started it.
    """

    def __init__(self, data: Path, *, durable: bool = True) -> None:
        self.data = data.absolute()
        self.durable = durable
        self._lock: IO[str] | None = None
        self._socket_folder: Path | None = None
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Give the address for CASA_DATABASE_URL: no password, the kernel vouches for us."""
        if self._socket_folder is None:
            raise CannotStart("Il database non è ancora stato avviato.")
        return address(self._socket_folder)

    @property
    def pid(self) -> int | None:
        """Give the number of the server's process."""
        return self._process.pid if self._process else None

    def start(self) -> str:
        """Start the server, or start it again after it died, and give its address."""
        self._hold_lock()
        try:
            return self._start()
        except BaseException:
            self.stop(patience=0.0)
            raise

    def is_alive(self) -> bool:
        """Say whether the server's process runs."""
        return self.returncode() is None

    def returncode(self) -> int | None:
        """Give how the process ended (minus the signal), or nothing while it runs."""
        return self._process.poll() if self._process else 0

    def stop(self, *, patience: float = CALM_SECONDS) -> None:
        """Close the server, clear its socket and let go of the data. Safe to repeat."""
        self._stop_process(patience=patience)
        if self._socket_folder:
            remove_socket_folder(self._socket_folder)
            self._socket_folder = None
        if self._lock:
            self._lock.close()
            self._lock = None

    def _hold_lock(self) -> None:
        if self._lock is None:
            self._lock = hold_lock(
                self.data,
                refusal=f"Il database in {self.data} è già in uso dal processo {{owner}}: "
                "fermalo, oppure indica un'altra cartella in CASA_DATA_DIR.",
            )

    def _start(self) -> str:
        account = server_account()
        programs = self._prepare(account)
        home = self.data.resolve()
        bury_predecessor(home)
        if self._socket_folder is None:
            self._socket_folder = make_socket_folder(self.data, account=account)
        keep_socket_folder(self._socket_folder, account=account)
        self._process = self._launch_patiently(programs, home=home, account=account)
        _make_database(self._socket_folder)
        return self.url

    def _prepare(self, account: Account) -> Programs:
        version = cluster_version(self.data)
        programs = find_programs(account, version=version)
        if version is None:
            make_cluster(self.data, programs=programs, account=account, durable=self.durable)
        check_owner(self.data, account=account)
        return programs

    def _launch_patiently(
        self, programs: Programs, *, home: Path, account: Account
    ) -> subprocess.Popen[bytes]:
        deadline = time.monotonic() + LEFTOVERS_SECONDS
        while True:
            process = self._launch(programs, home=home, account=account)
            if _is_ready(process, home=home):
                return process
            words = _last_words(self._start_log)
            if LEFTOVERS not in words or time.monotonic() > deadline:
                raise CannotStart(f"PostgreSQL non parte: {words}")
            time.sleep(0.2)

    def _launch(
        self, programs: Programs, *, home: Path, account: Account
    ) -> subprocess.Popen[bytes]:
        chosen = SETTINGS if self.durable else SETTINGS | THROW_AWAY
        chosen = chosen | {"unix_socket_directories": str(self._socket_folder)}
        options = [f"--{name}={value}" for name, value in chosen.items()]
        with self._start_log.open("wb") as output:
            return launch(
                [programs.postgres, "-D", home, *options],
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
                output=output,
                cwd="/",
                owner=account.owner,
                death_signal=signal.SIGINT,
            )

    @property
    def _start_log(self) -> Path:
        return self.data.with_name(f"{self.data.name}-start.log")

    def _stop_process(self, *, patience: float) -> None:
        if self._process and self._process.poll() is None:
            stop_server(self._process.pid, patience=patience)
            self._process.wait()
        self._process = None


def address(socket_folder: Path) -> str:
    """Give the address of the house's database behind a socket."""
    return f"postgresql://{ROLE}@/{DATABASE}?host={quote(str(socket_folder), safe='/')}"


@contextmanager
def hands_on_database(data: Path) -> Iterator[str]:
    """Give the address of these data's database for the length of one command.

    If the house is open its server serves; else one is started now and stopped at the end.
    """
    server = PrivatePostgres(data)
    try:
        url = server.start()
    except AlreadyRunning:
        yield _address_of_running(server.data)
        return
    try:
        yield url
    finally:
        server.stop()


def running_address(data: Path) -> str | None:
    """Give the address of the server that runs on these data, if one does."""
    note = read_note(data.resolve())
    return address(note.socket_folder) if note and note.ready and is_running(note.pid) else None


def _address_of_running(data: Path) -> str:
    deadline = time.monotonic() + LEFTOVERS_SECONDS
    while time.monotonic() < deadline:
        if url := running_address(data):
            return url
        time.sleep(0.1)
    raise AlreadyRunning(f"Il database in {data} è in uso ma non risponde: riprova fra poco.")


def _is_ready(process: subprocess.Popen[bytes], *, home: Path) -> bool:
    deadline = time.monotonic() + RECOVERY_SECONDS
    while process.poll() is None:
        note = read_note(home)
        if note and note.ready and note.pid == process.pid:
            return True
        if time.monotonic() > deadline:
            stop_server(process.pid, patience=0.0)
        time.sleep(0.02)
    return False


def _last_words(log: Path) -> str:
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return " ".join(line.strip() for line in lines[-6:]).strip() or "nessun messaggio"


def _make_database(socket_folder: Path) -> None:
    """Make the house's role (not a superuser) and database, if this is the first start."""
    role, name = sql.Identifier(ROLE), sql.Identifier(DATABASE)
    with psycopg.connect(
        host=str(socket_folder), user=SUPERUSER, dbname=SUPERUSER, autocommit=True
    ) as link:
        if not link.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]).fetchone():
            link.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(role))
        if not link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            link.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(name, role))
