"""Asking to work for a body that nobody has opened yet: the network opens it, then decides.

Such a request waits at the network's own body, so that it reaches the network managers at once,
in their list and by mail; opened, it waits like any other, at the new body.
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, trail
from casa.registry.actor import Actor
from casa.registry.models import Body, JoinRequest, Person
from casa.registry.queries.entrance import demand_decider
from casa.registry.services.bodies import NewBody, create_body
from casa.registry.services.entrance import demand_room, file_request, lock_request


@transaction.atomic
def ask_for_body(*, name: str, role: str, message: str, actor: Actor, now: datetime) -> JoinRequest:
    """Ask that a body be opened, and to work for it in a role. The same twice is once."""
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    name = " ".join(name.split())
    _demand_unknown(name)
    if waiting := JoinRequest.objects.waiting().filter(person=person).exclude(new_body="").first():
        if waiting.new_body.casefold() == name.casefold():
            return waiting
        raise Refused(
            _("Hai già chiesto di aprire «%s»: aspetta la risposta, o ritira quella richiesta.")
            % waiting.new_body
        )
    demand_room(person)
    network = Body.objects.in_use().get(kind=Body.Kind.NETWORK, is_demo=False)
    request = JoinRequest(body=network, new_body=name, role=role, message=message)
    return file_request(request, person=person, actor=actor, now=now)


@transaction.atomic
def open_asked_body(
    *, request: JoinRequest, new: NewBody, actor: Actor, now: datetime
) -> JoinRequest:
    """Open the body that was asked for; the request then waits there. Twice is once."""
    request = lock_request(request)
    demand_decider(actor, request, on=timezone.localdate(now))
    if not access.may_open_body(actor):
        raise Refused(_("Gli enti li apre la gestione della rete."))
    if not request.new_body:
        return request
    if request.state != JoinRequest.State.WAITING:
        raise Refused(_("Questa richiesta è già stata chiusa: non serve più aprire l'ente."))
    if known := Body.objects.in_use().called(new.name).first():
        raise Refused(
            _("«%s» è già aperto: rifiuta la richiesta e scrivi nel motivo di cercarlo per nome.")
            % known.name
        )
    asked, request.new_body = request.new_body, ""
    request.body = create_body(new, actor=actor, now=now)
    request.save(update_fields=["body", "new_body"])
    trail.record(
        "registry.join_request.placed", request, actor=actor, now=now, body=request.body, name=asked
    )
    return request


def _demand_unknown(name: str) -> None:
    """Refuse a name that an open body has, accents and capitals aside."""
    if known := Body.objects.in_use().called(name).first():
        raise Refused(_("L'ente «%s» c'è già: cercalo per nome e chiedi di entrarci.") % known.name)
