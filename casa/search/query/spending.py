"""Amounts among the words of a question: «120.000 € di refezione» looks for refezione.

What costs that much is seldom said in so many figures: an amount lifts a card that names it, and
keeps out none. In quotes, or alone, it is looked for as it stands.
"""

from collections.abc import Iterator, Sequence

from casa.foundation.amounts import amounts_in
from casa.search.italian import words_of
from casa.search.query.nodes import Either, Node, Phrase, Word

CURRENCY = frozenset({"euro", "eur"})


def parted(typed: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is an amount; none inside quotation marks."""
    place = 0
    for one in amounts_in(typed):
        before = typed[: one.start]
        if before.count('"') % 2 or before.endswith(("-", ":")):
            continue
        yield typed[place : one.start], False
        yield typed[one.start : one.end], True
        place = one.end
    yield typed[place:], False


def figures(amount: str) -> Node | None:
    """What a card that names the amount would say; nothing where it is said in words alone."""
    words = tuple(word for word in words_of(amount) if word not in CURRENCY)
    if not words:
        return None
    return Phrase(words) if len(words) > 1 else Word(words[0])


def amounts_of(typed: str) -> list[Node]:
    """The nodes of the amounts of a text."""
    found = (figures(piece) for piece, is_amount in parted(typed) if is_amount)
    return [node for node in found if node]


def lifted(nodes: Sequence[Node], amounts: Sequence[Node]) -> list[Node]:
    """With the amounts made such that a card without them is found too, where there is another word
    to look for: «this amount, or the word that is wanted anyhow»."""
    word = next((one for one in nodes if isinstance(one, Word) and one not in amounts), None)
    return [Either((one, word)) if word and one in amounts else one for one in nodes]
