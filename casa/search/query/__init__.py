"""The small language of the search box, read into a tree that each engine compiles.

    refezione scolastica         both words, in any order
    "offerta tecnica"            the words next to each other
    -lavori                      without this word
    mensa OR catering            either word
    tipo:modello anno:2026       a field of the card
    titolo:disciplinare          a word of the title
    manut*                       words that begin so
    art. 50 d.lgs. 36/2023       an act or an article, in whatever spelling

Whatever a person types gives a tree: there is no wrong query, only plain words.
"""

from casa.search.query.nodes import (
    LONG_WORD,
    LOOSE,
    NOTHING_ASKED,
    SYNONYM,
    All,
    Cited,
    Either,
    Expanded,
    Field,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Within,
    Word,
    nearly,
    words_in,
)
from casa.search.query.reading import MAX_CHARACTERS, MAX_WORDS, parse

__all__ = [
    "LONG_WORD",
    "LOOSE",
    "MAX_CHARACTERS",
    "MAX_WORDS",
    "NOTHING_ASKED",
    "SYNONYM",
    "All",
    "Cited",
    "Either",
    "Expanded",
    "Field",
    "Near",
    "Node",
    "Not",
    "Phrase",
    "Prefix",
    "Within",
    "Word",
    "nearly",
    "parse",
    "words_in",
]
