"""One search as it is put to the engine: who asks, how the list is narrowed, which page."""

from dataclasses import dataclass

from casa.registry.actor import Actor
from casa.search import engine, labels
from casa.search.engine.seam import DEEPEST, Asked, Filters, Found, Sort

PER_PAGE = 10
MAX_PAGE = DEEPEST // PER_PAGE


@dataclass(frozen=True, slots=True)
class Search:
    """Who searches, how the list is narrowed and sorted, which page of it."""

    actor: Actor
    filters: Filters
    sort: Sort
    page: int

    def run(self, asked: Asked) -> Found:
        """The page asked for, with the counts of the facets."""
        return self._ask(asked, page=self.page, limit=PER_PAGE, facets=tuple(labels.shown()))

    def keys(self, asked: Asked, *, limit: int) -> tuple[str, ...]:
        """The first keys and nothing else."""
        return self._ask(asked, page=1, limit=limit, facets=()).keys

    def _ask(self, asked: Asked, *, page: int, limit: int, facets: tuple[str, ...]) -> Found:
        return engine.current().search(
            asked,
            access=self.actor.tokens,
            filters=self.filters,
            facets=facets,
            sort=Sort.RELEVANCE if self.sort is Sort.TITLE else self.sort,
            offset=(page - 1) * limit,
            limit=limit,
        )
