"""From keys that an engine gave to cards that the reader may see, in the engine's order."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from casa.registry.actor import NETWORK_TOKEN, PUBLIC_TOKEN, Actor
from casa.search import labels
from casa.search.models import IndexCard
from casa.search.queries.results import Link

TEXTS = ("text", "object", "clauses", "facets")


def cards_for(actor: Actor, keys: Sequence[str]) -> list[IndexCard]:
    """The cards, each looked up again: what was withdrawn or closed since is left out."""
    visible = IndexCard.objects.visible_to(actor).select_related("body")
    found = {card.key: card for card in visible.filter(key__in=keys)} if keys else {}
    return [found[key] for key in keys if key in found]


def kind_labels(cards: Iterable[IndexCard]) -> dict[str, str]:
    return labels.words_for("kind", sorted({card.kind for card in cards}))


def links(cards: Sequence[IndexCard]) -> tuple[Link, ...]:
    kinds = kind_labels(cards)
    return tuple(
        Link(
            key=card.key,
            title=card.title,
            url=card.url,
            kind=kinds[card.kind],
            body=card.body.name if card.body else "",
        )
        for card in cards
    )


def links_for(actor: Actor, keys: Sequence[str]) -> tuple[Link, ...]:
    """The cards in one line each, looked up again; their texts stay where they are."""
    visible = IndexCard.objects.visible_to(actor).select_related("body").defer(*TEXTS)
    found = {card.key: card for card in visible.filter(key__in=keys)} if keys else {}
    return links([found[key] for key in keys if key in found])


def link_to(actor: Actor, key: str) -> Link | None:
    """The card with this key in one line, if the actor may read it."""
    found = links_for(actor, [key] if key else [])
    return found[0] if found else None


def readers_of(card: IndexCard) -> str:
    """Who else may read it, where not everybody may."""
    if PUBLIC_TOKEN in card.audience:
        return ""
    if NETWORK_TOKEN in card.audience:
        return _("Solo la rete degli enti")
    return _("Solo il tuo ente")
