"""«Adatta per il mio ente»: from somebody's model to a draft of one's own."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms.deriving import DeriveForm
from casa.library.views.forms import crumbs, done
from casa.registry import access as registry_access
from casa.registry.http import Request


@require_http_methods(["GET", "POST"])
def derive(request: Request, slug: str) -> HttpResponse:
    """Ask for title and office, then make the draft and say what to do with it."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_derive(request.actor, entry):
        raise Refused(
            _(
                "Adatta un modello pubblicato da un altro ente chi ha un mandato di redazione. "
                "Chiedilo da «I miei mandati»; intanto puoi scaricare il file."
            )
        )
    body = registry_access.body_acted_for(request.actor)
    form = DeriveForm(
        request.POST or None,
        initial={"title": entry.title, "office": request.actor.acting_office_id},
        offices=queries.offices_of(body),
    )
    if request.method == "POST" and form.is_valid():
        version = done(
            request,
            form,
            lambda: services.derive(
                source=entry,
                title=form.cleaned_data["title"],
                office=form.cleaned_data["office"],
                actor=request.actor,
                now=timezone.now(),
            ),
        )
        if version:
            messages.success(
                request,
                _(
                    "La copia è vostra. Usala così, oppure scarica il file, cambialo e caricalo "
                    "con «Modifica la bozza»: ricorderemo da dove viene."
                ),
            )
            return redirect(version)
    context = {
        "crumbs": crumbs(entry, _("Adatta per il mio ente")),
        "entry": entry,
        "body": body,
        "form": form,
        "own": queries.copies_by(body, entry),
    }
    status = 422 if form.errors else 200
    return render(request, "library/derive.html", context, status=status)
