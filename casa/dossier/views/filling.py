"""The documents that come of the answers, and what to look at before."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from casa.casework.access import may_work
from casa.dossier import access, queries, sections, services
from casa.dossier.models import Dossier, Parcel
from casa.dossier.queries.parcels import parcels_of
from casa.dossier.services import converting
from casa.dossier.views.checking import shown
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.registry.http import Request, typed

KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
}


@require_safe
def documents(request: Request, pk: int) -> HttpResponse:
    """The models that lie at the steps: what each lacks, what was produced, what is old."""
    found, now = access.dossier_for(request.actor, pk), timezone.now()
    forms = queries.forms_of(request.actor, found, now=now)
    findings = queries.findings_of(found, forms) if forms else []
    context = {
        "crumbs": crumbs(found, _("Documenti da compilare")),
        "dossier": found,
        "sections": sections.links(found.pk, request.path),
        "forms": forms,
        "blocking": sum(one.blocks for one in findings),
        "findings": shown(request.actor, found, forms, findings),
        "due": sum(one.is_due for one in forms),
        "may_work": may_work(request.actor, found.case),
        "kinds": list(KINDS),
        "produced": sum(one.product is not None for one in forms),
        "parcels": parcels_of(request.actor, found, Parcel.Content.DOCUMENTS, now=now),
    }
    return render(request, "dossier/documents.html", context)


@require_POST
def produce(request: Request, pk: int, paper: int) -> HttpResponse:
    """Make one document with the answers of now."""
    found = access.dossier_for(request.actor, pk)
    try:
        made = services.produce(found.pk, paper, actor=request.actor, now=timezone.now())
    except Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("Prodotto: %s.") % made.paper.version)
        _warn(request, found, paper)
    return redirect("dossier:documents", found.pk)


@require_POST
def produce_all(request: Request, pk: int) -> HttpResponse:
    """Make every document that is ready with the answers of now."""
    found = access.dossier_for(request.actor, pk)
    limit(request, "dossier.produce_all", per_minute=10)
    made = services.produce_all(found.pk, actor=request.actor, now=timezone.now())
    count = len(made.products)
    if count:
        words = ngettext("%d documento prodotto.", "%d documenti prodotti.", count)
        messages.success(request, words % count)
    elif not made.refused:
        messages.info(request, _("Nessun documento pronto da produrre."))
    for paper, why in made.refused:
        messages.error(request, f"{paper}: {why}")
    return redirect("dossier:documents", found.pk)


def _warn(request: Request, found: Dossier, paper: int) -> None:
    """Tell what to look at again in the document that was just made."""
    forms = queries.forms_of(request.actor, found, now=timezone.now())
    mine = [one for one in forms if one.paper.pk == paper]
    for one in queries.findings_of(found, mine):
        if one.concerns(paper, {question.name for form in mine for question in form.questions}):
            messages.warning(request, one.text)


@require_safe
def product(request: Request, pk: int, product: int) -> HttpResponse:
    """A document as it was produced, or the same in another format."""
    found = access.dossier_for(request.actor, pk)
    row = access.product_for(request.actor, found, product, timezone.now())
    wanted = typed(request, "formato") or row.format
    data = bytes(row.content)
    if wanted != row.format and wanted in KINDS:
        limit(request, "dossier.product", per_minute=10)
        data = converting.in_format(row, wanted, dossier=found).data
    else:
        wanted = row.format
    title = slugify(row.paper.version.entry.title if row.paper.version else "")
    response = HttpResponse(data, content_type=KINDS[wanted])
    response["Content-Disposition"] = f'attachment; filename="{title or "documento"}.{wanted}"'
    return response
