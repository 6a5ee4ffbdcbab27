"""Who may follow, who may do what an office owes. Plain rules that never query, and fetchers."""

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.notices.models import Duty, Follow
from casa.notices.models.duties import WORKERS
from casa.registry.actor import Actor


def may_follow(actor: Actor) -> bool:
    """Members of the network: who is only signed up has no body to work for."""
    return actor.id is not None and actor.is_member


def demand_follower(actor: Actor) -> None:
    """Refuse notices to whoever may not have any."""
    actor.person_id  # noqa: B018 -- an anonymous visitor is refused here
    if not may_follow(actor):
        raise Refused(
            _(
                "Gli avvisi li riceve chi lavora per un ente. Chiedi di entrare nel tuo da "
                "«I miei mandati»."
            )
        )


def may_settle(actor: Actor, duty: Duty) -> bool:
    """Whoever writes, reviews or administers for the office's body."""
    return actor.may_act_as(*WORKERS, body_id=duty.office.body_id)


def follow_for(actor: Actor, pk: int) -> Follow:
    """What the actor follows; what others follow does not exist (404)."""
    return get_object_or_404(Follow.objects.of(actor), pk=pk)


def duty_for(actor: Actor, pk: int) -> Duty:
    """A duty of the bodies the actor works for (404 otherwise)."""
    return get_object_or_404(Duty.objects.visible_to(actor).select_related("office__body"), pk=pk)
