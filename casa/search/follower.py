"""The follower: the one process that writes the index.

It may be killed at any moment. It looks for new changes five times a second, applies them in
order, and makes the index anew by itself when it is missing, damaged, of another version, or has
followed another database. While another follower works it waits for its turn.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import FrameType

from django.conf import settings
from django.db import Error, connection
from django.utils.translation import gettext as _

from casa.foundation import locks
from casa.foundation.errors import Refused
from casa.search import indexing
from casa.search.copier import Copier
from casa.search.engine.seam import Applied, EngineBusy, EngineSilent, EngineUnavailable
from casa.search.semantic import making

logger = logging.getLogger(__name__)
POLL_SECONDS = 0.2
BEAT_SECONDS = 5.0
INSPECT_SECONDS = 15.0
PATIENCE_SECONDS = 1.0
IDLE_SECONDS = 2.0
TURN = "search follower"

Tell = Callable[[str], None]


class Stopped(BaseException):
    """Somebody asked the follower to stop while it was making an index: nothing is lost."""


def run(tell: Tell) -> None:
    """Follow until told to stop (SIGTERM, Ctrl-C). Call it from the main thread."""
    stop = threading.Event()

    def ask_to_stop(_number: int, _frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGTERM, ask_to_stop)
    signal.signal(signal.SIGINT, ask_to_stop)
    _follower(stop, tell).follow()


def _follower(stop: threading.Event, tell: Tell) -> "Follower | Copier":
    """The one that writes the index, or on a second node the one that copies it."""
    if not settings.SEARCH_SOURCE:
        return Follower(stop, tell)
    if settings.SEARCH_URL:
        raise Refused(_("CASA_SEARCH_SOURCE e CASA_SEARCH_URL si escludono: indica solo uno."))
    source, own = Path(settings.SEARCH_SOURCE).expanduser(), Path(settings.SEARCH_DIR)
    if source.resolve() == own.resolve():
        raise Refused(_("CASA_SEARCH_SOURCE indica l'indice di questo stesso nodo."))
    return Copier(source, own, stop=stop, tell=tell)


def catch_up() -> None:
    """Bring the index up to the cards at once, in this process: for commands and tests."""
    follower = Follower(threading.Event(), lambda _words: None)
    while follower.step() or making.follow():
        pass


class Follower:
    """Where one follower is. `follow` never raises: what goes wrong is said and tried again."""

    def __init__(self, stop: threading.Event, tell: Tell) -> None:
        self._stop = stop
        self._tell = tell
        self._applied: Applied | None = None
        self._known = False
        self._suspect = ""
        self._beat_at = 0.0
        self._inspected_at = 0.0
        self._told_at = 0.0
        self._idle_at = -IDLE_SECONDS

    def follow(self) -> None:
        while not self._stop.is_set():
            try:
                if self._has_turn():
                    self._follow_calmly()
            except Stopped:
                break
            except EngineBusy:
                self._pause(_("un altro processo scrive l'indice: aspetto"))
            except EngineSilent as reason:
                self._wait_for_engine(reason)
            except EngineUnavailable as reason:
                self._distrust(reason)
            except Error as reason:
                logger.debug("Database: %s", reason)
                connection.close()
                self._pause(_("il database non risponde: lo aspetto"))
        connection.close()

    def step(self) -> bool:
        """One look at the cards. Says whether anything was done."""
        now = indexing.standing()
        if not self._known:
            self._applied, self._known = indexing.present(), True
        if reason := self._suspect or indexing.reason_to_rebuild(self._applied, now):
            self._rebuild(reason)
            return True
        before = self._applied
        if before is not None and now.wanted > before.sequence:
            self._applied = indexing.apply_batch(before)
        return self._applied != before

    def _follow_calmly(self) -> None:
        self._tell(_("seguo le schede della ricerca"))
        self._known = False
        while not self._stop.is_set():
            worked = self.step()
            self._keep_house()
            if not worked and not self._made_vectors():
                self._stop.wait(POLL_SECONDS)

    def _made_vectors(self) -> bool:
        """When all are made, whether there are new ones to make is asked less often."""
        if time.monotonic() - self._idle_at < IDLE_SECONDS:
            return False
        made = bool(making.follow())
        self._idle_at = -IDLE_SECONDS if made else time.monotonic()
        return made

    def _has_turn(self) -> bool:
        """One follower per database; the lock is the connection's and dies with it."""
        if locks.take(TURN):
            return True
        self._pause(_("un altro follower è al lavoro: aspetto il mio turno"))
        return False

    def _keep_house(self) -> None:
        now = time.monotonic()
        if now - self._inspected_at > INSPECT_SECONDS and self._applied is not None:
            self._inspected_at = now
            indexing.inspect(self._applied)
        if now - self._beat_at > BEAT_SECONDS:
            self._beat_at = now
            indexing.beat()

    def _rebuild(self, reason: str) -> None:
        self._tell(_("ricostruisco l'indice: %s") % reason)
        if indexing.is_begun():
            self._tell(_("riprendo da dove ero rimasto"))
        self._applied = indexing.rebuild(self._applied, self._report)
        self._known, self._suspect = True, ""
        self._tell(_("l'indice è ricostruito"))

    def _report(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise Stopped
        now = time.monotonic()
        if now - self._told_at > PATIENCE_SECONDS:
            self._told_at = now
            self._tell(_("schede: %(done)d su %(total)d") % {"done": done, "total": total})

    def _wait_for_engine(self, reason: EngineSilent) -> None:
        """A server that is silent may still have its whole index: no reason to make it anew."""
        with suppress(Error):
            indexing.confess(_("Il motore di ricerca non risponde: %s") % reason)
        self._pause(_("il motore di ricerca non risponde: lo aspetto"))

    def _distrust(self, reason: EngineUnavailable) -> None:
        """The index is not what it should be: the next look makes it anew."""
        logger.warning("The index cannot be used: %s", reason)
        self._suspect = _("non si lascia usare (%s)") % reason
        with suppress(Error):
            indexing.confess(_("L'indice non si lascia usare: %s") % reason)
        self._stop.wait(PATIENCE_SECONDS)

    def _pause(self, words: str) -> None:
        now = time.monotonic()
        if now - self._told_at > 10 * PATIENCE_SECONDS or not self._told_at:
            self._told_at = now
            self._tell(words)
        self._stop.wait(PATIENCE_SECONDS / 2)
