"""Bringing bodies and persons in from a CSV file: a trial first, then all or nothing."""

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.foundation.sheets import csv_lines
from casa.foundation.takes_files import takes_files
from casa.registry import access
from casa.registry.forms.imports import ImportForm
from casa.registry.http import Request
from casa.registry.services import people_import
from casa.registry.services.people_import import Outcome

UNPROCESSABLE = 422


@takes_files(access.may_import)
@require_http_methods(["GET", "HEAD", "POST"])
def import_people(request: Request) -> HttpResponse:
    """Try a file or bring it in; what is wrong is listed row by row."""
    _demand_importer(request)
    if request.method != "POST":
        return _page(request, ImportForm())
    limit(request, "import", per_hour=60)
    form = ImportForm(request.POST, request.FILES)
    outcome = _outcome(request, form) if form.is_valid() else None
    if outcome and outcome.written:
        messages.success(request, _("Importazione riuscita. %(made)s") % {"made": outcome.told})
        return redirect("registry:import")
    return _page(request, form, outcome=outcome)


@require_safe
def template(request: Request) -> StreamingHttpResponse:
    """The titles of the columns with two rows as an example."""
    _demand_importer(request)
    return StreamingHttpResponse(
        csv_lines(people_import.COLUMNS, people_import.template_rows()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="modello-enti-persone.csv"'},
    )


def _outcome(request: Request, form: ImportForm) -> Outcome | None:
    try:
        return people_import.import_people(
            form.cleaned_data["file"].read(),
            actor=request.actor,
            now=timezone.now(),
            dry_run="import" not in request.POST,
            tell_by_mail=form.cleaned_data["by_mail"],
        )
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None


def _page(request: Request, form: ImportForm, *, outcome: Outcome | None = None) -> HttpResponse:
    wrong = form.is_bound and (outcome is None or outcome.mistakes)
    context = {
        "crumbs": [(_("Rete"), reverse("registry:bodies")), (_("Importa enti e persone"), "")],
        "form": form,
        "outcome": outcome,
        "made": outcome.told if outcome and not outcome.mistakes else "",
        "columns": people_import.COLUMNS,
    }
    status = UNPROCESSABLE if wrong else 200
    return render(request, "registry/import.html", context, status=status)


def _demand_importer(request: Request) -> None:
    if not access.may_import(request.actor):
        raise Refused(
            _(
                "Enti e persone li importa solo chi gestisce la rete. "
                "Per far entrare i colleghi del tuo ente, invitali dalla pagina delle persone."
            )
        )
