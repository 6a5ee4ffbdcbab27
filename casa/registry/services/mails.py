"""The mails of the registry: plain text, in Italian, one addressee each."""

from collections.abc import Iterable

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.registry.models import Invitation, JoinRequest, Person, TrailLine
from casa.registry.queries.addresses import new_address_of
from casa.registry.queries.entrance import administrators_of, deciders_of, network_managers
from casa.registry.services.tokens import token_of
from casa.registry.words import for_body


def send_invitation(invitation: Invitation) -> None:
    """The link, unless the invitation is no longer open."""
    if invitation.accepted_at or invitation.revoked_at:
        return
    subject = _("Invito a lavorare %(body)s") % {"body": for_body(invitation.body)}
    link = address(reverse("entrance:invitation", args=[token_of(invitation)]))
    _send(subject, "invitation", to=[invitation.email], invitation=invitation, link=link)


def send_join_request(request: JoinRequest) -> None:
    """To the administrators of the body, from the first day."""
    _send_request(request, to=administrators_of(request.body, on=timezone.localdate()))


def send_network_request(request: JoinRequest) -> None:
    """To the network managers, when the request came to them: with the reason."""
    on = timezone.localdate(request.network_told_at)  # the rule as it was that day
    why = deciders_of(request, on=on).sentence(on=on)
    _send_request(request, to=network_managers(on=on), why=why)


def _send_request(request: JoinRequest, *, to: QuerySet[Person], why: str = "") -> None:
    """To those who decide, never to whoever asked; to nobody once it is decided."""
    if request.state != JoinRequest.State.WAITING:
        return
    deciders = to.exclude(pk=request.person_id)
    subject = _("Richiesta di lavorare %(body)s") % {"body": for_body(request.body)}
    link = address(reverse("entrance:requests"))
    _send(subject, "join_request", to=_reachable(deciders), request=request, link=link, why=why)


def send_decision(request: JoinRequest) -> None:
    """The answer and, when it is no, the reason."""
    accepted = request.state == JoinRequest.State.ACCEPTED
    words = _("Ora lavori %(body)s") if accepted else _("La tua richiesta %(body)s non è accolta")
    subject = words % {"body": for_body(request.body)}
    link = address(reverse("entrance:mine"))
    to = _reachable([request.person])
    _send(subject, "decision", to=to, request=request, accepted=accepted, link=link)


def send_welcome(person: Person) -> None:
    """To somebody registered from a file: for whom they work, how to choose a password."""
    link = address(reverse("account_reset_password"))
    mandates = list(person.mandates.select_related("body"))
    subject = _("Sei nella Casa dei Comuni")
    to = _reachable([person])
    _send(subject, "welcome", to=to, person=person, mandates=mandates, link=link)


def send_address_asked(person: Person) -> None:
    """To the present address: somebody asked to change it, and how to stop that."""
    new = new_address_of(person)
    if new is not None:
        subject = _("Qualcuno vuole cambiare il tuo indirizzo")
        link = address(reverse("account_email"))
        to = _reachable([person])
        _send(subject, "address_asked", to=to, person=person, new=new.email, link=link)


def send_second_factor_reset(person: Person, line: TrailLine) -> None:
    """To the person: who reset it, why, and what to do."""
    who = line.person.full_name if line.person else _("Chi gestisce l'installazione")
    _send(
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


def _reachable(persons: Iterable[Person]) -> list[str]:
    return [person.email for person in persons if person.email and person.is_active]


def _send(subject: str, template: str, *, to: list[str], **context: object) -> None:
    """One message for each addressee: nobody reads the addresses of the others."""
    text = render_to_string(f"registry/mail/{template}.txt", context)
    prefixed = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}"
    messages = [EmailMessage(prefixed, text, to=[email]) for email in to]
    get_connection().send_messages(messages)
