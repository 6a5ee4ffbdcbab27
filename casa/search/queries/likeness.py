"""Cards in one line: suggestions while typing, documents about the same things."""

import logging

from casa.registry.actor import Actor
from casa.search import engine
from casa.search.documents import document_of
from casa.search.engine.seam import EngineUnavailable
from casa.search.models import IndexCard
from casa.search.queries.cards import cards_for, links
from casa.search.queries.results import Link

logger = logging.getLogger(__name__)
MOST = 8


def suggest(actor: Actor, prefix: str, *, limit: int = MOST) -> tuple[Link, ...]:
    """Titles with the words typed so far, the last as a beginning. Empty without an index."""
    try:
        keys = engine.current().suggest(prefix[:200], access=actor.tokens, limit=limit)
    except EngineUnavailable as reason:
        logger.warning("The index cannot suggest: %s", reason)
        return ()
    return links(cards_for(actor, keys))


def similar(actor: Actor, key: str, *, limit: int = 5) -> tuple[Link, ...]:
    """Other cards about the same things, of those the actor may read."""
    card = IndexCard.objects.visible_to(actor).filter(key=key).first()
    if card is None:
        return ()
    try:
        keys = engine.current().similar(document_of(card), access=actor.tokens, limit=limit)
    except EngineUnavailable as reason:
        logger.warning("The index cannot compare: %s", reason)
        return ()
    return links(cards_for(actor, keys))
