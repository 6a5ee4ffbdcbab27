"""Who keeps searches and who tends what is missing. Plain rules that never query, and fetchers.

What search finds needs no rule here: cards say who may read them (`IndexCard.visible_to`).
"""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.actor import Actor
from casa.search.models import EmptySearch, SavedSearch


def may_save(actor: Actor) -> bool:
    """Members of the network keep searches; who is only signed up has no body to work for."""
    return actor.id is not None and actor.is_member


def demand_keeper(actor: Actor) -> None:
    """Refuse saved searches to whoever may not keep any."""
    actor.person_id  # noqa: B018 -- an anonymous visitor is refused here
    if not may_save(actor):
        raise Refused(
            _(
                "Le ricerche le salva chi lavora per un ente. Chiedi di entrare nel tuo da "
                "«I miei mandati»; intanto puoi seguire una ricerca con il suo feed Atom."
            )
        )


def may_tend_missing(actor: Actor) -> bool:
    """Those who look after the whole network: its managers and its reviewers."""
    return actor.is_network_manager or actor.is_network_reviewer


def demand_tender(actor: Actor) -> None:
    """Refuse the list of what is missing to whoever does not tend it."""
    if not may_tend_missing(actor):
        raise Refused(
            _(
                "«Che cosa manca» lo cura chi gestisce o rivede per tutta la rete. "
                "Se cerchi un documento che non c'è, basta cercarlo: la richiesta si conta da sé."
            )
        )


def saved_for(actor: Actor, pk: int) -> SavedSearch:
    """A search of the actor's own; those of others do not exist (404)."""
    return get_object_or_404(SavedSearch.objects.of(actor), pk=pk)


def missing_for(actor: Actor, pk: int) -> EmptySearch:
    """A search without results, for those who tend them."""
    demand_tender(actor)
    return get_object_or_404(EmptySearch.objects.select_related("assigned_to"), pk=pk)
