"""The documents of one step."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.casework.models import Step
from casa.dossier import access, queries, services
from casa.dossier.forms import PaperForm
from casa.dossier.models import Dossier
from casa.dossier.origins import sentence
from casa.dossier.services import recognising
from casa.dossier.steps import is_secret
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.intake.http import attachment
from casa.intake.models import Upload
from casa.registry.http import Request


@require_http_methods(["GET", "POST"])
def papers(request: Request, pk: int, step: int) -> HttpResponse:
    """What lies at a step; lay a model of the library or a file there."""
    found = access.dossier_for(request.actor, pk)
    row = access.step_for(request.actor, found, step)
    form = _form(request, found, row)
    if request.method == "POST" and form.is_valid() and _laid(request, found, row, form):
        messages.success(request, _("Documento messo nel fascicolo."))
        return redirect("dossier:papers", found.pk, row.pk)
    context = {
        "crumbs": crumbs(found, _("Documenti: %s") % row.title),
        "dossier": found,
        "step": row,
        "checklist": queries.checklist_of(found, row),
        "laid": queries.papers_of(request.actor, found, now=timezone.now()).get(row.pk, []),
        "may_lay": access.may_lay(request.actor, found, row),
        "is_closed": access.is_closed(found, row),
        "form": form,
    }
    return render(request, "dossier/papers.html", context, status=422 if form.errors else 200)


def _form(request: Request, found: Dossier, row: Step) -> PaperForm:
    return PaperForm(
        request.POST or None,
        initial={"riservato": is_secret(row.code) and not found.is_direct},
        models=queries.choices_for(request.actor, found, row),
        files=queries.files_of(request.actor),
    )


def _laid(request: Request, found: Dossier, row: Step, form: PaperForm) -> bool:
    given = form.cleaned_data
    versions = queries.versions_for(request.actor, found, row)
    sheet = services.Sheet(
        version=versions.get(given["modello"]), upload=given["file"], reserved=given["riservato"]
    )
    try:
        services.lay(found.pk, row.pk, sheet, **_who(request))
    except Refused as why:
        form.add_error(None, str(why))
        return False
    _tell_origin(request, sheet.upload)
    return True


def _tell_origin(request: Request, upload: Upload | None) -> None:
    """A file that is a produced document: say so, and its model counts as used."""
    found = recognising.look(upload, **_who(request)) if upload else None
    if found:
        recognising.note_use(found, now=timezone.now())
        messages.info(request, sentence(found))


@require_POST
def take_away(request: Request, pk: int, paper: int) -> HttpResponse:
    """Take a document from its step."""
    found = access.dossier_for(request.actor, pk)
    row = access.paper_for(request.actor, found, paper, timezone.now())
    services.take_away(found.pk, row.pk, **_who(request))
    messages.success(request, _("Documento tolto dal fascicolo."))
    return redirect("dossier:papers", found.pk, row.step_id)


@require_POST
def lay_ready(request: Request, pk: int) -> HttpResponse:
    """Lay the models that write the papers of the steps, all at once."""
    found = access.dossier_for(request.actor, pk)
    total = services.lay_ready(found.pk, **_who(request))
    said = ngettext("%d modello messo nel suo passo.", "%d modelli messi nei loro passi.", total)
    messages.success(
        request, said % total if total else _("Nessun passo che tocca a te aspetta un modello.")
    )
    return redirect("dossier:documents", found.pk)


@require_safe
def file(request: Request, pk: int, paper: int) -> HttpResponseBase:
    """Send out a file of the dossier, to members of both bodies."""
    found = access.dossier_for(request.actor, pk)
    held = access.file_of(access.paper_for(request.actor, found, paper, timezone.now()))
    if not held.is_cleared:
        raise Refused(_("Il file non ha (ancora) passato i controlli: non si può scaricare."))
    return attachment(held)


def _who(request: Request) -> dict[str, Any]:
    return {"actor": request.actor, "now": timezone.now()}
