"""Writing to the server: changes first, then a refresh, then the number they reach.

A server has no commit over many documents. Killed before the number is written, the follower
applies the same changes again, which changes nothing; the number never runs ahead of them.
"""

import time
from collections.abc import Iterable
from typing import Any

from casa.search.engine.opensearch.indexes import Indexes
from casa.search.engine.opensearch.mapping import STATE, document_of, state_document
from casa.search.engine.opensearch.server import LONG_SECONDS, Server
from casa.search.engine.seam import Applied, CardDocument, EngineUnavailable, Progress

CHUNK = 100
KEEP_SECONDS = 20.0


class Batch:
    """Collects the changes of one commit; the last word about a key counts."""

    def __init__(self, server: Server, indexes: Indexes) -> None:
        self._server = server
        self._indexes = indexes
        self._changes: dict[str, CardDocument | None] = {}

    def put(self, documents: Iterable[CardDocument]) -> None:
        self._changes |= {card.key: card for card in documents}

    def drop(self, keys: Iterable[str]) -> None:
        self._changes |= dict.fromkeys(keys)

    def forget(self) -> None:
        self._changes = {}

    def commit(self, applied: Applied) -> None:
        name, changes = self._indexes.current(), self._changes
        try:
            lines = [line for key, card in changes.items() for line in _lines(key, card)]
            _send(self._server, name, lines)
            conclude(self._server, name, applied)
            self._check(name, changes)
        finally:
            self.forget()

    def _check(self, name: str, changes: dict[str, CardDocument | None]) -> None:
        """What should be gone and is found would leak a document: count."""
        gone = [key for key, card in changes.items() if card is None]
        put = len(changes) - len(gone)
        there = count(self._server, name, list(changes))
        left = count(self._server, name, gone)
        if left or there != put:
            raise EngineUnavailable(f"{there} documents instead of {put}, {left} not deleted")


def fill(
    server: Server,
    name: str,
    documents: Iterable[CardDocument],
    applied: Applied,
    progress: Progress,
) -> int:
    """Fill an index that nobody asks yet; now and then it is written down how far it came."""
    done, kept_at, lines = 0, time.monotonic(), list[dict[str, Any]]()
    for card in documents:
        lines += _lines(card.key, card)
        done += 1
        if done % CHUNK == 0:
            _send(server, name, lines)
            lines = []
            progress(done)
            if time.monotonic() - kept_at > KEEP_SECONDS:
                _write_state(server, name, Applied(card.sequence, applied.mark))
                kept_at = time.monotonic()
    _send(server, name, lines)
    conclude(server, name, applied)
    progress(done)
    return done


def forget_keys(server: Server, name: str, keys: Iterable[str]) -> None:
    _send(server, name, [line for key in keys for line in _lines(key, None)])


def _lines(key: str, card: CardDocument | None) -> list[dict[str, Any]]:
    if card is None:
        return [{"delete": {"_id": key}}]
    return [{"index": {"_id": key}}, document_of(card)]


def _send(server: Server, name: str, lines: list[dict[str, Any]]) -> None:
    if not lines:
        return
    with server.asked("write") as client:
        answer = client.bulk(index=name, body=lines, params={"request_timeout": LONG_SECONDS})
    failed = [done for row in answer["items"] for done in row.values() if _has_failed(done)]
    if failed:
        raise EngineUnavailable(f"{len(failed)} changes refused: {failed[0].get('error')}"[:300])


def _has_failed(done: dict[str, Any]) -> bool:
    return "error" in done  # deleting what is not there is no error


def conclude(server: Server, name: str, applied: Applied) -> None:
    """Make the changes visible, then write down how far they go."""
    with server.asked("commit") as client:
        client.indices.refresh(index=name, params={"request_timeout": LONG_SECONDS})
    _write_state(server, name, applied)


def _write_state(server: Server, name: str, applied: Applied) -> None:
    with server.asked("state") as client:
        client.index(index=name, id=STATE, body=state_document(applied))


def count(server: Server, name: str, keys: list[str] | None = None) -> int:
    query: dict[str, Any] = {"exists": {"field": "key"}}
    if keys is not None:
        query = {"terms": {"key": keys}}
    with server.asked("count") as client:
        return int(client.count(index=name, body={"query": query})["count"])
