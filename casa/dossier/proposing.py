"""CPV codes for a need in plain words, as the search knows them."""

from casa.guide.codes import Proposed
from casa.search import queries


def codes_for(words: str) -> Proposed:
    """The codes that the words may mean, with their labels. Few queries, kept for a while."""
    return [(one.code, one.label) for one in queries.cpv_of(words)]
