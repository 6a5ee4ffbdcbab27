"""The forms of log-in, in plain Italian words. What they do is allauth's; what they say is ours."""

from typing import Any

from allauth.account import forms as account
from allauth.core import context
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa import app_settings
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import UserAttributeSimilarityValidator
from django.core.cache import cache
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casa.registry.models import Person
from casa.registry.services import accounts, addresses

EMAIL = _("Indirizzo e-mail")
PASSWORD = _("Password")
NEW_PASSWORD = _("Nuova password")
AGAIN = _("Ripeti la password")
RULES = _("Almeno 12 caratteri, non soltanto numeri, non una parola comune o il tuo nome.")
INVITED = "account_verified_email"  # allauth's key, set by the page of the invitation
SIX_DIGITS = _("Codice")
GOOD_FOR = app_settings.TOTP_PERIOD * (2 * app_settings.TOTP_TOLERANCE + 1)  # seconds
CODE_HELP = _("Le sei cifre che mostra l'app; oppure uno dei codici di recupero.")


def _say(form: forms.Form, name: str, label: Any, help_text: Any = "") -> None:
    """Give a field our words, and take the grey words inside the box away."""
    field = form.fields[name]
    field.label, field.help_text = label, help_text
    field.widget.attrs.pop("placeholder", None)


class LoginForm(account.LoginForm):  # type: ignore[misc]  # allauth has no types here
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "login", EMAIL)
        _say(self, "password", PASSWORD)
        self.fields["login"].widget.attrs["autocomplete"] = "username"


class SignupForm(account.SignupForm):  # type: ignore[misc]  # allauth has no types here
    """Name, family name, e-mail, password. Anybody may sign up; rights come with a mandate."""

    given_name = forms.CharField(
        label=_("Nome"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    family_name = forms.CharField(
        label=_("Cognome"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    field_order = ["given_name", "family_name", "email", "password1", "password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            "email",
            EMAIL,
            _("Quello del tuo ente, se ce l'hai: ci aiuta a proporti l'ente giusto."),
        )
        _say(self, "password1", PASSWORD, RULES)
        _say(self, "password2", AGAIN)
        self._keep_invited_address()

    def _keep_invited_address(self) -> None:
        """Who comes from an invitation's link has proved that address, and no other."""
        request = context.request
        invited = request.session.get(INVITED)
        asked = request.POST.get("next") or request.GET.get("next") or ""
        if not invited or not asked.startswith(reverse("entrance:invitation", args=["-"])[:-2]):
            request.session.pop(INVITED, None)
            return
        self.initial["email"] = invited
        self.fields["email"].disabled = True
        self.fields["email"].help_text = _("L'indirizzo dell'invito, già confermato.")

    def clean_email(self) -> str:
        """An address somebody else only asked to change to is free.

        The invited address is the guest's, whoever signed up with it meanwhile.
        """
        addresses.let_go(email=self.cleaned_data["email"])
        if self.fields["email"].disabled:
            accounts.make_way(email=self.cleaned_data["email"])
        email: str = super().clean_email()
        return email

    def clean_password1(self) -> str:
        """Not one's own name either: allauth checks against the address only."""
        password: str = self.cleaned_data["password1"]
        names = Person(
            given_name=self.cleaned_data.get("given_name", ""),
            family_name=self.cleaned_data.get("family_name", ""),
        )
        UserAttributeSimilarityValidator(["given_name", "family_name"]).validate(password, names)
        return password

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Nothing more: the adapter has written the names."""


class ResetPasswordForm(account.ResetPasswordForm):  # type: ignore[misc]  # idem
    users: list[Person]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "email", EMAIL, _("Quello con cui accedi."))

    def clean_email(self) -> str:
        """Not by an address one only asked to change to: nobody has confirmed it."""
        email: str = super().clean_email()
        self.users = [person for person in self.users if person.email.lower() == email.lower()]
        return email


class NewAddressForm(forms.Form):
    """The address to change to, and the password: a page left open changes nothing."""

    email = forms.EmailField(
        label=_("Nuovo indirizzo e-mail"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    password = forms.CharField(
        label=_("Password di adesso"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"].lower()
        if email == self.person.email.lower():
            raise forms.ValidationError(_("È già l'indirizzo del tuo account."))
        return email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise forms.ValidationError(_("La password non è corretta."))
        return password


class NewPasswordForm(account.ResetPasswordKeyForm):  # type: ignore[misc]  # idem
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", NEW_PASSWORD, RULES)
        _say(self, "password2", AGAIN)


class SetPasswordForm(account.SetPasswordForm):  # type: ignore[misc]  # idem
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password1", NEW_PASSWORD, RULES)
        _say(self, "password2", AGAIN)


class ChangePasswordForm(account.ChangePasswordForm):  # type: ignore[misc]  # idem
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "oldpassword", _("Password di adesso"))
        _say(self, "password1", NEW_PASSWORD, RULES)
        _say(self, "password2", AGAIN)


class ReauthenticateForm(account.ReauthenticateForm):  # type: ignore[misc]  # idem
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "password", PASSWORD)


class OnceMixin:
    """A code serves once in all the time it is good: allauth remembers it for one period only."""

    user: Person

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
        used = f"casa.registry.code:{self.user.pk}:{normalize_user_code(code)}"
        if not cache.add(used, 1, timeout=GOOD_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(OnceMixin, mfa.AuthenticateForm):  # type: ignore[misc]  # idem
    """The code that follows the password at log-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", SIX_DIGITS, CODE_HELP)


class CodeAgainForm(OnceMixin, mfa.ReauthenticateForm):  # type: ignore[misc]  # idem
    """The code asked again before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", SIX_DIGITS, CODE_HELP)


class ActivateForm(totp.ActivateTOTPForm):  # type: ignore[misc]  # idem
    """The first code of the app, which proves that it was set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, "code", SIX_DIGITS, _("Le sei cifre che l'app mostra adesso."))
