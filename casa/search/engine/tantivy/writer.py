"""Writing the index: one process, one writer at a time (tantivy's own lock on the folder)."""

from collections.abc import Iterable
from typing import NoReturn

from tantivy import Index, IndexWriter

from casa.search.engine.seam import Applied, CardDocument, EngineUnavailable
from casa.search.engine.tantivy.guard import guarded
from casa.search.engine.tantivy.reader import count_keys, open_index, read_state
from casa.search.engine.tantivy.schema import (
    STATE_KEY,
    document_of,
    state_document,
)
from casa.search.engine.tantivy.shelf import Shelf

MEMORY = 32_000_000


class Writer:
    """Collects the changes of one batch and commits them together with the number they reach."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._index: Index | None = None
        self._writer: IndexWriter | None = None
        self._put: set[str] = set()
        self._gone: set[str] = set()

    def upsert(self, documents: Iterable[CardDocument]) -> None:
        writer = self._begin()
        with guarded("upsert"):
            for card in documents:
                writer.delete_documents_by_term("key", card.key)
                writer.add_document(document_of(card))
                self._put.add(card.key)
                self._gone.discard(card.key)

    def delete(self, keys: Iterable[str]) -> None:
        writer = self._begin()
        with guarded("delete"):
            for key in keys:
                writer.delete_documents_by_term("key", key)
                self._gone.add(key)
                self._put.discard(key)

    def commit(self, applied: Applied) -> None:
        """One commit, then the merges it started are waited for and orphan files removed."""
        writer = self._begin()
        try:
            with guarded("commit"):
                writer.delete_documents_by_term("key", STATE_KEY)
                writer.add_document(state_document(applied))
                writer.commit()
                writer.wait_merging_threads()
                self._check(applied)
                self._collect_garbage()
        finally:
            self.forget()

    def forget(self) -> None:
        """Let go of the writer and of what was not committed."""
        self._writer, self._index = None, None
        self._put, self._gone = set(), set()

    def _begin(self) -> IndexWriter:
        if self._writer is None:
            self._index = open_index(self._shelf.current)
            with guarded("writer"):
                self._writer = self._index.writer(MEMORY, 1)
        return self._writer

    def _check(self, applied: Applied) -> None:
        """A deletion that silently deleted nothing would leak a document: count."""
        index = self._index
        if index is None:
            return
        index.reload()
        if left := count_keys(index, sorted(self._gone)):
            distrust(f"{left} deleted documents are still there")
        if (held := count_keys(index, sorted(self._put))) != len(self._put):
            distrust(f"{held} documents instead of {len(self._put)}")
        if read_state(index) != applied:
            distrust("the state is not the one written")

    def _collect_garbage(self) -> None:
        """The writer was consumed by the wait for its merges: a new one cleans up."""
        if self._index is not None:
            cleaner = self._index.writer(MEMORY, 1)
            cleaner.garbage_collect_files()
            cleaner.wait_merging_threads()


def distrust(why: str) -> NoReturn:
    raise EngineUnavailable(f"the index is not what was written: {why}")
