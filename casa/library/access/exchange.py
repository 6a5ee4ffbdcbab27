"""Who exchanges texts with other installations."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library.models import Bundle, Installation
from casa.registry.actor import Actor


def may_exchange(actor: Actor) -> bool:
    """Network managers export, import, and say whom to trust."""
    return actor.is_network_manager


def demand_exchanger(actor: Actor) -> None:
    """Refuse whoever does not exchange."""
    if not may_exchange(actor):
        actor.person_id  # noqa: B018 -- an anonymous visitor is refused here
        raise Refused(_("Lo scambio con altre installazioni è di chi gestisce la rete."))


def bundle_for(actor: Actor, pk: int) -> Bundle:
    """A bundle that arrived, for who exchanges."""
    demand_exchanger(actor)
    return get_object_or_404(Bundle.objects.select_related("installation", "person"), pk=pk)


def installation_for(actor: Actor, pk: int) -> Installation:
    """Another installation, for who exchanges."""
    demand_exchanger(actor)
    return get_object_or_404(Installation, pk=pk, is_own=False)
