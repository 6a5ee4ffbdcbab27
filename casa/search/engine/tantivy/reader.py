"""Reading the index: opened once per process, looked at again when it changed on disk."""

import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tantivy import DocAddress, Index, Order, Query, Searcher, SearchResult

from casa.search.engine.seam import (
    DEEPEST,
    Access,
    Applied,
    Asked,
    CardDocument,
    EngineUnavailable,
    Filters,
    Found,
    Sort,
)
from casa.search.engine.tantivy.compiling import Compiler
from casa.search.engine.tantivy.guard import guarded
from casa.search.engine.tantivy.schema import STATE_KEY, TEXT_FIELDS, prepare
from casa.search.engine.tantivy.shelf import Shelf, Signature
from casa.search.facets import FACETS
from casa.search.italian import words_of

TRIES = 3
VALUES_COUNTED = 200
SIMILAR_CHARACTERS = 20_000
FEW_DOCUMENTS = 50
HELPERS = 2
"""Threads that count facets while the list is ranked: tantivy lets go of Python meanwhile."""


class Reader:
    """The present index, for many threads."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._lock = threading.Lock()
        self._index: Index | None = None
        self._signature: Signature | None = None
        self._helpers = ThreadPoolExecutor(HELPERS, thread_name_prefix="facets")

    def search(
        self,
        asked: Asked,
        *,
        access: Access,
        filters: Filters,
        facets: Sequence[str],
        sort: Sort,
        offset: int,
        limit: int,
    ) -> Found:
        index = self._present()
        with guarded("search"):
            searcher = index.searcher()
            compiler = Compiler(index.schema, searcher)
            wanted = compiler.node(asked.wanted)
            base = compiler.within_rights(wanted, access)
            ranked = compiler.within_rights(compiler.ranked(asked, wanted), access)
            query = compiler.filtered(ranked, filters)
            counting = self._helpers.submit(
                _counts, searcher, compiler, base, filters=filters, facets=facets
            )
            keys, total = _hits(searcher, query, sort=sort, offset=offset, limit=limit)
            return Found(keys=keys, total=total, counts=counting.result())

    def suggest(self, words: str, *, access: Access, limit: int) -> tuple[str, ...]:
        typed = words_of(words)
        if not typed:
            return ()
        index = self._present()
        with guarded("suggest"):
            compiler = Compiler(index.schema)
            query = compiler.within_rights(compiler.beginning(typed), access)
            return _keys(index.searcher(), query, limit)

    def similar(self, document: CardDocument, *, access: Access, limit: int) -> tuple[str, ...]:
        index = self._present()
        words = {name: getattr(document, name)[:SIMILAR_CHARACTERS] for name in TEXT_FIELDS}
        if not any(words_of(text) for text in words.values()):
            return ()
        with guarded("similar"):
            compiler, searcher = Compiler(index.schema), index.searcher()
            alike = Query.more_like_this_document_fields_query(
                index.schema,
                {name: [text] for name, text in words.items() if text},
                min_doc_frequency=1,
                max_doc_frequency=_most_documents(searcher.num_docs),
                min_term_frequency=1,
                min_word_length=3,
            )
            query = compiler.within_rights(alike, access)
            keys = _keys(searcher, query, limit + 1)
        return tuple(key for key in keys if key != document.key)[:limit]

    def applied(self) -> Applied | None:
        index = self._present()
        with guarded("state"):
            return read_state(index)

    def inventory(self) -> dict[str, int]:
        index = self._present()
        with guarded("inventory"):
            searcher = index.searcher()
            found = searcher.search(Query.all_query(), max(1, searcher.num_docs))
            rows = [searcher.doc(address) for _score, address in found.hits]
        held = {str(row.get_first("key")): int(row.get_first("sequence") or 0) for row in rows}
        held.pop(STATE_KEY, None)
        return held

    def documents(self) -> int:
        """How many documents there are; every kind of file of the index is touched on the way."""
        index = self._present()
        with guarded("count"):
            searcher = index.searcher()
            for name in TEXT_FIELDS:
                searcher.search(Query.phrase_query(index.schema, name, ["di", "gar"]), 1)
            searcher.search(Query.all_query(), 1, order_by_field="dated")
            _aggregate(searcher, Query.all_query(), list(FACETS))
            state = Query.term_query(index.schema, "key", STATE_KEY)
            return searcher.num_docs - count(searcher, state)

    def _present(self) -> Index:
        """The index of this moment. A swap or a clean-up between two looks is no damage."""
        for _attempt in range(TRIES - 1):
            try:
                return self._look()
            except EngineUnavailable:
                self._index = None
        return self._look()

    def _look(self) -> Index:
        signature = self._shelf.signature()
        with self._lock:
            if self._index is None or self._signature is None or self._signature[0] != signature[0]:
                self._index = open_index(Path(signature[0]))
            elif self._signature != signature:
                with guarded("reload"):
                    self._index.reload()
            self._signature = signature
            return self._index


def _most_documents(there_are: int) -> int:
    """A word that most documents have says nothing about what they are alike in.

    And tantivy panics at a word with more documents, deleted ones included, than there are.
    """
    return min(there_are, max(there_are // 2, FEW_DOCUMENTS))


def open_index(folder: Path) -> Index:
    with guarded(f"open {folder}"):
        index = Index.open(str(folder))
        index.config_reader("manual")
        return prepare(index)


def read_state(index: Index) -> Applied | None:
    """The number and the name of the last commit, from the index itself."""
    searcher = index.searcher()
    state = Query.term_query(index.schema, "key", STATE_KEY)
    for _score, address in searcher.search(state, 1).hits:
        document = searcher.doc(address)
        sequence, mark = document.get_first("sequence"), document.get_first("mark")
        return Applied(int(sequence or 0), str(mark))
    return None


def count_keys(index: Index, keys: Sequence[str]) -> int:
    """How many documents have one of these keys."""
    if not keys:
        return 0
    wanted = Query.term_set_query(index.schema, "key", list(keys))
    return count(index.searcher(), wanted)


def count(searcher: Searcher, query: Query) -> int:
    return _total(searcher.search(query, 1))


def _total(found: SearchResult) -> int:
    return int(found.count)  # type: ignore[attr-defined]  # missing from tantivy's stubs


def _hits(
    searcher: Searcher, query: Query, *, sort: Sort, offset: int, limit: int
) -> tuple[tuple[str, ...], int]:
    if offset >= DEEPEST:
        return (), count(searcher, query)
    limit = max(1, min(limit, DEEPEST - offset))
    field = "dated" if sort is Sort.NEWEST else None
    found = searcher.search(query, limit, offset=offset, order_by_field=field, order=Order.Desc)
    return tuple(_key(searcher, address) for _score, address in found.hits), _total(found)


def _keys(searcher: Searcher, query: Query, limit: int) -> tuple[str, ...]:
    found = searcher.search(query, limit, count=False)
    return tuple(_key(searcher, address) for _score, address in found.hits)


def _key(searcher: Searcher, address: DocAddress) -> str:
    return str(searcher.doc(address).get_first("key"))


def _counts(
    searcher: Searcher,
    compiler: Compiler,
    base: Query,
    *,
    filters: Filters,
    facets: Sequence[str],
) -> dict[str, dict[str, int]]:
    """Counts of the filtered list; each facet in use is counted without its own filter."""
    in_use = {name: values for name, values in filters.items() if values}
    idle = [name for name in facets if name not in in_use]
    counts = _aggregate(searcher, compiler.filtered(base, in_use), idle)
    for name in (name for name in facets if name in in_use):
        others = {other: values for other, values in in_use.items() if other != name}
        counts |= _aggregate(searcher, compiler.filtered(base, others), [name])
    return counts


def _aggregate(searcher: Searcher, query: Query, names: list[str]) -> dict[str, dict[str, int]]:
    if not names:
        return {}
    asked = {name: {"terms": {"field": name, "size": VALUES_COUNTED}} for name in names}
    answer = searcher.aggregate(query, asked)
    return {
        name: {str(row["key"]): int(row["doc_count"]) for row in answer[name]["buckets"]}
        for name in names
    }
