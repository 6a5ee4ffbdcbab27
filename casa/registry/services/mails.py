"""The mails of the registry: plain text, in Italian, one addressee each.

Each function gives the letters that an event calls for, none when it no longer does; the worker
sends them (`casa.registry.tasks`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.registry.models import Invitation, JoinRequest, Person, TrailLine
from casa.registry.queries.addresses import new_address_of
from casa.registry.queries.entrance import administrators_of, deciders_of, network_managers
from casa.registry.services.tokens import token_of
from casa.registry.words import for_body, for_wanted

NOBODY = 0  # the key of an invited address: no person yet


@dataclass(frozen=True, slots=True)
class Letter:
    """A message to one addressee. `key`, the person's, says who in the worker's queue and log."""

    key: int
    to: str
    subject: str
    text: str

    def send(self) -> None:
        EmailMessage(self.subject, self.text, to=[self.to]).send()


def invitation(invitation: Invitation) -> list[Letter]:
    """The link, unless the invitation is no longer open."""
    if invitation.accepted_at or invitation.revoked_at or not invitation.email:
        return []
    subject = _("Invito a lavorare %(body)s") % {"body": for_body(invitation.body)}
    link = address(reverse("entrance:invitation", args=[token_of(invitation)]))
    to = {NOBODY: invitation.email}
    return _letters(subject, "invitation", to=to, invitation=invitation, link=link)


def join_request(request: JoinRequest) -> list[Letter]:
    """To the administrators of the body, from the first day."""
    return _about_request(request, to=administrators_of(request.body, on=timezone.localdate()))


def network_request(request: JoinRequest) -> list[Letter]:
    """To the network managers, when the request came to them: with the reason."""
    on = timezone.localdate(request.network_told_at)  # the rule as it was that day
    why = deciders_of(request, on=on).sentence(on=on)
    return _about_request(request, to=network_managers(on=on), why=why)


def _about_request(request: JoinRequest, *, to: QuerySet[Person], why: str = "") -> list[Letter]:
    """To those who decide, never to whoever asked; to nobody once it is decided."""
    if request.state != JoinRequest.State.WAITING:
        return []
    deciders = to.exclude(pk=request.person_id)
    subject = _("Richiesta di lavorare %(body)s") % {"body": for_wanted(request)}
    link = address(reverse("entrance:requests"))
    return _letters(
        subject, "join_request", to=_reachable(deciders), request=request, link=link, why=why
    )


def decision(request: JoinRequest) -> list[Letter]:
    """The answer and, when it is no, the reason."""
    accepted = request.state == JoinRequest.State.ACCEPTED
    words = _("Ora lavori %(body)s") if accepted else _("La tua richiesta %(body)s non è accolta")
    subject = words % {"body": for_wanted(request)}
    link = address(reverse("entrance:mine"))
    to = _reachable([request.person])
    return _letters(subject, "decision", to=to, request=request, accepted=accepted, link=link)


def welcome(person: Person) -> list[Letter]:
    """To somebody registered from a file: for whom they work, how to choose a password."""
    link = address(reverse("account_reset_password"))
    mandates = list(person.mandates.select_related("body"))
    subject = _("Sei nella Casa dei Comuni")
    to = _reachable([person])
    return _letters(subject, "welcome", to=to, person=person, mandates=mandates, link=link)


def address_asked(person: Person) -> list[Letter]:
    """To the present address: somebody asked to change it, and how to stop that."""
    new = new_address_of(person)
    if new is None:
        return []
    subject = _("Qualcuno vuole cambiare il tuo indirizzo")
    link = address(reverse("account_email"))
    to = _reachable([person])
    return _letters(subject, "address_asked", to=to, person=person, new=new.email, link=link)


def second_factor_reset(person: Person, line: TrailLine) -> list[Letter]:
    """To the person: who reset it, why, and what to do."""
    who = line.person.full_name if line.person else _("Chi gestisce l'installazione")
    return _letters(
        _("La tua verifica in due passaggi è stata azzerata"),
        "second_factor_reset",
        to=_reachable([person]),
        person=person,
        who=who,
        reason=line.details["reason"],
        link=address(reverse("mfa_index")),
    )


def address(path: str) -> str:
    """The full address of a page, as the operator says the platform is reached."""
    return settings.SITE_ADDRESS.rstrip("/") + path


def _reachable(persons: Iterable[Person]) -> dict[int, str]:
    return {person.pk: person.email for person in persons if person.email and person.is_active}


def _letters(subject: str, template: str, *, to: dict[int, str], **context: object) -> list[Letter]:
    """One message for each addressee: nobody reads the addresses of the others."""
    text = render_to_string(f"registry/mail/{template}.txt", context)
    line = " ".join(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}".split())
    return [Letter(key, email, line, text) for key, email in to.items()]
