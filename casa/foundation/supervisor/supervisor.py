"""The loop that keeps the house standing until somebody asks to close it."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

from casa.foundation.postgres import CannotStart
from casa.foundation.supervisor.falls import TOO_MANY, Watched, describe
from casa.foundation.supervisor.parts import Part, wait_for_end

TICK = 0.1
PATIENCE = 15.0  # for a part to finish its work when the house closes
AFTERSHOCK = 10.0  # parts that fall so soon after the database fell because of it
TIDY_EVERY = 60.0
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):  # noqa: N818 -- nothing went wrong
    """Somebody asked to close the house."""


class Supervisor:
    """Watches over parts in the order in which they were started.

    A part added as `ground` carries the others (the database): it is stopped last, and those that
    fall with it are started again without a word.
    """

    def __init__(
        self, tell: Callable[[str], None], *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.tell = tell
        self.clock = clock
        self._watched: list[Watched] = []
        self._asked = 0
        self._ground_fell_at = float("-inf")
        self._tidied_at = clock()

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Take Ctrl-C and the like as requests to close; at the end close, whatever happened."""
        before = {number: signal.signal(number, self._hear) for number in STOPPING}
        try:
            yield
        finally:
            self.stop()
            for number, handler in before.items():
                signal.signal(number, handler)

    def add(self, part: Part, *, ground: bool = False) -> None:
        """Start a part and watch over it from now on."""
        self.raise_if_asked()
        self._watched.append(Watched(part, ground=ground))
        part.start()

    def run_once(self, part: Part) -> int:
        """Run a part that does its work and leaves, and give how it ended."""
        self.raise_if_asked()
        part.start()
        try:
            while (code := part.returncode()) is None:
                self.look_around()
                time.sleep(TICK / 5)
        finally:
            part.ask_to_stop()
            if wait_for_end([part], seconds=PATIENCE):
                part.kill()
        return code

    def wait_until(self, reached: Callable[[], bool]) -> None:
        """Watch over the parts until something is reached."""
        while not reached():
            self.look_around()
            time.sleep(TICK)

    def watch(self) -> None:
        """Watch over the parts until `StopAsked`, or until one falls too often."""
        self.wait_until(lambda: False)

    def raise_if_asked(self) -> None:
        """Leave whatever is going on when somebody asked to close."""
        if self._asked:
            raise StopAsked

    def look_around(self) -> None:
        """Look at each part once: note falls, start again, end what hangs."""
        self.raise_if_asked()
        for watched in self._watched:
            if watched.fallen:
                self._start_again(watched)
            else:
                self._look_at(watched)
        if self.clock() - self._tidied_at > TIDY_EVERY:
            self._tidied_at = self.clock()
            for watched in self._watched:
                watched.part.tidy()

    def stop(self) -> None:
        """Stop all parts, the last started first and the ground last."""
        upper = [watched.part for watched in reversed(self._watched) if not watched.ground]
        self._stop_together(upper)
        self._stop_together([watched.part for watched in self._watched if watched.ground])
        self._watched = []

    def _stop_together(self, parts: list[Part]) -> None:
        for part in parts:
            part.ask_to_stop()
        for part in wait_for_end(parts, seconds=PATIENCE):
            self.tell(f"{part.label} non si ferma: lo chiudo")
            part.kill()

    def _hear(self, number: int, _frame: FrameType | None) -> None:
        self._asked += 1
        if self._asked > 1 and number == signal.SIGINT:  # a second Ctrl-C: no more waiting
            for watched in reversed(self._watched):
                watched.part.kill()
            os._exit(130)

    def _look_at(self, watched: Watched) -> None:
        code = watched.part.returncode()
        if code is not None:
            self._note_fall(watched, describe(code), code=code)
        elif watched.part.is_hung():
            watched.part.kill()
            self._note_fall(watched, "non rispondeva più", code=-9)

    def _note_fall(self, watched: Watched, how: str, *, code: int) -> None:
        now = self.clock()
        if watched.ground:
            self._ground_fell_at = now
        aftershock = code > 0 and not watched.ground and now - self._ground_fell_at < AFTERSHOCK
        watched.note_fall(how, now=now, quiet=aftershock)
        if watched.fell_too_often(now):
            raise CannotStart(_too_often(watched))
        self._start_again(watched)

    def _start_again(self, watched: Watched) -> None:
        if self.clock() < watched.start_at:
            return
        how, watched.fallen = watched.fallen, ""
        try:
            watched.part.start()
        except CannotStart as reason:
            self.tell(str(reason))
            self._note_fall(watched, how, code=1)
            return
        if not watched.quiet:
            self.tell(f"{watched.part.label} si è fermato ({how}): riavviato")


def _too_often(watched: Watched) -> str:
    words = watched.part.last_words()
    return (
        f"{watched.part.label} si è fermato {TOO_MANY} volte in un minuto "
        f"(l'ultima: {watched.fallen}): fermo tutto."
        + (f" Le sue ultime righe:\n{words}" if words else "")
    )
