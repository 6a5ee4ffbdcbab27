"""Asking to work for a body, and deciding on it."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, tasks, trail
from casa.registry.actor import Actor
from casa.registry.models import Body, JoinRequest, Mandate, Office, Person
from casa.registry.queries.entrance import demand_decider, network_managers, untold
from casa.registry.services.tenure import lock_body, start_mandate, told
from casa.registry.words import for_body, long_date

MOST_WAITING = 5  # requests one person may have open at once


@transaction.atomic
def ask_to_join(*, body: Body, role: str, message: str, actor: Actor, now: datetime) -> JoinRequest:
    """Ask to work for a body in a role. Asked twice, the waiting request is given back."""
    person = Person.objects.select_for_update().get(pk=actor.person_id)
    waiting = JoinRequest.objects.waiting().filter(person=person)
    if same := waiting.filter(body=body).first():
        return same
    _demand_a_way_in(person, body, role, now=now)
    demand_room(person)
    request = JoinRequest(body=body, role=role, message=message)
    return file_request(request, person=person, actor=actor, now=now)


def demand_room(person: Person) -> None:
    """Refuse a sixth request while five wait."""
    if JoinRequest.objects.waiting().filter(person=person).count() >= MOST_WAITING:
        raise Refused(
            _("Hai già cinque richieste in attesa. Ritirane una, o aspetta che siano decise.")
        )


def file_request(
    request: JoinRequest, *, person: Person, actor: Actor, now: datetime
) -> JoinRequest:
    """Keep a new request, write it in the trail and tell those who decide."""
    request.person, request.asked_at = person, now
    request.save(force_insert=True)
    trail.record(
        "registry.join_request.sent",
        request,
        actor=actor,
        now=now,
        body=request.body,
        role=request.role,
        **({"name": request.new_body} if request.new_body else {}),
    )
    if not request.new_body:
        transaction.on_commit(lambda: tasks.mail_join_request.enqueue(request_id=request.pk))
    tell_network(now=now)
    return request


@transaction.atomic
def tell_network(*, now: datetime) -> int:
    """Write to the network managers of requests that came to them, once of each; gives how many.

    While nobody manages the network the requests keep waiting to be told. No line in the trail:
    it is nobody's act.
    """
    on = timezone.localdate(now)
    if not network_managers(on=on).exists():
        return 0
    keys = list(
        untold(on=on).select_for_update(of=["self"], skip_locked=True).values_list("pk", flat=True)
    )
    JoinRequest.objects.filter(pk__in=keys).update(network_told_at=now)
    for key in keys:
        transaction.on_commit(partial(tasks.mail_network.enqueue, request_id=key))
    return len(keys)


@transaction.atomic
def withdraw_request(*, request: JoinRequest, actor: Actor, now: datetime) -> JoinRequest:
    """Take one's own request back. Withdrawing twice changes nothing."""
    request = lock_request(request)
    if not access.may_withdraw(actor, request):
        raise Refused(_("Puoi ritirare soltanto le tue richieste."))
    if request.state == JoinRequest.State.WITHDRAWN:
        return request
    _demand_waiting(request)
    _decide(request, JoinRequest.State.WITHDRAWN, actor=actor, now=now)
    trail.record(
        "registry.join_request.withdrawn", request, actor=actor, now=now, body=request.body
    )
    return request


@transaction.atomic
def accept_request(
    *, request: JoinRequest, office: Office, role: str, actor: Actor, now: datetime
) -> JoinRequest:
    """Let whoever asked work for an office, in a role, from today. Twice is once."""
    lock_body(request.body_id)
    request = lock_request(request)
    demand_decider(actor, request, on=timezone.localdate(now))
    if _did_already(request, JoinRequest.State.ACCEPTED, actor):
        return request
    _demand_waiting(request)
    if request.new_body:
        raise Refused(_("Prima apri l'ente «%s»: poi potrai accogliere.") % request.new_body)
    if office.body_id != request.body_id:
        raise Refused(_("L'ufficio scelto è di un altro ente."))
    mandate = start_mandate(
        person=request.person,
        office=office,
        role=role,
        starts_on=timezone.localdate(now),
        ends_on=None,
    )
    _decide(request, JoinRequest.State.ACCEPTED, actor=actor, now=now)
    trail.record(
        "registry.join_request.accepted",
        request,
        actor=actor,
        now=now,
        body=request.body,
        **told(mandate),
    )
    transaction.on_commit(lambda: tasks.mail_decision.enqueue(request_id=request.pk))
    return request


@transaction.atomic
def decline_request(
    *, request: JoinRequest, reason: str, actor: Actor, now: datetime
) -> JoinRequest:
    """Say no, with the reason the asker reads. Twice is once."""
    request = lock_request(request)
    demand_decider(actor, request, on=timezone.localdate(now))
    if _did_already(request, JoinRequest.State.DECLINED, actor):
        return request
    _demand_waiting(request)
    if not reason.strip():
        raise Refused(_("Scrivi il motivo: lo legge chi ha fatto la richiesta."))
    request.reason = reason.strip()
    _decide(request, JoinRequest.State.DECLINED, actor=actor, now=now)
    trail.record(
        "registry.join_request.declined",
        request,
        actor=actor,
        now=now,
        body=request.body,
        reason=request.reason,
    )
    transaction.on_commit(lambda: tasks.mail_decision.enqueue(request_id=request.pk))
    return request


def lock_request(request: JoinRequest) -> JoinRequest:
    """The request as it stands now, ours until the end of the transaction."""
    rows = JoinRequest.objects.select_related("person", "body")
    return rows.select_for_update(of=["self"]).get(pk=request.pk)


def _decide(request: JoinRequest, state: JoinRequest.State, *, actor: Actor, now: datetime) -> None:
    request.state, request.decided_at, request.decided_by_id = state, now, actor.person_id
    request.save(update_fields=["state", "decided_at", "decided_by", "reason"])


def _did_already(request: JoinRequest, state: JoinRequest.State, actor: Actor) -> bool:
    return request.state == state and request.decided_by_id == actor.id


def _demand_waiting(request: JoinRequest) -> None:
    if request.state != JoinRequest.State.WAITING and request.decided_at is not None:
        raise Refused(
            _("Questa richiesta è già stata chiusa il %(day)s: %(state)s.")
            % {
                "day": long_date(timezone.localdate(request.decided_at)),
                "state": request.get_state_display().lower(),
            }
        )


def _demand_a_way_in(person: Person, body: Body, role: str, *, now: datetime) -> None:
    if body.closed_on:
        raise Refused(_("Questo ente ha cessato l'attività: cerca quello che gli è succeduto."))
    if body.kind == Body.Kind.NETWORK:
        raise Refused(_("Alla rete non si chiede di entrare: scegli il tuo ente."))
    held = Mandate.objects.in_force(on=timezone.localdate(now))
    if held.filter(person=person, body=body, role=role).exists():
        raise Refused(
            _("Hai già il ruolo «%(role)s» %(body)s.")
            % {"role": Mandate.Role(role).label, "body": for_body(body)}
        )
