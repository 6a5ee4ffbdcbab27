"""What search keeps: cards, the state of the index, words, what people look for."""

from casa.search.models.cards import IndexCard, IndexCardQuerySet
from casa.search.models.cpv import CpvCode
from casa.search.models.missing import EmptySearch, EmptySearchQuerySet
from casa.search.models.prints import CardBand, CardClause, CardPrint
from casa.search.models.saved import SavedSearch, SavedSearchQuerySet
from casa.search.models.state import IndexState
from casa.search.models.synonyms import SynonymGroup
from casa.search.models.vectors import CardVector, WordsVector

__all__ = [
    "CardBand",
    "CardClause",
    "CardPrint",
    "CardVector",
    "CpvCode",
    "EmptySearch",
    "EmptySearchQuerySet",
    "IndexCard",
    "IndexCardQuerySet",
    "IndexState",
    "SavedSearch",
    "SavedSearchQuerySet",
    "SynonymGroup",
    "WordsVector",
]
