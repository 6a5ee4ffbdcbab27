"""The embedded engine: tantivy, a Rust library in a Python wheel, files in one folder."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from casa.search.engine.seam import (
    Access,
    Applied,
    Asked,
    CardDocument,
    EngineUnavailable,
    Filters,
    Found,
    Health,
    Progress,
    Sort,
)
from casa.search.engine.tantivy.building import Build
from casa.search.engine.tantivy.guard import guarded
from casa.search.engine.tantivy.reader import Reader, open_index, read_state
from casa.search.engine.tantivy.schema import fingerprint
from casa.search.engine.tantivy.shelf import Shelf
from casa.search.engine.tantivy.writer import Writer


class TantivyEngine:
    """See `casa.search.engine.seam.Engine` for what each method promises."""

    capabilities = frozenset({"facets", "fuzzy", "prefix", "similar"})

    def __init__(self, folder: Path) -> None:
        self._shelf = Shelf(folder / fingerprint())
        self._reader = Reader(self._shelf)
        self._writer = Writer(self._shelf)

    def upsert(self, documents: Iterable[CardDocument]) -> None:
        self._writer.upsert(documents)

    def delete(self, keys: Iterable[str]) -> None:
        self._writer.delete(keys)

    def commit(self, applied: Applied) -> None:
        self._writer.commit(applied)

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
        return self._reader.search(
            asked,
            access=access,
            filters=filters,
            facets=facets,
            sort=sort,
            offset=offset,
            limit=limit,
        )

    def suggest(self, words: str, *, access: Access, limit: int) -> tuple[str, ...]:
        return self._reader.suggest(words, access=access, limit=limit)

    def similar(self, document: CardDocument, *, access: Access, limit: int) -> tuple[str, ...]:
        return self._reader.similar(document, access=access, limit=limit)

    def rebuild(
        self, documents: Iterable[CardDocument], applied: Applied, progress: Progress
    ) -> str:
        self._writer.forget()
        self._shelf.sweep()
        folder = self._shelf.new_generation()
        Build(folder, progress).run(documents, applied)
        return folder.name

    def begun(self) -> Applied | None:
        folder = self._shelf.aside()
        if folder is None or not (folder / "meta.json").exists():
            return None
        try:
            index = open_index(folder)
            with guarded("begun"):
                return read_state(index)
        except EngineUnavailable:
            return None

    def resume(
        self,
        documents: Iterable[CardDocument],
        gone: Iterable[str],
        applied: Applied,
        progress: Progress,
    ) -> str:
        self._writer.forget()
        if (folder := self._shelf.aside()) is None:
            raise EngineUnavailable("no index was begun")
        Build(folder, progress).run(documents, applied, gone=gone)
        return folder.name

    def swap(self, generation: str) -> None:
        self._shelf.point_to(generation)
        self._shelf.sweep()

    def health(self) -> Health:
        try:
            documents, applied = self._reader.documents(), self._reader.applied()
            generation = self._shelf.current.name
        except EngineUnavailable as error:
            return Health(0, None, "", self._shelf.size(), problem=str(error))
        return Health(documents, applied, generation, self._shelf.size())

    def inventory(self) -> Mapping[str, int]:
        return self._reader.inventory()

    def report_damage(self) -> None:
        self._shelf.flag_damage()

    def is_reported_damaged(self) -> bool:
        return self._shelf.is_flagged()

    def forget_changes(self) -> None:
        """Drop what was not committed."""
        with suppress(EngineUnavailable):
            self._writer.forget()
