"""Running: start the cell, take its output within bounds, kill what does not end."""

import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO

from casa.foundation.jail.cells import Cell, cell_for
from casa.foundation.jail.errors import (
    Crashed,
    JailBroken,
    NoJail,
    OutOfMemory,
    TimedOut,
    TooMuchOutput,
)
from casa.foundation.jail.kinds import Jail
from casa.foundation.jail.limits import JailLimits

_CHUNK = 1 << 16
_ERROR_TEXT = 4_000
_BY_SIGNAL = 128
_MEMORY_WORDS = ("MemoryError", "bad_alloc", "Cannot allocate memory")
# The probe reads its input, finds our package, and must fail to make a socket and a process
_PROBE = """
import os, socket, sys, casa
open(sys.argv[1], "rb").read()
for attempt in (socket.socket, os.fork):
    try:
        attempt()
    except OSError:
        continue
    sys.exit(3)
print("closed", end="")
"""


def run(
    argv: Sequence[str],
    *,
    input_file: Path,
    more_files: Sequence[Path] = (),
    limits: JailLimits = JailLimits(),  # noqa: B008 -- frozen
    jail: Jail | None = None,
    accept: Sequence[int] = (0, 1),
    where: Path | None = None,
) -> bytes:
    """Run a program over one file in a jail and give back what it printed.

    `{input}` in `argv` becomes the path of the file inside the jail; `{input2}`, `{input3}` those
    of `more_files`. Exit code 0, and those in
    `accept` with some output, are a result; any other end is JailBroken or one of its kinds (a
    Python error ends with code 1 and prints nothing). Raises NoJail when no jail holds.
    A copy of the file that a jail needs is made below `where`, else in the system's folder.
    The program sees the system, our Python, our package and the file, all read-only.
    """
    chosen = jail_in_force() if jail is None else jail
    files = (input_file, *more_files)
    with cell_for(argv, files=files, limits=limits, jail=chosen, where=where) as cell:
        return _supervised(cell, limits=limits, accept=accept)


@cache
def jail_in_force() -> Jail:
    """The strongest jail that holds on this machine, tried once for each process."""
    return next((jail for jail in (Jail.BUBBLEWRAP, Jail.SECCOMP) if holds(jail)), Jail.NONE)


def holds(jail: Jail) -> bool:
    """Try this jail: does a program run in it, without network and without children?"""
    with tempfile.NamedTemporaryFile() as sample:
        try:
            output = run(
                [sys.executable, "-c", _PROBE, "{input}"],
                input_file=Path(sample.name),
                limits=JailLimits(wall_seconds=20),
                jail=jail,
                accept=(),
            )
        except (NoJail, JailBroken, OSError):
            return False
    return output == b"closed"


def _supervised(cell: Cell, *, limits: JailLimits, accept: Sequence[int]) -> bytes:
    process = subprocess.Popen(  # noqa: S603 -- the command is ours
        cell.argv,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        pass_fds=cell.open_folders,
        start_new_session=True,
    )
    with process:
        try:
            output, errors = _collected(process, limits=limits)
        finally:
            _kill(process)
    if process.returncode == 0 or (process.returncode in accept and output):
        return output
    raise _failure(process.returncode, errors)


def _collected(process: subprocess.Popen[bytes], *, limits: JailLimits) -> tuple[bytes, str]:
    """Everything the program prints until it ends, within its time and its allowance."""
    deadline = time.monotonic() + limits.wall_seconds
    output, errors = bytearray(), bytearray()
    with selectors.DefaultSelector() as selector:
        selector.register(_pipe(process.stdout), selectors.EVENT_READ, output)
        selector.register(_pipe(process.stderr), selectors.EVENT_READ, errors)
        while selector.get_map():
            ready = selector.select(max(0.0, deadline - time.monotonic()))
            if not ready or time.monotonic() > deadline:
                raise TimedOut(_text(errors))
            for key, _ in ready:
                if not _take(key.fd, key.data):
                    selector.unregister(key.fileobj)
            if len(output) > limits.output:
                raise TooMuchOutput(_text(errors))
            del errors[:-_ERROR_TEXT]
    with suppress(subprocess.TimeoutExpired):
        process.wait(max(0.0, deadline - time.monotonic()))
        return bytes(output), _text(errors)
    raise TimedOut(_text(errors))


def _take(number: int, collected: bytearray) -> bool:
    chunk = os.read(number, _CHUNK)
    collected += chunk
    return bool(chunk)


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    if pipe is None:
        raise JailBroken("no pipe")
    return pipe


def _kill(process: subprocess.Popen[bytes]) -> None:
    """The whole group: the filter forbids to leave it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _text(errors: bytes | bytearray) -> str:
    return errors.decode("utf-8", "replace").strip()


def _failure(code: int, errors: str) -> JailBroken:
    """Bubblewrap reports a signal as 128 + number, a plain process as a negative number."""
    ended_by = -code if code < 0 else code - _BY_SIGNAL
    if ended_by == signal.SIGXCPU:
        return TimedOut(errors)
    if ended_by == signal.SIGKILL or any(word in errors for word in _MEMORY_WORDS):
        return OutOfMemory(errors)
    return Crashed(f"exit {code}: {errors}")
