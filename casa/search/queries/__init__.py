"""What pages and commands read from search. Everything here knows who asks."""

from casa.search.queries.finding import MAX_PAGE, PER_PAGE, find
from casa.search.queries.health import IndexHealth, health
from casa.search.queries.likeness import similar, suggest
from casa.search.queries.results import Clause, FacetCounts, Hit, Link, Result

__all__ = [
    "MAX_PAGE",
    "PER_PAGE",
    "Clause",
    "FacetCounts",
    "Hit",
    "IndexHealth",
    "Link",
    "Result",
    "find",
    "health",
    "similar",
    "suggest",
]
