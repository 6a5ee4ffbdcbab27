"""Taking an entry back, with the reason and what takes its place."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, services
from casa.library.forms import WithdrawalForm
from casa.registry.http import Request


def withdraw(request: Request, slug: str) -> HttpResponse:
    entry = access.entry_for(request.actor, slug)
    if not access.may_withdraw(request.actor, entry):
        raise Refused(_("Può ritirare la scheda chi rivede o amministra per il suo ente."))
    form = WithdrawalForm(request.POST or None, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            services.withdraw_entry(
                entry=entry,
                reason=form.cleaned_data["reason"],
                successor=form.cleaned_data["successor"],
                actor=request.actor,
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Scheda ritirata: l'indirizzo resta, con il motivo."))
            return redirect(entry)
    context = {
        "crumbs": [
            (_("Biblioteca"), reverse("library:catalogue")),
            (entry.title, entry.get_absolute_url()),
            (_("Ritira"), ""),
        ],
        "question": _("Ritira «%(title)s»") % {"title": entry.title},
        "consequence": _(
            "La scheda esce dagli elenchi e dalla ricerca. L'indirizzo resta, con il motivo, e chi "
            "ci arriva può ancora leggerla."
        ),
        "verb": _("Ritira la scheda"),
        "cancel_url": entry.get_absolute_url(),
        "form": form,
    }
    return render(request, "foundation/confirm.html", context, status=422 if form.is_bound else 200)
