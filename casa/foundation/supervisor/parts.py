"""The parts of the house as the supervisor sees them: something to start, look at and stop."""

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Protocol

from casa.foundation.postgres import PrivatePostgres
from casa.foundation.processes import launch
from casa.foundation.supervisor.logs import keep_small, last_lines, open_log
from casa.foundation.supervisor.probe import Probe


class Part(Protocol):
    """One part. `label` names it in a sentence: "il server web"."""

    label: str

    def start(self) -> None:
        """Start it, or start it again."""

    def returncode(self) -> int | None:
        """Give how it ended (minus the signal), or nothing while it runs."""

    def is_hung(self) -> bool:
        """Say whether it runs but no longer answers."""

    def ask_to_stop(self) -> None:
        """Ask it to finish what it is doing and leave."""

    def kill(self) -> None:
        """End it and everything it started, now."""

    def last_words(self) -> str:
        """Give the end of what it wrote, to explain a fall."""

    def tidy(self) -> None:
        """Do the small upkeep of a long life."""


class CommandPart:
    """A command with its own session, log file and, perhaps, a probe.

    Without a log file it writes where we write.
    """

    def __init__(
        self,
        label: str,
        command: Sequence[str | Path],
        *,
        env: Mapping[str, str],
        log: Path | None,
        pass_fds: Sequence[int] = (),
        probe: Probe | None = None,
    ) -> None:
        self.label = label
        self.command = command
        self.env = env
        self.log = log
        self.pass_fds = pass_fds
        self.probe = probe
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int | None:
        """Give the number of its process."""
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Start the command; the kernel kills it if we die."""
        if self.probe:
            self.probe.forget()
        with open_log(self.log) if self.log else nullcontext() as output:
            self._process = launch(
                self.command,
                env=self.env,
                output=output,
                pass_fds=self.pass_fds,
                death_signal=signal.SIGKILL,
            )

    def returncode(self) -> int | None:
        """Give how it ended; what it left running in its session ends with it."""
        code = self._process.poll() if self._process else 0
        if code is not None and self._process:
            self._signal_session(signal.SIGKILL)
        return code

    def is_hung(self) -> bool:
        """Ask the probe."""
        return self.probe is not None and self.probe.is_hung()

    def ask_to_stop(self) -> None:
        """Send it SIGTERM, alone: it knows how to end what it started."""
        if self._process and self._process.poll() is None:
            self._process.terminate()

    def kill(self) -> None:
        """Kill its whole session and bury it."""
        if self._process:
            self._signal_session(signal.SIGKILL)
            self._process.wait()

    def last_words(self) -> str:
        """Give the end of its log."""
        return last_lines(self.log) if self.log else ""

    def tidy(self) -> None:
        """Keep its log small."""
        if self.log:
            keep_small(self.log)

    def _signal_session(self, request: int) -> None:
        if self._process:
            try:
                os.killpg(self._process.pid, request)
            except (ProcessLookupError, PermissionError):
                return


class DatabasePart:
    """The private PostgreSQL server."""

    label = "il database (PostgreSQL)"

    def __init__(self, server: PrivatePostgres) -> None:
        self.server = server

    def start(self) -> None:
        """Start it at the same address as before."""
        self.server.start()

    def returncode(self) -> int | None:
        """Give how it ended."""
        return self.server.returncode()

    def is_hung(self) -> bool:
        """Say no: it watches over its own processes."""
        return False

    def ask_to_stop(self) -> None:
        """Close it in good order."""
        self.server.stop()

    def kill(self) -> None:
        """Close it at once; at the next start it repairs itself from its log."""
        self.server.stop(patience=0.0)

    def last_words(self) -> str:
        """Say nothing: its start already explains itself."""
        return ""

    def tidy(self) -> None:
        """Do nothing: it keeps its own logs in order."""


def wait_for_end(parts: Sequence[Part], *, seconds: float) -> list[Part]:
    """Wait until the parts have ended and give those that have not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        left = [part for part in parts if part.returncode() is None]
        if not left:
            return []
        time.sleep(0.02)
    return [part for part in parts if part.returncode() is None]
