"""Cards as engines get them."""

from casa.search.engine.seam import CardDocument
from casa.search.models import IndexCard


def document_of(card: IndexCard) -> CardDocument:
    """What an engine is given of a card."""
    return CardDocument(
        key=card.key,
        sequence=card.sequence,
        title=card.title,
        object=card.object,
        text=card.text,
        facets=card.facets,
        audience=card.audience,
        dated_on=card.dated_on,
        reviewed=card.reviewed,
    )
