"""Inviting somebody by e-mail to a role in an office, and accepting.

The link opens fourteen days, once; see `services.tokens` for how it is made.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access, tasks, trail
from casa.registry.actor import Actor, actor_for
from casa.registry.models import Body, Invitation, Mandate, Office, Person
from casa.registry.queries.entrance import invitations_for
from casa.registry.services import accounts
from casa.registry.services.tenure import lock_body, start_mandate, told
from casa.registry.services.tokens import digest_of, token_of
from casa.registry.words import for_body

LASTS = timedelta(days=14)
FORGOTTEN_AFTER = timedelta(days=90)


def invited_by(token: str) -> Invitation | None:
    """The invitation a link belongs to."""
    rows = Invitation.objects.select_related("body", "office", "invited_by")
    return rows.filter(token_digest=digest_of(token)).first()


@dataclass(frozen=True, slots=True)
class Waiting:
    """An invitation that waits for the person who looks at it, with the token of its link.

    Without a token the mail has to be opened: it was sent before there was this account, so
    nothing says yet that the mailbox and the account are of the same person.
    """

    invitation: Invitation
    token: str


def waiting_for(person: Person, *, now: datetime) -> list[Waiting]:
    """The invitations that wait for a person at their confirmed address."""
    return [
        Waiting(found, token_of(found) if person.joined_at < found.invited_at else "")
        for found in invitations_for(person.email, now=now)
    ]


@transaction.atomic
def invite(*, office: Office, role: str, email: str, actor: Actor, now: datetime) -> Invitation:
    """Invite an address. Asked twice, the invitation that waits already is given back."""
    body = lock_body(office.body_id)
    _demand_manager(actor, body)
    if office.closed_on:
        raise Refused(_("L'ufficio «%(office)s» è chiuso: scegline un altro.") % {"office": office})
    email = email.strip().lower()
    _demand_newcomer(email, role, body, now=now)
    _demand_somebody_else(email, role, body, actor=actor)
    waiting = _waiting(body, now=now).filter(email=email, role=role).first()
    if waiting is not None:
        return waiting
    invitation = Invitation(body=body, office=office, role=role, email=email)
    _send(invitation, actor=actor, now=now)
    trail.record("registry.invitation.sent", invitation, actor=actor, now=now, body=body, role=role)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, actor: Actor, now: datetime) -> Invitation:
    """A new link and fourteen new days; the old link no longer opens."""
    invitation = _lock(invitation)
    _demand_manager(actor, invitation.body)
    if invitation.accepted_at or invitation.revoked_at:
        raise Refused(_("Questo invito è già stato usato o revocato: manda un nuovo invito."))
    _send(invitation, actor=actor, now=now)
    trail.record(
        "registry.invitation.repeated", invitation, actor=actor, now=now, body=invitation.body
    )
    return invitation


@transaction.atomic
def revoke(*, invitation: Invitation, actor: Actor, now: datetime) -> Invitation:
    """Take an invitation back; its link no longer opens."""
    invitation = _lock(invitation)
    _demand_manager(actor, invitation.body)
    if invitation.accepted_at:
        raise Refused(_("L'invito è già stato accettato: puoi terminare il mandato."))
    if invitation.revoked_at:
        return invitation
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    trail.record(
        "registry.invitation.revoked", invitation, actor=actor, now=now, body=invitation.body
    )
    return invitation


@transaction.atomic
def accept(*, invitation: Invitation, actor: Actor, now: datetime) -> Invitation:
    """Take the mandate one was invited to. Accepting twice changes nothing."""
    body = lock_body(invitation.body_id)
    invitation = _lock(invitation)
    if invitation.accepted_by_id is not None and invitation.accepted_by_id == actor.id:
        return invitation
    if reason := why_closed(invitation, now=now):
        raise Refused(reason)
    person = Person.objects.get(pk=actor.person_id)
    if not is_for(invitation, person.email):
        raise Refused(
            _("Questo invito è per %(email)s: esci e accedi con quell'indirizzo.")
            % {"email": invitation.email}
        )
    if not _may_still_give(invitation, person_id=person.pk, now=now):
        raise Refused(_("Nessuno può dare a sé stesso questo ruolo: chiedilo a un'altra persona."))
    mandate = start_mandate(
        person=person,
        office=invitation.office,
        role=invitation.role,
        starts_on=timezone.localdate(now),
        ends_on=None,
    )
    invitation.accepted_at, invitation.accepted_by, invitation.email = now, person, ""
    invitation.save(update_fields=["accepted_at", "accepted_by", "email"])
    trail.record(
        "registry.invitation.accepted", invitation, actor=actor, now=now, body=body, **told(mandate)
    )
    return invitation


def is_for(invitation: Invitation, email: str) -> bool:
    """Whether the invitation was sent to this (confirmed) address."""
    return invitation.email.lower() == email.lower()


def why_closed(invitation: Invitation, *, now: datetime) -> str:
    """Why the link no longer opens, in a sentence; empty when it does."""
    if invitation.accepted_at:
        return _("Questo invito è già stato usato. Se l'hai accettato tu, accedi e lavora.")
    if invitation.revoked_at:
        return _("Questo invito è stato ritirato da chi amministra l'ente. Chiedine uno nuovo.")
    if invitation.expires_at <= now:
        return _("Questo invito è scaduto. Chiedi a chi amministra l'ente di mandarlo di nuovo.")
    if invitation.body.closed_on:
        return _("L'ente di questo invito ha cessato l'attività.")
    if not _may_still_give(invitation, person_id=None, now=now):
        return _(
            "Chi ti ha invitato non amministra più l'ente. Chiedi un invito a chi lo amministra."
        )
    return ""


@transaction.atomic
def forget_old_invitations(*, now: datetime) -> int:
    """Empty the addresses of invitations that ran out ninety days ago; gives how many."""
    old = Invitation.objects.filter(expires_at__lt=now - FORGOTTEN_AFTER)
    return old.exclude(email="").update(email="")


def _send(invitation: Invitation, *, actor: Actor, now: datetime) -> None:
    accounts.make_way(email=invitation.email)
    invitation.invited_by_id = actor.person_id
    invitation.invited_at, invitation.expires_at = now, now + LASTS
    invitation.token_digest = digest_of(token_of(invitation))
    invitation.save()
    transaction.on_commit(lambda: tasks.mail_invitation.enqueue(invitation_id=invitation.pk))


def _waiting(body: Body, *, now: datetime) -> QuerySet[Invitation]:
    return Invitation.objects.filter(
        body=body, accepted_at=None, revoked_at=None, expires_at__gt=now
    )


def _lock(invitation: Invitation) -> Invitation:
    rows = Invitation.objects.select_related("body", "office", "invited_by")
    return rows.select_for_update(of=["self"]).get(pk=invitation.pk)


def _demand_manager(actor: Actor, body: Body) -> None:
    if not access.may_manage_people(actor, body):
        raise Refused(_("Solo chi amministra l'ente può invitare altre persone."))


def _demand_somebody_else(email: str, role: str, body: Body, *, actor: Actor) -> None:
    person = Person.objects.filter(email__iexact=email).first()
    if person and not access.may_give_role(actor, role, person_id=person.pk, body=body):
        raise Refused(_("Nessuno può invitare sé stesso: chiedilo a un'altra persona."))


def _may_still_give(invitation: Invitation, *, person_id: int | None, now: datetime) -> bool:
    """Whether who invited may give that role today: they may have left, or be who accepts."""
    inviter = invitation.invited_by
    if not inviter.is_active:
        return False
    actor = actor_for(inviter, on=timezone.localdate(now))
    return access.may_give_role(
        actor, invitation.role, person_id=person_id or 0, body=invitation.body
    )


def _demand_newcomer(email: str, role: str, body: Body, *, now: datetime) -> None:
    held = Mandate.objects.in_force(on=timezone.localdate(now))
    if held.filter(body=body, role=role, person__email__iexact=email).exists():
        raise Refused(
            _("%(email)s ha già questo ruolo %(body)s.") % {"email": email, "body": for_body(body)}
        )
