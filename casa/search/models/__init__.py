"""What search keeps: cards, the state of the index, synonyms."""

from casa.search.models.cards import IndexCard, IndexCardQuerySet
from casa.search.models.cpv import CpvCode
from casa.search.models.state import IndexState
from casa.search.models.synonyms import SynonymGroup

__all__ = ["CpvCode", "IndexCard", "IndexCardQuerySet", "IndexState", "SynonymGroup"]
