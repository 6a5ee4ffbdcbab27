"""Starting a child process that cannot outlive us, and looking at processes by number."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

PR_SET_PDEATHSIG = 1


def dying_with(parent: int, death_signal: int) -> Callable[[], None]:
    """Give the function to run in a new child: the kernel sends it the signal when the parent dies.

    Runs after the change of user, because changing user clears the setting. Everything it needs is
    loaded before the fork.
    """
    prctl = ctypes.CDLL(None, use_errno=True).prctl

    def ask_the_kernel() -> None:
        prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:  # it died before we asked
            os._exit(1)

    return ask_the_kernel


def launch(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str],
    output: IO[bytes] | int | None = None,
    cwd: Path | str | None = None,
    owner: tuple[int, int] | None = None,
    pass_fds: Sequence[int] = (),
    death_signal: int = signal.SIGTERM,
) -> subprocess.Popen[bytes]:
    """Start a process in a session of its own, so that Ctrl-C at the terminal reaches only us.

    `owner` is the (uid, gid) to run as; only root can give one. Call it from the main thread: the
    kernel ties the child to the thread that made it.
    """
    uid, gid = owner or (None, None)
    return subprocess.Popen(  # noqa: S603 -- the callers name the programs
        [str(word) for word in command],
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        start_new_session=True,
        user=uid,
        group=gid,
        extra_groups=None if owner is None else [],
        umask=0o077,
        pass_fds=pass_fds,
        preexec_fn=dying_with(os.getpid(), death_signal),  # noqa: PLW1509 -- no threads here
    )


def stop_with_parent() -> None:
    """Have the kernel ask us to stop (SIGTERM) when the process that started us dies."""
    dying_with(os.getppid(), signal.SIGTERM)()


def is_running(pid: int) -> bool:
    """Say whether the process exists and is not just waiting to be buried."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def command_of(pid: int) -> list[str]:
    """Give the words a process was started with; none if it is gone."""
    try:
        raw = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return []
    return raw.rstrip(b"\0").decode(errors="replace").split("\0")
