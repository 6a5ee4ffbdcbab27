"""Bringing an archive in: a trial that changes nothing, then row by row in the background."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.foundation.sheets import csv_lines
from casa.foundation.takes_files import takes_files
from casa.library import access, services
from casa.library.forms.imports import ArchiveForm
from casa.library.models import ImportRun
from casa.library.queries import imports as queries
from casa.library.services import importing
from casa.registry import access as registry_access
from casa.registry.http import Request
from casa.registry.models import Body

PER_PAGE = 50


@takes_files(access.may_create)
@require_http_methods(["GET", "HEAD", "POST"])
def import_archive(request: Request) -> HttpResponse:
    """Try a manifest or bring it in; what is wrong is listed row by row."""
    _demand_importer(request)
    body = registry_access.body_acted_for(request.actor)
    may_publish = access.may_publish_unreviewed(request.actor)
    if request.method != "POST":
        return _page(request, ArchiveForm(may_publish=may_publish))
    limit(request, "import-archive", per_hour=60)
    form = ArchiveForm(request.POST, request.FILES, may_publish=may_publish)
    if not form.is_valid():
        return _page(request, form)
    content = form.cleaned_data["file"].read()
    trial = _trial(request, form, content, body)
    if trial is None or trial.mistakes or "import" not in request.POST:
        return _page(request, form, trial=trial)
    run = services.start_run(
        content,
        name=form.cleaned_data["file"].name or "",
        body=body,
        publishes=form.cleaned_data.get("publishes", False),
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, _("Importazione avviata: la pagina dice a che punto è."))
    return redirect(run)


@require_safe
def run(request: Request, pk: int) -> HttpResponse:
    """How an import goes, and what became of every row."""
    found = access.run_for(request.actor, pk)
    page = Paginator(queries.rows_of(found), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "crumbs": [*_crumbs(), (found.name, "")],
        "run": found,
        "summary": queries.summary(found),
        "page": page,
        "may_resume": _may_resume(request, found),
    }
    return render(request, "library/import_run.html", context)


@require_POST
def resume(request: Request, pk: int) -> HttpResponse:
    """Take up again what stopped, and try again what failed."""
    found = access.run_for(request.actor, pk)
    services.resume_run(run=found, actor=request.actor)
    messages.success(request, _("Importazione ripresa."))
    return redirect(found)


@require_safe
def template(request: Request) -> StreamingHttpResponse:
    """The titles of the columns with a row as an example."""
    _demand_importer(request)
    return StreamingHttpResponse(
        csv_lines(importing.COLUMNS, importing.template_rows()),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="modello-archivio.csv"'},
    )


def _trial(
    request: Request, form: ArchiveForm, content: bytes, body: Body
) -> importing.Trial | None:
    try:
        files = importing.IntakeFiles(body)
        return importing.try_manifest(content, body=body, files=files, actor=request.actor)
    except Refused as refusal:
        form.add_error("file", str(refusal))
        return None


def _may_resume(request: Request, found: ImportRun) -> bool:
    return not found.folder and found.body_id == request.actor.acting_for


def _page(
    request: Request, form: ArchiveForm, *, trial: importing.Trial | None = None
) -> HttpResponse:
    wrong = form.is_bound and (trial is None or trial.mistakes)
    context = {
        "crumbs": [*_crumbs()[:1], (_("Importa un archivio"), "")],
        "form": form,
        "trial": trial,
        "runs": queries.runs_of(request.actor),
        "columns": importing.COLUMNS,
    }
    return render(request, "library/import.html", context, status=422 if wrong else 200)


def _crumbs() -> list[tuple[str, str]]:
    library = (_("Biblioteca"), reverse("library:catalogue"))
    return [library, (_("Importa un archivio"), reverse("library:import"))]


def _demand_importer(request: Request) -> None:
    if not access.may_import(request.actor):
        raise Refused(
            _("Per importare un archivio serve un mandato di redazione nell'ente per cui operi.")
        )
