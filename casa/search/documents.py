"""Cards as engines get them: with the words of their CPV codes and the acts they cite."""

from collections.abc import Iterator, Sequence

from casa.search.cpv import divisions_of, labels_of, line_of, words_of_codes
from casa.search.engine.seam import CardDocument
from casa.search.legal import tokens_in
from casa.search.models import IndexCard


def documents_of(cards: Sequence[IndexCard]) -> Iterator[CardDocument]:
    """What an engine is given of cards; the labels of all their codes come in one query."""
    codes = {code for card in cards for code in card.facets.get("cpv", ())}
    known = labels_of({above for code in codes for above in line_of(code)})
    return (_document(card, known) for card in cards)


def document_of(card: IndexCard) -> CardDocument:
    return next(documents_of([card]))


def _document(card: IndexCard, known: dict[str, str]) -> CardDocument:
    codes = card.facets.get("cpv", [])
    facets = dict(card.facets) | ({"cpv_division": divisions_of(codes)} if codes else {})
    return CardDocument(
        key=card.key,
        sequence=card.sequence,
        title=card.title,
        object=card.object,
        text=card.text,
        facets=facets,
        audience=card.audience,
        dated_on=card.dated_on,
        reviewed=card.reviewed,
        labels=words_of_codes(codes, known),
        legal=tuple(sorted(tokens_in(f"{card.title}\n{card.object}\n{card.text}"))),
        confirm_by=card.confirm_by,
        adoptions=card.adoptions,
    )
