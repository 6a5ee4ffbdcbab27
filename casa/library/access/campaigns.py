"""Who says that a norm changed, and who says what becomes of a text."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library.access.entries import may_edit_card
from casa.library.models import Campaign, CampaignHit
from casa.registry.actor import Actor


def may_run_campaigns(actor: Actor) -> bool:
    """Those who look after the whole network say which norm changed."""
    return actor.is_network_manager or actor.is_network_reviewer


def demand_member(actor: Actor) -> None:
    """Refuse what only the network's members see."""
    if not actor.is_member:
        actor.person_id  # noqa: B018 -- an anonymous visitor is refused here
        raise Refused(
            _(
                "L'elenco dei testi da aggiornare è per chi lavora in un ente della rete. Lo stato "
                "di ogni norma è nella Guida, aperta a tutti."
            )
        )


def campaign_for(actor: Actor, pk: int) -> Campaign:
    """A campaign, for members."""
    demand_member(actor)
    return get_object_or_404(Campaign, pk=pk)


def may_keep_text(actor: Actor, hit: CampaignHit) -> bool:
    """Who writes or reviews for the body; of what came from elsewhere, who runs the campaign."""
    if hit.entry.is_received:
        return may_run_campaigns(actor)
    return may_edit_card(actor, hit.entry)


def hit_for(actor: Actor, campaign: int, pk: int) -> CampaignHit:
    """A text of a campaign of which the actor says what becomes (404 otherwise)."""
    rows = CampaignHit.objects.select_related("campaign", "entry__body")
    hit = get_object_or_404(rows, campaign=campaign, pk=pk)
    if not may_keep_text(actor, hit):
        raise Http404
    return hit
