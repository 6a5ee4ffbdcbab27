"""Comparing two versions: by clause, then by word; as data and as an accessible page.

>>> from casa.drafting import comparing, read
>>> comparison = comparing.compare(read(before), read(after))  # doctest: +SKIP
>>> html = comparing.page(comparison, before="v. 1", after="v. 2")  # doctest: +SKIP
"""

from casa.drafting.comparing.aligning import align
from casa.drafting.comparing.comparison import (
    STATES,
    ClauseChange,
    Comparison,
    State,
    compare,
    to_json,
)
from casa.drafting.comparing.page import STATE_WORDS, Layout, fragment, page
from casa.drafting.comparing.units import START
from casa.drafting.comparing.words import Op, Words, diff_words

__all__ = [
    "START",
    "STATES",
    "STATE_WORDS",
    "ClauseChange",
    "Comparison",
    "Layout",
    "Op",
    "State",
    "Words",
    "align",
    "compare",
    "diff_words",
    "fragment",
    "page",
    "to_json",
]
