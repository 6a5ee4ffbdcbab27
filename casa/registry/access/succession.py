"""Who may pass on what a mandate held, read the receipt, and say who still works for a body."""

from collections.abc import Iterable

from django.db.models import Prefetch
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


def may_ask_back(actor: Actor, mandate: Mandate) -> bool:
    """One's own mandate, while it is suspended."""
    mine = actor.id is not None and actor.id == mandate.person_id
    return mine and mandate.suspended_on is not None


def leavable(actor: Actor, mandates: Iterable[Mandate]) -> set[int]:
    """Of one's own mandates, those one may leave now."""
    return {mandate.pk for mandate in mandates if may_leave(actor, mandate)}


def may_hand_over(actor: Actor, mandate: Mandate) -> bool:
    """Who manages the people of the body, and whoever leaves it."""
    return may_manage_people(actor, mandate.body) or may_leave(actor, mandate)


def may_read_receipt(actor: Actor, hand_over: HandOver) -> bool:
    """Who manages the people of the body, who left, and whoever took something over."""
    if may_manage_people(actor, hand_over.mandate.body):
        return True
    return actor.id is not None and actor.id in _people_of(hand_over)


def may_see_titles(actor: Actor, mandate: Mandate) -> bool:
    """Who works for the body, or left it: a network manager learns how many, never which."""
    return actor.belongs_to(mandate.body_id) or actor.id == mandate.person_id


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
    """Administrators see what waits in their bodies, network managers in all of them."""
    return actor.is_network_manager or bool(actor.bodies_as(Mandate.Role.ADMINISTRATOR))


def demand_overseer(actor: Actor) -> None:
    """Refuse what waits to whoever looks after no body."""
    if not may_oversee(actor):
        raise Refused(
            _("Le consegne e le riconferme le segue chi amministra un ente o gestisce la rete.")
        )


def own_mandate_for(actor: Actor, pk: int) -> Mandate:
    """A mandate of the actor's own, in force or over (404 otherwise)."""
    rows = Mandate.objects.select_related("body", "office", "person")
    return get_object_or_404(rows, person_id=actor.person_id, pk=pk)


def ended_for(actor: Actor, pk: int) -> Mandate:
    """A mandate with a receipt that the actor may read (404 otherwise)."""
    rows = Mandate.objects.select_related("body", "office", "person")
    mandate = get_object_or_404(rows, pk=pk)
    receipt_for(actor, mandate)
    return mandate


def receipt_for(actor: Actor, mandate: Mandate) -> HandOver:
    """The last hand-over of a mandate that was done and that the actor may read (404 otherwise)."""
    lines = Prefetch("lines", HandOverLine.objects.select_related("successor", "office"))
    done = mandate.hand_overs.exclude(done_at=None).prefetch_related(lines)
    done = done.select_related("mandate__body", "done_by").order_by("-done_at", "-pk")
    for hand_over in done:
        if may_read_receipt(actor, hand_over):
            return hand_over
    raise Http404


def _people_of(hand_over: HandOver) -> set[int]:
    takers = {line.successor_id for line in hand_over.lines.all() if line.successor_id}
    return takers | {hand_over.mandate.person_id}
