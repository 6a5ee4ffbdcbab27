"""Taking an entry back, with the reason and what takes its place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.foundation.errors import Refused
from casa.library import access, services
from casa.library.forms import WithdrawalForm
from casa.library.views.forms import crumbs, done
from casa.registry.http import Request

CONSEQUENCE = gettext_lazy(
    "La scheda esce dagli elenchi e dalla ricerca. L'indirizzo resta, con il motivo, e chi ci "
    "arriva può ancora leggerla."
)


def withdraw(request: Request, slug: str) -> HttpResponse:
    entry = access.entry_for(request.actor, slug)
    if not access.may_withdraw(request.actor, entry):
        raise Refused(_("Può ritirare la scheda chi rivede o amministra per il suo ente."))
    form = WithdrawalForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        withdrawn = done(
            request,
            form,
            lambda: services.withdraw_entry(
                entry=entry,
                reason=form.cleaned_data["reason"],
                successor=form.cleaned_data["successor"],
                actor=request.actor,
                now=timezone.now(),
            ),
        )
        if withdrawn:
            messages.success(request, _("Scheda ritirata: l'indirizzo resta, con il motivo."))
            return redirect(withdrawn)
    context = {
        "crumbs": crumbs(entry, _("Ritira")),
        "question": _("Ritira «%(title)s»") % {"title": entry.title},
        "consequence": CONSEQUENCE,
        "verb": _("Ritira la scheda"),
        "cancel_url": entry.get_absolute_url(),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "foundation/confirm.html", context, status=status)
