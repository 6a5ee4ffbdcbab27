"""Cards in one line: suggestions while typing, documents about the same things."""

import hashlib
import logging

from django.core.cache import cache

from casa.registry.actor import Actor
from casa.search import engine
from casa.search.documents import document_of
from casa.search.engine.seam import EngineUnavailable
from casa.search.models import IndexCard
from casa.search.queries.cards import links_for
from casa.search.queries.results import Link

logger = logging.getLogger(__name__)
MOST = 8
FRESH_SECONDS = 600


def suggest(actor: Actor, prefix: str, *, limit: int = MOST) -> tuple[Link, ...]:
    """Titles with the words typed so far, the last as a beginning. Empty without an index."""
    try:
        keys = engine.current().suggest(prefix[:200], access=actor.tokens, limit=limit)
    except EngineUnavailable as reason:
        logger.warning("The index cannot suggest: %s", reason)
        return ()
    return links_for(actor, keys)


def similar(actor: Actor, key: str, *, limit: int = 5) -> tuple[Link, ...]:
    """Other cards about the same things, of those the actor may read.

    Which ones they are is found anew after ten minutes: every page of an entry asks, and comparing
    costs more than the rest of the page. Whether the actor may read them is looked up each time.
    """
    readers = hashlib.sha256(" ".join(sorted(actor.tokens)).encode()).hexdigest()[:16]
    name = f"search.similar:{key}:{readers}"
    keys = cache.get(name)
    if keys is None:
        try:
            keys = _compared(actor, key)
        except EngineUnavailable as reason:
            logger.warning("The index cannot compare: %s", reason)
            return ()
        cache.set(name, keys, FRESH_SECONDS)
    return links_for(actor, keys)[:limit]


def _compared(actor: Actor, key: str) -> tuple[str, ...]:
    card = IndexCard.objects.visible_to(actor).filter(key=key).first()
    if card is None:
        return ()
    return engine.current().similar(document_of(card), access=actor.tokens, limit=MOST)
