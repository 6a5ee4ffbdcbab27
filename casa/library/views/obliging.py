"""Compulsory clauses: marked by whoever owns the text, explained by whoever departs from them."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms.obliging import ObligeForm
from casa.library.models import Entry, Version
from casa.library.queries.obligations import Marked
from casa.library.views.forms import as_written, crumbs
from casa.registry.http import Request

SEND = "invia"


@require_http_methods(["GET", "POST"])
def oblige(request: Request, slug: str) -> HttpResponse:
    """The clauses of a text in force: several are marked at once, with one reason."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_oblige(request.actor, entry):
        raise Refused(
            _("Che cosa è obbligatorio lo dice chi redige o rivede per l'ente, a testo pubblicato.")
        )
    clauses = queries.marked_clauses(entry)
    form = ObligeForm(request.POST or None, clauses=clauses)
    if request.method == "POST" and form.is_valid():
        try:
            return _mark(request, entry, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _marks_page(request, entry, form, clauses)


@require_http_methods(["GET", "POST"])
def explain(request: Request, slug: str, number: int) -> HttpResponse:
    """Why compulsory clauses read otherwise here; then the version goes on its way."""
    version = access.version_for(request.actor, slug, number)
    if not access.may_edit(request.actor, version):
        raise Refused(_("Questa versione non si può più modificare: apri una nuova versione."))
    if request.method == "POST":
        left = services.explain(
            version=version,
            reasons=_reasons(request.POST),
            actor=request.actor,
            now=timezone.now(),
        )
        if not left:
            return _explained(request, version)
    return _reasons_page(request, version)


def _reasons(posted: Mapping[str, str]) -> dict[str, str]:
    """What was written, by key of the clause."""
    return {
        name.removeprefix("motivo:"): as_written(value)
        for name, value in posted.items()
        if name.startswith("motivo:")
    }


def _mark(request: Request, entry: Entry, form: ObligeForm) -> HttpResponse:
    count = services.mark_clauses(
        entry=entry,
        keys=form.cleaned_data["clauses"],
        kind=form.cleaned_data["kind"],
        reason=form.cleaned_data["reason"],
        actor=request.actor,
        now=timezone.now(),
    )
    said = ngettext("%(n)d clausola segnata.", "%(n)d clausole segnate.", count)
    messages.success(request, said % {"n": count})
    return redirect("library:oblige", slug=entry.slug)


def _explained(request: Request, version: Version) -> HttpResponse:
    if request.POST.get("atto") != SEND:
        messages.success(request, _("Motivi salvati: li legge anche chi cura la fonte."))
        return redirect(version)
    try:
        sent = services.propose_version(version=version, actor=request.actor, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(version)
    done = _("Pubblicata per il tuo ente.") if sent.published_at else _("Inviata in revisione.")
    messages.success(request, done)
    return redirect(sent)


def _marks_page(
    request: Request, entry: Entry, form: ObligeForm, clauses: Sequence[Marked]
) -> HttpResponse:
    context = {
        "crumbs": crumbs(entry, _("Clausole obbligatorie")),
        "entry": entry,
        "form": form,
        "clauses": clauses,
        "chosen": request.POST.getlist("clauses"),
    }
    status = 422 if form.errors else 200
    return render(request, "library/oblige.html", context, status=status)


def _reasons_page(request: Request, version: Version) -> HttpResponse:
    missing = request.method == "POST"
    context = {
        "crumbs": crumbs(version.entry, _("Clausole obbligatorie cambiate")),
        "entry": version.entry,
        "version": version,
        "rows": queries.departing(version),
        "missing": missing,
        "alone": access.may_publish_alone(request.actor, version),
    }
    return render(request, "library/explain.html", context, status=422 if missing else 200)
