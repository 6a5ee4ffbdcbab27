"""What words look for, so that the same question asked in two ways is one; and what is private.

Only words that are wanted count: a filter typed as `tipo:modello` or an excluded word makes the
question a person's own, and such questions have no key.
"""

import re
from collections.abc import Iterator

from casa.search.italian import STOP_WORDS, WORD, stem
from casa.search.query import Field, Node, Not, Phrase, parse, words_in

LONGEST = 200
SHORTEST = 3
LONG_NUMBER = 6
MANY_DIGITS = 9
_SPACED = re.compile(r"(?<=\d)[ .,/'\-]+(?=\d)")
_PRIVATE = (
    re.compile(r"@"),
    re.compile(  # a fiscal code, whatever its check letter: a slip must not save it
        r"(?<![a-z0-9])[a-z]{3} ?[a-z]{3} ?[0-9lmnpqrstuv]{2} ?[a-ehlmprst] ?[0-9lmnpqrstuv]{2}"
        r" ?[a-z] ?[0-9lmnpqrstuv]{3} ?[a-z](?![a-z0-9])",
        re.IGNORECASE,
    ),
    re.compile(r"(?<![a-z0-9])[a-z]{2}\d{2}(?: ?[a-z0-9]{4}){3}", re.IGNORECASE),  # an IBAN
    re.compile(rf"\d{{{LONG_NUMBER},}}"),
)


def key_of(typed: str) -> str:
    """The stems of the wanted words in alphabetical order; empty without a plain question."""
    nodes = parse(typed).nodes
    if any(isinstance(node, Field | Not) for node in nodes):
        return ""
    stems = {stem(word) for node in nodes for word in _wanted(node)}
    key = " ".join(sorted(stems - {""}))
    said = SHORTEST <= len(key) <= LONGEST and any(letter.isalpha() for letter in key)
    return key if said else ""


def plain(typed: str) -> str:
    """The words as people read them: small letters, no signs."""
    return " ".join(WORD.findall(typed.lower()))[:LONGEST]


def is_private(typed: str) -> bool:
    """Whether it looks like an address, a fiscal code, an IBAN, a telephone or another long number.

    Rather too often than too seldom: a question left out costs nothing.
    """
    if any(pattern.search(typed) for pattern in _PRIVATE):
        return True
    runs = re.findall(r"\d+", _SPACED.sub("", typed))
    return any(len(run) >= MANY_DIGITS for run in runs)


def _wanted(node: Node) -> Iterator[str]:
    for inner in words_in(node):
        words = inner.words if isinstance(inner, Phrase) else (inner.text,)
        yield from (word for word in words if word not in STOP_WORDS)
