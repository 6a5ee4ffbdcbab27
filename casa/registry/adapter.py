"""Where our house differs from allauth's: names, words, where one lands, mails that fail."""

import logging
import time
from smtplib import SMTPException
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core import context
from allauth.core.exceptions import ReauthenticationRequired
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.db import IntegrityError, transaction
from django.forms import Form
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as say
from django.utils.translation import gettext_lazy as _

from casa.foundation.errors import Refused
from casa.registry.actor import actor_for
from casa.registry.models import Person
from casa.registry.queries import addresses
from casa.registry.services.accounts import make_way

logger = logging.getLogger(__name__)
TOTP = Authenticator.Type.TOTP


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types here
    """Log-in, sign-up, reset."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("Questo account è disattivato."),
        "cannot_remove_primary_email": _("È l'indirizzo con cui accedi: non si può togliere."),
        "duplicate_email": _("È già l'indirizzo del tuo account."),
        "email_password_mismatch": _(
            "Indirizzo e-mail o password non corretti. Controlla che il blocco delle maiuscole "
            "sia spento e riprova."
        ),
        "email_taken": _("C'è già un account con questo indirizzo."),
        "enter_current_password": _("La password di adesso non è questa."),
        "incorrect_code": _("Il codice non è corretto o è scaduto: scrivi quello che vedi ora."),
        "incorrect_password": _("La password non è corretta."),
        "invalid_or_expired_key": _("Il collegamento non vale più. Chiedine un altro."),
        "invalid_login": _("Scrivi l'indirizzo e-mail con cui accedi."),
        "invalid_password_reset": _("Il collegamento non vale più. Chiedine un altro."),
        "too_many_login_attempts": _(
            "Troppi tentativi non riusciti. Aspetta cinque minuti, poi riprova o chiedi una "
            "nuova password."
        ),
        "same_as_current": _("Il nuovo valore deve essere diverso da quello di adesso."),
        "rate_limited": _("Troppe richieste in poco tempo: aspetta un minuto e riprova."),
    }

    def save_user(
        self, request: HttpRequest, user: Person, form: Form, commit: bool = True
    ) -> Person:
        """The names as typed, spaces aside."""
        user.given_name = " ".join(form.cleaned_data["given_name"].split())
        user.family_name = " ".join(form.cleaned_data["family_name"].split())
        saved: Person = super().save_user(request, user, form, commit=commit)
        return saved

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home; whoever works for no body yet lands where one asks to."""
        person = request.user
        if isinstance(person, Person):
            actor = actor_for(person, on=timezone.localdate())
            if not actor.is_member:
                return reverse("entrance:mine")
        return resolve_url("portal:home")

    def get_signup_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 -- allauth's
        """«Quale ente?»: the first thing after the confirmation of the address."""
        return reverse("entrance:mine")

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("mfa_index")

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who logged in or gave the password a moment ago need not do it again.

        Whoever has a second factor must have given its code: the password alone, even in a
        session that is older than the factor, neither shows the recovery codes nor removes it.
        allauth would take any recent record for enough, so we ask here and at once.
        """
        request = context.request
        has_factor = is_mfa_enabled(request.user, types=[TOTP])
        records = get_authentication_records(request, request.user)
        good = [record["at"] for record in records if not has_factor or record["method"] == "mfa"]
        if time.time() - max(good, default=0) < app_settings.REAUTHENTICATION_TIMEOUT:
            return False
        if has_factor:
            raise ReauthenticationRequired
        required: bool = super().is_reauthentication_required(app=app, **kwargs)
        return required

    def get_reauthentication_methods(self, user: Person) -> list[dict[str, Any]]:
        """Whoever has a second factor is asked for its code, never for the password instead."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        codes = [method for method in methods if method["id"] == "mfa_reauthenticate"]
        return codes if is_mfa_enabled(user, types=[TOTP]) else methods

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """All of it or nothing; one address for another only by whoever asked, logged in."""
        taken = say("Questo indirizzo è già di un altro account: accedi con quello.")
        try:
            with transaction.atomic():
                if addresses.is_change(email_address):
                    self._demand_owner(request, email_address)
                    make_way(email=email_address.email)
                if addresses.is_taken(email_address):
                    raise Refused(taken)
                confirmed: bool = super().confirm_email(request, email_address)
        except IntegrityError:  # somebody else confirmed it in this very moment
            raise Refused(taken) from None
        return confirmed

    def _demand_owner(self, request: HttpRequest, address: EmailAddress) -> None:
        if request.user.pk != address.user_id:
            raise Refused(
                say("Per cambiare indirizzo accedi con quello di prima e riapri il collegamento.")
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """A mail server that does not answer is said in words, not as a broken page."""
        try:
            super().send_mail(template_prefix, email, context)
        except (SMTPException, OSError) as failure:
            logger.exception("The mail %s was not sent", template_prefix)
            raise Refused(
                say("Non riusciamo a inviare l'e-mail in questo momento. Riprova fra poco.")
            ) from failure


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types here
    """The second factor."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "Per cambiare indirizzo togli prima la verifica in due passaggi; poi riattivala."
        ),
        "cannot_delete_authenticator": _("La verifica in due passaggi non si può togliere."),
        "cannot_generate_recovery_codes": _(
            "I codici di recupero servono solo con la verifica in due passaggi: attivala prima."
        ),
        "incorrect_code": _("Il codice non è corretto o è scaduto: scrivi quello che vedi ora."),
        "unverified_email": _("Conferma prima il tuo indirizzo e-mail."),
    }
