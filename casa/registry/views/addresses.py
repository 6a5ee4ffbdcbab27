"""«Il mio indirizzo»: the address one logs in with, and how to change it."""

from collections.abc import Callable
from functools import wraps

from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.models import EmailConfirmationHMAC
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casa.foundation.limits import client_address, limit
from casa.registry.forms.account import NewAddressForm
from casa.registry.http import Request, me
from casa.registry.queries import addresses as queries
from casa.registry.services import addresses
from casa.registry.views.pages import sent

View = Callable[..., HttpResponse]


@login_required
def my_address(request: Request) -> HttpResponse:
    """The address of now, the one that waits for its confirmation, and the form to change it."""
    person = me(request)
    if request.method == "POST":
        limit(request, "my-address", per_hour=10)
    form = NewAddressForm(sent(request), person=person)
    if request.method == "POST" and form.is_valid():
        return _ask(request, form.cleaned_data["email"])
    context = {
        "form": form,
        "pending": queries.new_address_of(person),
        "crumbs": [(_("Sicurezza del tuo account"), reverse("mfa_index")), (_("Indirizzo"), "")],
    }
    return render(
        request, "registry/entrance/address.html", context, status=422 if form.errors else 200
    )


def _ask(request: Request, email: str) -> HttpResponse:
    asked = addresses.ask_new_address(
        person=me(request), email=email, address=client_address(request)
    )
    if send_verification_email_to_address(request, asked):
        words = _(
            "Apri il collegamento che abbiamo mandato a %(email)s: fino ad allora non cambia."
        )
        messages.success(request, words % {"email": email})
    else:
        words = _("Abbiamo scritto da poco a %(email)s: guarda la posta o riprova fra tre minuti.")
        messages.warning(request, words % {"email": email})
    return redirect("account_email")


@require_POST
@login_required
def keep_address(request: Request) -> HttpResponse:
    """Change one's mind."""
    addresses.forget_new_address(person=me(request))
    messages.success(request, _("Il tuo indirizzo resta quello di adesso."))
    return redirect("account_email")


def by_its_owner(view: View) -> View:
    """The link of a change asks for the log-in first; the adapter refuses everybody else."""

    @wraps(view)
    def wrapped(request: HttpRequest, key: str) -> HttpResponse:
        found = EmailConfirmationHMAC.from_key(key)
        if (
            found is not None
            and not request.user.is_authenticated
            and queries.is_change(found.email_address)
        ):
            return redirect_to_login(request.get_full_path())
        return view(request, key=key)

    return wrapped
