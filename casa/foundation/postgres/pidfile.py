"""What a server leaves in its data folder about itself, and what an earlier one left behind."""

import signal
import time
from contextlib import suppress
from dataclasses import dataclass
from os import kill
from pathlib import Path

from casa.foundation.processes import command_of, is_running

NAME = "postmaster.pid"
LINES = 8
CALM_SECONDS, HURRIED_SECONDS = 30.0, 5.0


@dataclass(frozen=True)
class Postmaster:
    """A server's own note: its process, its socket folder and whether it takes questions."""

    pid: int
    socket_folder: Path
    ready: bool


def read_note(data: Path) -> Postmaster | None:
    """Read the note; nothing while it is missing or still being written."""
    try:
        lines = (data / NAME).read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < LINES:
        return None
    return Postmaster(int(lines[0]), Path(lines[4]), ready=lines[7].strip() == "ready")


def bury_predecessor(data: Path) -> None:
    """Stop a server that outlived its supervisor and remove a note nobody stands behind.

    Called under the lock of the data, so no living house owns that server. PostgreSQL itself gives
    up when the number in a stale note belongs, after a reboot, to any other process of ours.
    """
    pid = _noted_pid(data)
    if pid is not None and _serves(pid, data=data):
        stop_server(pid, patience=CALM_SECONDS)
    for orphan in _at_work_in(data):  # a long query does not notice that its server was killed
        with suppress(ProcessLookupError):
            kill(orphan, signal.SIGKILL)
        _wait_for_end(orphan, seconds=HURRIED_SECONDS)
    if pid is not None and not _serves(pid, data=data):
        (data / NAME).unlink(missing_ok=True)


def stop_server(pid: int, *, patience: float) -> None:
    """Ask a server to close (roll back, write out, leave), then insist, then kill it."""
    steps = ((signal.SIGINT, patience), (signal.SIGQUIT, HURRIED_SECONDS), (signal.SIGKILL, 1.0))
    for request, seconds in steps:
        try:
            kill(pid, request)
        except ProcessLookupError:
            return
        if _wait_for_end(pid, seconds=seconds):
            return


def _noted_pid(data: Path) -> int | None:
    try:
        return int((data / NAME).read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None


def _at_work_in(data: Path) -> list[int]:
    """Give the processes of PostgreSQL whose working folder is this one."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            pid = int(process.name)
            if (process / "cwd").readlink() == data and _is_postgres(pid):
                found.append(pid)
    return found


def _is_postgres(pid: int) -> bool:
    words = command_of(pid) if is_running(pid) else []
    return bool(words) and Path(words[0].split(":")[0]).name == "postgres"


def _serves(pid: int, *, data: Path) -> bool:
    words = command_of(pid) if is_running(pid) else []
    return Path(words[0]).name == "postgres" and str(data) in words if words else False


def _wait_for_end(pid: int, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not is_running(pid):
            return True
        time.sleep(0.02)
    return False
