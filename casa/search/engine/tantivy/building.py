"""Making a whole index aside, in steps that survive a kill."""

import time
from collections.abc import Iterable
from pathlib import Path

from tantivy import Index

from casa.search.engine.seam import Applied, CardDocument, Progress
from casa.search.engine.tantivy.guard import guarded
from casa.search.engine.tantivy.reader import open_index
from casa.search.engine.tantivy.schema import (
    STATE_KEY,
    build_schema,
    document_of,
    prepare,
    state_document,
)
from casa.search.engine.tantivy.writer import distrust

MEMORY = 160_000_000
THREADS = 2
REPORT_EVERY = 200
KEEP_SECONDS = 20.0
"""How often what is done is committed: more than that is never lost."""


class Build:
    """One index in a folder of its own: new, or begun by a follower that was stopped."""

    def __init__(self, folder: Path, progress: Progress) -> None:
        self._progress = progress
        self._is_new = not (folder / "meta.json").exists()
        with guarded("rebuild"):
            self._index = _make(folder) if self._is_new else open_index(folder)
            self._writer = self._index.writer(MEMORY, THREADS)
            self._held = max(0, self._index.searcher().num_docs - 1)
        self._kept_at = time.monotonic()

    def run(
        self, documents: Iterable[CardDocument], applied: Applied, *, gone: Iterable[str] = ()
    ) -> None:
        with guarded("rebuild"):
            for key in gone:
                self._writer.delete_documents_by_term("key", key)
            count = self._add(documents, mark=applied.mark)
            self._keep(applied)
            self._writer.wait_merging_threads()
            self._check(count)
            cleaner = self._index.writer(MEMORY, 1)
            cleaner.garbage_collect_files()
            cleaner.wait_merging_threads()
        self._progress(count)

    def _add(self, documents: Iterable[CardDocument], *, mark: str) -> int:
        count = self._held
        for card in documents:
            if not self._is_new:
                self._writer.delete_documents_by_term("key", card.key)
            self._writer.add_document(document_of(card))
            count += 1
            if count % REPORT_EVERY == 0:
                self._progress(count)
                if time.monotonic() - self._kept_at > KEEP_SECONDS:
                    self._keep(Applied(card.sequence, mark))
        return count

    def _keep(self, applied: Applied) -> None:
        """Commit, with the number reached inside."""
        self._writer.delete_documents_by_term("key", STATE_KEY)
        self._writer.add_document(state_document(applied))
        self._writer.commit()
        self._kept_at = time.monotonic()

    def _check(self, count: int) -> None:
        """What was added must be there. Replaced documents are counted by `indexing.inspect`."""
        self._index.reload()
        held = self._index.searcher().num_docs - 1
        if self._is_new and held != count:
            distrust(f"{held} documents instead of {count}")


def _make(folder: Path) -> Index:
    return prepare(Index(build_schema(), path=str(folder)))
