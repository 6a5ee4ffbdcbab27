"""Merging what we and the source made of the same text, clause by clause.

>>> from casa.drafting import merging, read
>>> merge = merging.merge(read(base), read(ours), read(theirs))  # doctest: +SKIP
>>> merge = merging.chosen(merge, {"art-7": merging.Choice("take")})  # doctest: +SKIP
"""

from casa.drafting.merging.choosing import Choice, chosen, clause_blocks, result_text
from casa.drafting.merging.merging import merge
from casa.drafting.merging.model import STATES, ClauseMerge, Merge, State, to_json
from casa.drafting.merging.odt import odt
from casa.drafting.merging.writing import docx

__all__ = [
    "STATES",
    "Choice",
    "ClauseMerge",
    "Merge",
    "State",
    "chosen",
    "clause_blocks",
    "docx",
    "merge",
    "odt",
    "result_text",
    "to_json",
]
