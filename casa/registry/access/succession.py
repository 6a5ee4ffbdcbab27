"""Who may pass on what a mandate held, read the receipt, and say who still works for a body."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.access.people import may_manage_people
from casa.registry.actor import Actor, Held
from casa.registry.models import Body, HandOver, HandOverLine, Mandate


def may_leave(actor: Actor, mandate: Mandate) -> bool:
    """One's own mandate, while it holds; an administrator only after the second factor."""
    held = Held(mandate.body_id, mandate.office_id, mandate.role)
    return actor.id is not None and actor.id == mandate.person_id and held in actor.mandates


def may_hand_over(actor: Actor, mandate: Mandate) -> bool:
    """Who manages the people of the body, and whoever leaves it."""
    return may_manage_people(actor, mandate.body) or may_leave(actor, mandate)


def may_read_receipt(actor: Actor, hand_over: HandOver) -> bool:
    """Who manages the people of the body, who left, and whoever took something over."""
    if may_manage_people(actor, hand_over.mandate.body):
        return True
    return actor.id is not None and actor.id in _people_of(hand_over)


def lines_for(actor: Actor, hand_over: HandOver) -> list[HandOverLine]:
    """The lines an actor reads: the private ones are for who left and who took over."""
    theirs = (hand_over.mandate.person_id,)
    return [
        line
        for line in hand_over.lines.all()
        if not line.private or actor.id in (*theirs, line.successor_id)
    ]


def may_attest(actor: Actor, body: Body) -> bool:
    """Who manages the people of a body says who still works there."""
    return may_manage_people(actor, body)


def may_oversee(actor: Actor) -> bool:
    """Network managers look after the bodies that nobody looks after."""
    return actor.is_network_manager


def demand_overseer(actor: Actor) -> None:
    """Refuse the list of the network to all others."""
    if not may_oversee(actor):
        raise Refused(
            _("Le consegne e le riconferme di tutta la rete le segue chi gestisce la rete.")
        )


def own_mandate_for(actor: Actor, pk: int) -> Mandate:
    """A mandate of the actor's own, in force or over (404 otherwise)."""
    rows = Mandate.objects.select_related("body", "office", "person")
    return get_object_or_404(rows, person_id=actor.person_id, pk=pk)


def ended_for(actor: Actor, pk: int) -> Mandate:
    """A mandate whose receipt the actor may read (404 otherwise)."""
    rows = Mandate.objects.select_related("body", "office", "person")
    mandate = get_object_or_404(rows, pk=pk)
    done = mandate.hand_overs.exclude(done_at=None).prefetch_related("lines")
    if not any(may_read_receipt(actor, hand_over) for hand_over in done):
        raise Http404
    return mandate


def _people_of(hand_over: HandOver) -> set[int]:
    takers = {line.successor_id for line in hand_over.lines.all() if line.successor_id}
    return takers | {hand_over.mandate.person_id}
