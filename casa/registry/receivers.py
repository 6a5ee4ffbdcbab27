"""What the registry hears from log-in and writes into the trail."""

from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import EmailAddress
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casa.foundation import schedule
from casa.foundation.limits import client_address
from casa.registry import trail
from casa.registry.models import Person
from casa.registry.services import (
    accounts,
    attesting,
    entrance,
    invitations,
    kept,
    login,
    retention,
    settling,
    sign_ups,
    silence,
)

ACTS = {
    "registry.person.signed_up": _("ha creato l'account"),
    "registry.email.confirmed": _("ha confermato l'indirizzo e-mail"),
    "registry.email.asked": _("ha chiesto di cambiare l'indirizzo e-mail"),
    "registry.email.changed": _("ha cambiato l'indirizzo e-mail"),
    "registry.login.done": _("ha fatto l'accesso"),
    "registry.login.failed": _("ha visto fallire un accesso di"),
    "registry.login.ended": _("è uscita dalla piattaforma"),
    "registry.password.changed": _("ha cambiato la password"),
    "registry.password.reset": _("ha reimpostato la password"),
    "registry.second_factor.added": _("ha attivato la verifica in due passaggi"),
    "registry.second_factor.removed": _("ha tolto la verifica in due passaggi"),
    "registry.second_factor.reset": _("ha azzerato la verifica in due passaggi di"),
    "registry.recovery_codes.made": _("ha generato nuovi codici di recupero"),
}


DAILY: dict[str, Callable[..., int]] = {
    "forget_invitations": invitations.forget_old_invitations,
    "forget_old_forms": kept.forget_old_forms,
    "forget_sign_ups": sign_ups.forget_sign_ups,
    "forget_new_addresses": sign_ups.forget_new_addresses,
    "forget_old_lines": retention.forget_old_lines,
    "forget_old_ties": retention.forget_old_ties,
    "forget_persons": retention.forget_persons,
    "settle_expired": settling.settle_expired,
    "set_days": attesting.set_days,
    "warn_silent": silence.warn_silent,
}
HOUR = 60 * schedule.MINUTE


def connect() -> None:
    """Tell the trail how these acts read, and the worker what to do every day."""
    for act, words in ACTS.items():
        trail.label(act, words)
    for name, service in DAILY.items():
        schedule.every(schedule.DAY, _now(service), name=f"registry.{name}")
    schedule.every(HOUR, _now(entrance.tell_network), name="registry.tell_network")


def _now(service: Callable[..., int]) -> Callable[[], int]:
    return lambda: service(now=timezone.now())


def _address(request: HttpRequest | None) -> str:
    return client_address(request) if request is not None else ""


@receiver(account.user_signed_up)
def _signed_up(request: HttpRequest, user: Person, **_: Any) -> None:
    """Who comes from an invitation has proved the address; of all others the trail is silent yet.

    A sign-up that nobody confirms is deleted after a week, and leaves no name behind.
    """
    if EmailAddress.objects.filter(user=user, verified=True).exists():
        login.note("registry.person.signed_up", person=user, address=_address(request))


@receiver(account.email_confirmed)
def _email_confirmed(request: HttpRequest, email_address: Any, **_: Any) -> None:
    person = email_address.user
    if person.last_login is None:
        login.note("registry.person.signed_up", person=person, address=_address(request))
    login.note("registry.email.confirmed", person=person, address=_address(request))


@receiver(account.email_changed)
def _email_changed(
    request: HttpRequest, user: Person, from_email_address: EmailAddress | None, **_: Any
) -> None:
    """allauth says so of a first address too."""
    if from_email_address is not None:
        login.note("registry.email.changed", person=user, address=_address(request))


@receiver(account.user_logged_in)
def _logged_in(request: HttpRequest, user: Person, **_: Any) -> None:
    login.note("registry.login.done", person=user, address=_address(request))


@receiver(user_login_failed)
def _login_failed(
    credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any
) -> None:
    email = str(credentials.get("email") or credentials.get("username") or "")
    login.note_failure(email=email, address=_address(request), step="password")


@receiver(mfa.authentication_failed)
def _code_failed(request: HttpRequest, user: Person, **_: Any) -> None:
    login.note_failure(email=user.email, address=_address(request), step="code")


@receiver(user_logged_out)
def _logged_out(request: HttpRequest | None, user: Person | None, **_: Any) -> None:
    if isinstance(user, Person):
        login.note("registry.login.ended", person=user, address=_address(request))


@receiver([account.password_changed, account.password_set])
def _password_changed(request: HttpRequest, user: Person, **_: Any) -> None:
    login.note("registry.password.changed", person=user, address=_address(request))


@receiver(account.password_reset)
def _password_reset(request: HttpRequest, user: Person, **_: Any) -> None:
    login.note("registry.password.reset", person=user, address=_address(request))


@receiver(mfa.authenticator_added)
def _factor_added(
    request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any
) -> None:
    """The code typed to switch the app on counts for this session; all others end."""
    if authenticator.type == Authenticator.Type.TOTP:
        accounts.end_sessions(user)
        update_session_auth_hash(request, user)
        record_authentication(request, user, "mfa", id=authenticator.pk, type=authenticator.type)
        login.note("registry.second_factor.added", person=user, address=_address(request))


@receiver(mfa.authenticator_removed)
def _factor_removed(
    request: HttpRequest, user: Person, authenticator: Authenticator, **_: Any
) -> None:
    if authenticator.type == Authenticator.Type.TOTP:
        login.note("registry.second_factor.removed", person=user, address=_address(request))


@receiver(mfa.authenticator_reset)
def _codes_made(request: HttpRequest, user: Person, **_: Any) -> None:
    login.note("registry.recovery_codes.made", person=user, address=_address(request))
