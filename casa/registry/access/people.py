"""Who may do what with people, bodies and the trail."""

from collections.abc import Iterable

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.actor import Actor
from casa.registry.models import Body, Invitation, JoinRequest, Mandate, Office, Person
from casa.registry.words import for_body

RANKS = tuple(Mandate.Role.values)


# People of a body
def may_manage_people(actor: Actor, body: Body) -> bool:
    """Administrators inside their own body, network managers anywhere."""
    is_administrator = actor.may_act_as(Mandate.Role.ADMINISTRATOR, body_id=body.pk)
    return actor.system or actor.is_network_manager or is_administrator


def may_give_role(actor: Actor, role: str, *, person_id: int, body: Body) -> bool:
    """Who manages people gives roles to others, and to oneself only a lower one than one holds."""
    if not may_manage_people(actor, body):
        return False
    return person_id != actor.id or RANKS.index(role) < _rank(actor, body)


def may_reset_second_factor(actor: Actor, whose: Actor) -> bool:
    """Network managers of anybody; administrators of their people, unless these weigh more.

    `whose` is what the other person holds (`queries.second_factor.standings_of`). Whoever serves
    the network or administers another body too is the network's to help. Never one's own.
    """
    if whose.id is None or whose.id == actor.id:
        return False
    if actor.system or actor.is_network_manager:
        return True
    mine = actor.bodies_as(Mandate.Role.ADMINISTRATOR)
    administers_mine_only = whose.bodies_as(Mandate.Role.ADMINISTRATOR) <= mine
    return bool(whose.body_ids & mine) and administers_mine_only and not whose.network_roles


def may_close_login(actor: Actor, *, person_id: int) -> bool:
    """Network managers, of others; the operator, of anybody."""
    return actor.system or (actor.is_network_manager and person_id != actor.id)


def closable(actor: Actor, persons: Iterable[Person]) -> set[int]:
    """Of these persons, whose log-in the actor may close."""
    return {
        person.pk
        for person in persons
        if person.is_active and may_close_login(actor, person_id=person.pk)
    }


def demand_closer(actor: Actor, *, person_id: int) -> None:
    """Refuse the page to whoever may not close that log-in."""
    if not may_close_login(actor, person_id=person_id):
        raise Refused(_("L'accesso di una persona lo chiude chi gestisce la rete, mai il proprio."))


def may_decide(actor: Actor, request: JoinRequest, *, network_too: bool) -> bool:
    """Administrators of the body; network managers when it came to them. Never one's own."""
    if actor.id is None or request.person_id == actor.id:
        return False
    if actor.may_act_as(Mandate.Role.ADMINISTRATOR, body_id=request.body_id):
        return True
    return network_too and actor.is_network_manager


def may_decide_some(actor: Actor) -> bool:
    """Whoever has requests to decide on: administrators and network managers."""
    return actor.is_network_manager or bool(actor.bodies_as(Mandate.Role.ADMINISTRATOR))


def demand_decider_of_some(actor: Actor) -> None:
    """Refuse the list of requests to whoever decides on none."""
    if not may_decide_some(actor):
        raise Refused(
            _(
                "Le richieste di entrare in un ente le vede chi lo amministra. "
                "Le tue sono in «I miei mandati»."
            )
        )


def may_withdraw(actor: Actor, request: JoinRequest) -> bool:
    """Whoever asked."""
    return actor.id is not None and request.person_id == actor.id


def may_use_back_office(actor: Actor) -> bool:
    """The back office (Django admin) is for network managers."""
    return actor.is_network_manager


def _rank(actor: Actor, body: Body) -> int:
    """The place of the actor's highest role in that body; -1 without any."""
    held = (RANKS.index(held.role) for held in actor.mandates if held.body_id == body.pk)
    return max(held, default=-1)


def body_acted_for(actor: Actor) -> Body:
    """The body the actor acts for now; refused to whoever has none."""
    if actor.acting_for is None:
        raise Refused(
            _("Non operi per nessun ente. Chiedi di lavorare per il tuo da «I miei mandati».")
        )
    return Body.objects.get(pk=actor.acting_for)


def own_body_for(actor: Actor, pk: int) -> Body:
    """A body the actor holds any mandate for."""
    return get_object_or_404(Body.objects.filter(pk__in=actor.body_ids), pk=pk)


def managed_body_for(actor: Actor, slug: str) -> Body:
    """An open body whose people the actor manages."""
    body = get_object_or_404(Body.objects.in_use(), slug=slug)
    if not may_manage_people(actor, body):
        raise Refused(
            _(
                "Le persone di un ente le gestisce chi lo amministra. "
                "Non hai un mandato di amministrazione %(body)s: chiedilo a chi lo amministra."
            )
            % {"body": for_body(body)}
        )
    return body


def mandate_for(actor: Actor, slug: str, pk: int) -> Mandate:
    """A mandate in a body whose people the actor manages."""
    rows = Mandate.objects.select_related("body", "office", "person")
    return get_object_or_404(rows, body=managed_body_for(actor, slug), pk=pk)


def office_for(actor: Actor, slug: str, pk: int) -> Office:
    """An open office of a body whose people the actor manages."""
    rows = Office.objects.select_related("body").filter(closed_on=None)
    return get_object_or_404(rows, body=managed_body_for(actor, slug), pk=pk)


def invitation_for(actor: Actor, slug: str, pk: int) -> Invitation:
    """An invitation to a body whose people the actor manages."""
    rows = Invitation.objects.select_related("body", "office")
    return get_object_or_404(rows, body=managed_body_for(actor, slug), pk=pk)


def own_request_for(actor: Actor, pk: int) -> JoinRequest:
    """A join request of the actor's own."""
    rows = JoinRequest.objects.select_related("body", "person").filter(person_id=actor.person_id)
    return get_object_or_404(rows, pk=pk)


# Bodies, the trail, the import
def may_see_names(actor: Actor) -> bool:
    """Who works for a body is told to members of the network; to others only how many."""
    return actor.is_member


def may_ask_to_join(actor: Actor, body: Body) -> bool:
    """Anybody without a mandate there; a body that ceased or the network itself takes nobody."""
    takes_people = body.closed_on is None and body.kind != Body.Kind.NETWORK
    return takes_people and not actor.belongs_to(body.pk)


def may_see_trail(actor: Actor) -> bool:
    """Network managers see all lines, administrators those of their bodies."""
    return actor.is_network_manager or bool(actor.bodies_as(Mandate.Role.ADMINISTRATOR))


def may_open_body(actor: Actor) -> bool:
    """A body that is on no list of places is opened by network managers."""
    return actor.is_network_manager


def may_import(actor: Actor) -> bool:
    """Bodies and persons are brought in from a file by network managers, and by the operator."""
    return actor.system or actor.is_network_manager


def body_for(actor: Actor, slug: str) -> Body:
    """A body anybody may read, open or not. One query."""
    rows = Body.objects.visible_to(actor).select_related(
        "province__region", "municipality", "province_body"
    )
    return get_object_or_404(rows, slug=slug)


def may_give_network_role(actor: Actor, *, person_id: int) -> bool:
    """Network managers, to others; the operator, to anybody."""
    return actor.system or (actor.is_network_manager and person_id != actor.id)
