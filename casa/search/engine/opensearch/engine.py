"""The OpenSearch engine. See `casa.search.engine.seam.Engine` for what each method promises."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from casa.search.engine.opensearch import compiling
from casa.search.engine.opensearch.indexes import Indexes
from casa.search.engine.opensearch.mapping import (
    DAMAGED,
    STATE,
    read_state,
    stems_of,
)
from casa.search.engine.opensearch.server import Server
from casa.search.engine.opensearch.writing import Batch, count, fill, forget_keys
from casa.search.engine.seam import (
    DEEPEST,
    Access,
    Applied,
    Asked,
    CardDocument,
    EngineSilent,
    EngineUnavailable,
    Filters,
    Found,
    Health,
    Progress,
    Sort,
)
from casa.search.engine.tantivy.schema import TEXT_FIELDS
from casa.search.italian import words_of

VALUES_COUNTED = 200
SIMILAR_CHARACTERS = 20_000
PAGE_OF_KEYS = 5_000


class OpenSearchEngine:
    """One alias on one server."""

    capabilities = frozenset({"facets", "fuzzy", "prefix", "similar"})

    def __init__(self, url: str) -> None:
        self._server = Server(url)
        self._indexes = Indexes(self._server)
        self._batch = Batch(self._server, self._indexes)

    def upsert(self, documents: Iterable[CardDocument]) -> None:
        self._batch.put(documents)

    def delete(self, keys: Iterable[str]) -> None:
        self._batch.drop(keys)

    def commit(self, applied: Applied) -> None:
        self._batch.commit(applied)

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
        size = max(0, min(limit, DEEPEST - offset))
        body = {
            "query": compiling.asked_query(asked, access),
            "post_filter": compiling.filters_query(filters),
            "aggs": {name: _counting(name, filters) for name in facets},
            "from": offset if size else 0,
            "size": size,
            "track_total_hits": True,
        }
        if sort is Sort.NEWEST:
            body["sort"] = [{"dated": "desc"}]
        answer = self._ask("search", body)
        counts = {name: _counted(answer, name) for name in facets}
        return Found(_keys(answer), int(answer["hits"]["total"]["value"]), counts)

    def suggest(self, words: str, *, access: Access, limit: int) -> tuple[str, ...]:
        if not (typed := words_of(words)):
            return ()
        query = compiling.within_rights(compiling.beginning(typed), access)
        return _keys(self._ask("suggest", {"query": query, "size": limit}))

    def similar(self, document: CardDocument, *, access: Access, limit: int) -> tuple[str, ...]:
        texts = [getattr(document, name)[:SIMILAR_CHARACTERS] for name in TEXT_FIELDS]
        if not any(words_of(text) for text in texts):
            return ()
        alike = {
            "fields": list(TEXT_FIELDS),
            "like": [stems_of(text) for text in texts if text],
            "min_term_freq": 1,
            "min_doc_freq": 1,
            "min_word_length": 3,
            "minimum_should_match": 1,
        }
        query = compiling.within_rights({"more_like_this": alike}, access)
        keys = _keys(self._ask("similar", {"query": query, "size": limit + 1}))
        return tuple(key for key in keys if key != document.key)[:limit]

    def rebuild(
        self, documents: Iterable[CardDocument], applied: Applied, progress: Progress
    ) -> str:
        self._batch.forget()
        name = self._indexes.make()
        made = fill(self._server, name, documents, applied, progress)
        if (held := count(self._server, name)) != made:
            raise EngineUnavailable(f"{held} documents instead of {made}")
        return name

    def begun(self) -> Applied | None:
        name = self._indexes.aside()
        return self._applied(name) if name else None

    def resume(
        self,
        documents: Iterable[CardDocument],
        gone: Iterable[str],
        applied: Applied,
        progress: Progress,
    ) -> str:
        self._batch.forget()
        name = self._indexes.aside()
        held = count(self._server, name)
        forget_keys(self._server, name, gone)
        fill(self._server, name, documents, applied, lambda done: progress(held + done))
        return name

    def swap(self, generation: str) -> None:
        self._indexes.point_to(generation)
        self._indexes.sweep()

    def health(self) -> Health:
        try:
            generation = self._indexes.current()
            documents = int(self._ask("count", _all_cards(0))["hits"]["total"]["value"])
            size, applied = self._size(generation), self._applied(generation)
        except EngineUnavailable as error:
            silent = isinstance(error, EngineSilent)
            return Health(0, None, "", 0, problem=str(error), silent=silent)
        return Health(documents, applied, generation, size)

    def inventory(self) -> Mapping[str, int]:
        held: dict[str, int] = {}
        body = _all_cards(PAGE_OF_KEYS) | {"sort": [{"key": "asc"}]}
        while rows := self._ask("inventory", body)["hits"]["hits"]:
            held |= {str(row["_source"]["key"]): int(row["_source"]["sequence"]) for row in rows}
            body["search_after"] = rows[-1]["sort"]
        return held

    def report_damage(self) -> None:
        """A note inside the present index: it goes when another takes its place."""
        try:
            name = self._indexes.current()
            with self._server.asked("report") as client:
                client.index(index=name, id=DAMAGED, body={})
        except EngineUnavailable:
            return

    def is_reported_damaged(self) -> bool:
        try:
            name = self._indexes.current()
            with self._server.asked("reports") as client:
                return bool(client.exists(index=name, id=DAMAGED))
        except EngineUnavailable:
            return False

    def _ask(self, doing: str, body: Mapping[str, Any]) -> Any:
        with self._server.asked(doing) as client:
            return client.search(index=self._indexes.alias, body={**body})

    def _applied(self, name: str) -> Applied | None:
        with self._server.asked("state") as client:
            answer = client.get(index=name, id=STATE, params={"ignore": 404})
        return read_state(answer["_source"]) if answer.get("found") else None

    def _size(self, name: str) -> int:
        with self._server.asked("size") as client:
            stats = client.indices.stats(index=name, metric="store")
        return int(stats["_all"]["total"]["store"]["size_in_bytes"])


def _all_cards(size: int) -> dict[str, Any]:
    return {"query": {"exists": {"field": "key"}}, "size": size, "track_total_hits": True}


def _counting(name: str, filters: Filters) -> dict[str, Any]:
    """Counts of the filtered list; a facet in use is counted without its own filter."""
    values = {"terms": {"field": name, "size": VALUES_COUNTED}}
    return {"filter": compiling.filters_query(filters, without=name), "aggs": {"values": values}}


def _counted(answer: Mapping[str, Any], name: str) -> dict[str, int]:
    buckets = answer["aggregations"][name]["values"]["buckets"]
    return {str(row["key"]): int(row["doc_count"]) for row in buckets}


def _keys(answer: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row["_source"]["key"]) for row in answer["hits"]["hits"])
