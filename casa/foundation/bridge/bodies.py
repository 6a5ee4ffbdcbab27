"""Taking the body of a request in whole: bounded in size, in time, and all requests together."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from casa.foundation.bridge.wires import IN_MEMORY, Receive, Scope, Store

Knows = Callable[[Scope], bool]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a request may bring and how slowly; sizes in bytes, times in seconds.

    `large` holds for the addresses below `large_paths`, where files are brought in, and for whoever
    has logged in. `together` is the room on disk for all bodies under way; what fits in memory
    needs none, so that a log-in works while the disk is busy. A body must keep up with `slowest`
    bytes a second once `grace` has passed.
    """

    ordinary: int
    large: int
    large_paths: tuple[str, ...]
    together: int
    idle: float = 30.0
    grace: float = 60.0
    slowest: int = 10_000


class TurnedAway(Exception):  # noqa: N818 -- it reads as a sentence
    """A request that no page will see. Its text is for the person who sent it."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Gone(Exception):  # noqa: N818 -- it reads as a sentence
    """Whoever asked has hung up."""


class Bodies:
    """Takes bodies in and knows how much room they take together."""

    def __init__(self, bounds: Bounds, *, folder: Path, knows: Knows) -> None:
        self.bounds = bounds
        self.knows = knows
        self.folder = folder
        self.held = 0

    @asynccontextmanager
    async def taken_in(self, scope: Scope, receive: Receive) -> AsyncIterator[tuple[Store, int]]:
        """The whole body, at its beginning, and its length. Raises `TurnedAway` or `Gone`."""
        most = await self._most(scope)
        size = held = 0
        with Store(max_size=IN_MEMORY, dir=str(self.folder)) as store:
            try:
                async for chunk in self._chunks(receive):
                    size += len(chunk)
                    if size > most:
                        raise _too_large(most)
                    if size > IN_MEMORY:
                        self.held += size - held
                        held = size
                    await self._keep(chunk, store, size=size)
                store.seek(0)
                yield store, size
            finally:
                self.held -= held

    async def _most(self, scope: Scope) -> int:
        """How much this request may bring; a long one must say so beforehand, and who it is."""
        told, bounds = _told_length(scope), self.bounds
        if told <= bounds.ordinary:
            return bounds.ordinary
        if not scope["path"].startswith(bounds.large_paths):
            raise _too_large(bounds.ordinary)
        if told > bounds.large:
            raise _too_large(bounds.large)
        if not await asyncio.to_thread(self.knows, scope):
            raise _unknown()
        return bounds.large

    async def _chunks(self, receive: Receive) -> AsyncIterator[bytes]:
        begun, size = time.monotonic(), 0
        more = True
        while more:
            try:
                message = await asyncio.wait_for(receive(), self.bounds.idle)
            except TimeoutError:
                raise _too_slow() from None
            if message["type"] != "http.request":
                raise Gone
            chunk: bytes = message.get("body", b"")
            more = message.get("more_body", False)
            size += len(chunk)
            if more and time.monotonic() - begun > self.bounds.grace + size / self.bounds.slowest:
                raise _too_slow()
            yield chunk

    async def _keep(self, chunk: bytes, store: Store, *, size: int) -> None:
        """Memory is written at once, the disk by a thread that nobody waits for."""
        if size <= IN_MEMORY:
            store.write(chunk)
            return
        if self.held > self.bounds.together:
            raise _no_room()
        try:
            await asyncio.to_thread(store.write, chunk)
        except OSError:
            raise _no_room() from None


def _told_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value) if value.isdigit() and len(value) < 16 else 0  # noqa: PLR2004
    return 0


def _too_large(most: int) -> TurnedAway:
    return TurnedAway(
        413,
        f"Hai inviato più di {most // 1024**2} MB in una volta, e la piattaforma non li ha "
        "accettati: manda i file pochi per volta, o un testo più breve.",
    )


def _unknown() -> TurnedAway:
    return TurnedAway(
        403,
        "Per inviare file devi prima accedere, e forse il tuo accesso è scaduto: torna indietro, "
        "accedi di nuovo e ripeti l'invio.",
    )


def _too_slow() -> TurnedAway:
    return TurnedAway(
        408,
        "L'invio si è fermato troppo a lungo e non è stato accettato: controlla il collegamento "
        "e riprova.",
    )


def _no_room() -> TurnedAway:
    return TurnedAway(
        503,
        "In questo momento stanno arrivando troppi file insieme: riprova fra qualche minuto.",
    )
