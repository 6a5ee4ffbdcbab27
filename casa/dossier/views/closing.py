"""«Chiusura»: how a tender ended, and what of it is shared with the others."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from casa.dossier import access, sections
from casa.dossier.forms.closing import ClosingForm, SharingForm
from casa.dossier.models import Dossier
from casa.dossier.queries import closing as queries
from casa.dossier.queries.sharing import documents_of
from casa.dossier.services import closing as services
from casa.dossier.services import sharing
from casa.dossier.views.moving import POSTING, who
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.foundation.htmx import render_page
from casa.registry.http import Request


@require_http_methods(POSTING)
def closing(request: Request, pk: int) -> HttpResponse:
    """Before: how did it end? After: what is shared of it."""
    found = access.dossier_for(request.actor, pk)
    if found.is_closed:
        return redirect("dossier:share", found.pk)
    first = queries.first_closing(request.actor, found, timezone.now())
    form = ClosingForm(request.POST or None, initial=dict(first))
    if request.method == "POST" and form.is_valid() and _closed(request, found, form):
        messages.success(request, _("Fascicolo chiuso. Adesso puoi condividere come è andata."))
        return redirect("dossier:share", found.pk)
    context = _page(found) | {
        "form": form,
        "may_close": access.may_close(request.actor, found),
    }
    return render(request, "dossier/closing.html", context, status=422 if form.errors else 200)


def _closed(request: Request, found: Dossier, form: ClosingForm) -> bool:
    given = form.cleaned_data
    end = services.End(
        outcome=given["esito"],
        reason=given["motivo"],
        bidders=given["offerte"],
        discount=given["ribasso"],
        criterion=given["criterio"],
        appeals=given["ricorsi"],
    )
    return _done(form, lambda: services.close(found.pk, end, **who(request)))


@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """A closed dossier goes on."""
    found = access.dossier_for(request.actor, pk)
    services.reopen(found.pk, **who(request))
    messages.success(request, _("Fascicolo riaperto: è di nuovo dov'era."))
    return redirect("dossier:dossier", found.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def share(request: Request, pk: int) -> HttpResponse:
    """The documents with what each still needs, and what to publish of those that are ready."""
    found = access.dossier_for(request.actor, pk)
    if not found.is_closed:
        return redirect("dossier:closing", found.pk)
    ending = queries.ending_of(request.actor, found)
    documents = documents_of(request.actor, found)
    ready = queries.ready_choices(documents)
    initial = queries.first_sharing(found, ending)
    form = SharingForm(request.POST or None, initial=initial, ready=ready)
    if request.method == "POST" and form.is_valid() and _shared(request, found, form):
        messages.success(request, _("La scheda si sta preparando, poi va in revisione."))
        return redirect("dossier:share", found.pk)
    context = _page(found) | {
        "ending": ending,
        "documents": documents,
        "form": form,
        "may_close": access.may_close(request.actor, found),
        "may_share": access.may_share(request.actor, found),
    }
    if form.errors:
        return render(request, "dossier/share.html", context, status=422)
    return render_page(request, "dossier/share.html", context, partial="state")


def _shared(request: Request, found: Dossier, form: SharingForm) -> bool:
    given = form.cleaned_data
    chosen = sharing.Chosen(
        title=given["titolo"],
        object=given["oggetto"],
        audience=given["lettori"],
        copies=[int(key) for key in given.get("documenti", [])],
    )
    return _done(form, lambda: sharing.share(found.pk, chosen, **who(request)))


@require_POST
def bring(request: Request, pk: int, product: int) -> HttpResponse:
    """A produced document becomes a file, so that it can be cleaned."""
    found = access.dossier_for(request.actor, pk)
    try:
        sharing.bring_product(found.pk, product, **who(request))
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Il documento è fra i file: appena controllato si ripulisce."))
    return redirect("dossier:share", found.pk)


def _done(form: ClosingForm | SharingForm, do: Callable[[], object]) -> bool:
    try:
        do()
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _page(found: Dossier) -> dict[str, Any]:
    path = reverse("dossier:closing", args=[found.pk])
    return {
        "crumbs": crumbs(found, _("Chiusura")),
        "dossier": found,
        "sections": sections.links(found.pk, path),
    }
