"""The archive of a dossier, and a dossier back from it."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.dossier import access, sections
from casa.dossier.archive import parts
from casa.dossier.forms.archive import ArchiveForm
from casa.dossier.models import Dossier, Parcel
from casa.dossier.queries.parcels import parcels_of, weight_of
from casa.dossier.services import archiving, parcels
from casa.dossier.views.parcels import temporary, zip_response
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.foundation.takes_files import takes_files
from casa.intake import transfer
from casa.registry.http import Request

PER_MINUTE = 10


@require_http_methods(["GET", "POST"])
def archive(request: Request, pk: int) -> HttpResponseBase:
    """What the archive holds; the button gives it, with what this reader may read now."""
    found, now = access.dossier_for(request.actor, pk), timezone.now()
    if request.method == "POST":
        limit(request, "dossier.archive", per_minute=PER_MINUTE)
        return _packed(request, found, now)
    context = {
        "crumbs": crumbs(found, _("Archivio")),
        "dossier": found,
        "sections": sections.links(found.pk, request.path),
        "parts": parts.known(),
        "parcels": parcels_of(request.actor, found, Parcel.Content.ARCHIVE, now=now),
        "is_whole": access.may_read_participants(request.actor, found, now),
    }
    return render(request, "dossier/archive.html", context)


def _packed(request: Request, found: Dossier, now: datetime) -> HttpResponseBase:
    """A small archive at once; a big one is packed by the worker, and the page tells when."""
    if weight_of(found) > parcels.AT_ONCE:
        parcels.ask_parcel(found, Parcel.Content.ARCHIVE, actor=request.actor, now=now)
        return redirect("dossier:archive", found.pk)
    target = temporary()
    archiving.pack(found, target, actor=request.actor, now=now)
    return zip_response(target, found)


@takes_files(access.may_open)
@login_required
@require_http_methods(["GET", "POST"])
def restore(request: Request) -> HttpResponse:
    """An archive goes in, a dossier comes out; or only what would come, for who wants to know."""
    if not access.may_open(request.actor):
        raise Refused(_("Un archivio lo importa chi scrive, rivede o amministra per il suo ente."))
    form = _form(request)
    tried: archiving.Restored | None = None
    if request.method == "POST" and form.is_valid():
        limit(request, "dossier.restore", per_minute=PER_MINUTE)
        made = _restored(request, form)
        if made and made.dossier and "prova" not in request.POST:
            _tell(request, made)
            return redirect("dossier:dossier", made.dossier.pk)
        tried = made
    context = {
        "crumbs": [(_("Fascicoli"), reverse("dossier:list")), (_("Importa un archivio"), "")],
        "form": form,
        "tried": tried,
        "max_megabytes": settings.INTAKE_MAX_BYTES // transfer.MEGABYTE,
    }
    return render(request, "dossier/restore.html", context, status=422 if form.errors else 200)


def _form(request: Request) -> ArchiveForm:
    is_sent = request.method == "POST"
    return ArchiveForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        turned_away=transfer.turned_away(request),
    )


def _restored(request: Request, form: ArchiveForm) -> archiving.Restored | None:
    """What came of it, or nothing with the reason told in the form."""
    given: Any = form.cleaned_data["archivio"]
    given.flush()
    try:
        return archiving.restore(
            Path(given.file.name),
            actor=request.actor,
            now=timezone.now(),
            trial="prova" in request.POST,
        )
    except Refused as why:
        form.add_error("archivio", str(why))
        return None


def _tell(request: Request, made: archiving.Restored) -> None:
    if not made.is_new:
        messages.info(request, _("Questo fascicolo c'è già: non è cambiato nulla."))
        return
    messages.success(
        request, _("Fascicolo importato. I suoi file sono in controllo: pochi secondi e si aprono.")
    )
    for note in made.notes:
        messages.warning(request, note)
