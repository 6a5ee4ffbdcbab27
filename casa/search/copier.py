"""The follower of a second web node: it copies the index of the first and writes nothing.

While the source cannot be read (its machine is down, a newer version writes there) this node goes
on finding with what it has; rights are looked up in the database all the same.
"""

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from django.utils.translation import gettext as _

from casa.search.engine.seam import EngineUnavailable
from casa.search.engine.tantivy.copying import Copyist

logger = logging.getLogger(__name__)
POLL_SECONDS = 0.2
PATIENCE_SECONDS = 1.0
REPEAT_SECONDS = 60.0

Tell = Callable[[str], None]


class Copier:
    """Looks at the source five times a second. `follow` never raises."""

    def __init__(self, source: Path, own: Path, *, stop: threading.Event, tell: Tell) -> None:
        self._copyist = Copyist.between(source, own)
        self._source = source
        self._stop = stop
        self._tell = tell
        self._complained_at = 0.0

    def follow(self) -> None:
        self._tell(_("copio l'indice della ricerca da %s") % self._source)
        while not self._stop.is_set():
            try:
                self._copyist.copy()
                self._stop.wait(POLL_SECONDS)
            except (OSError, ValueError, EngineUnavailable) as reason:
                self._complain(reason)

    def _complain(self, reason: Exception) -> None:
        logger.debug("Source: %s", reason)
        now = time.monotonic()
        if now - self._complained_at > REPEAT_SECONDS or not self._complained_at:
            self._complained_at = now
            self._tell(_("la sorgente dell'indice non si legge (%s): aspetto") % reason)
        self._stop.wait(PATIENCE_SECONDS)
