"""The reviewer's page: text, findings, checklist, and two ways out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms import ReviewForm
from casa.library.models import Version
from casa.library.views.forms import crumbs
from casa.library.views.reading import text_of
from casa.library.views.sharing import sharing_of
from casa.registry.http import Request

PUBLISH = "pubblica"


def review(request: Request, slug: str, number: int) -> HttpResponse:
    """Decide on a version in review; what was typed stays when something is missing."""
    version = access.version_for(request.actor, slug, number)
    if not access.may_review(request.actor, version):
        raise Refused(
            _(
                "Può rivedere un'altra persona, con un mandato di revisione nell'ente, nella sua "
                "Provincia o nella rete."
            )
        )
    if version.state != Version.State.IN_REVIEW:
        raise Refused(
            _("Il testo non è in revisione: o non è stato inviato, o è già stato deciso.")
        )
    findings = queries.findings_of(version)
    form = ReviewForm(request.POST or None, warnings=findings.warnings)
    publishes = request.POST.get("esito") == PUBLISH
    if form.is_valid() and (not publishes or form.demand_all()):
        try:
            return _decide(request, version, form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    files = queries.files_of(version)
    context = {
        "crumbs": crumbs(version.entry, _("Revisione")),
        "version": version,
        "entry": version.entry,
        "findings": findings,
        "form": form,
        **text_of(request, version),
        "files": files,
        **sharing_of(request, files),
        "use": queries.use_of(version.entry),
    }
    return render(request, "library/review.html", context, status=422 if form.is_bound else 200)


def _decide(request: Request, version: Version, form: ReviewForm) -> HttpResponse:
    if request.POST.get("esito") == PUBLISH:
        services.publish_version(
            version=version,
            checklist=form.checklist(),
            waivers=form.waivers(),
            note=form.cleaned_data["note"],
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(request, _("Pubblicata: fra un istante si trova anche con la ricerca."))
        return redirect(version.entry)
    services.return_version(
        version=version,
        checklist=form.checklist(),
        reason=form.cleaned_data["note"],
        actor=request.actor,
        now=timezone.now(),
    )
    messages.success(request, _("Rimandata all'autore con il motivo."))
    return redirect("library:work")
