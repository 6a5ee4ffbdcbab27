"""The questions of a tender and the documents that come of the answers."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.casework.access import may_work
from casa.dossier import access, prefilling, queries, services
from casa.dossier.forms.answering import AnswersForm
from casa.dossier.models import Dossier
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
    services.read_models(queries.fillable_papers(request.actor, found, now=now))
    context = {
        "crumbs": crumbs(found, _("Documenti da compilare")),
        "dossier": found,
        "forms": queries.forms_of(request.actor, found, now=now),
        "may_work": may_work(request.actor, found.case),
        "kinds": list(KINDS),
    }
    return render(request, "dossier/documents.html", context)


@require_http_methods(["GET", "POST"])
def questions(request: Request, pk: int) -> HttpResponse:
    """Every question once; what is understood is kept even where something else is wrong."""
    found = access.dossier_for(request.actor, pk)
    form = _form(request, found)
    if request.method == "POST":
        valid = form.is_valid()
        kept = _kept(request, found, form)
        if valid and kept is not None:
            messages.success(request, _told(kept))
            return redirect("dossier:documents", found.pk)
    context: dict[str, Any] = {
        "crumbs": crumbs(found, _("Domande")),
        "dossier": found,
        "form": form,
        "asked": bool(form.questions),
        "answers": [
            (form.fields[name].label, one)
            for name, one in queries.answers_of(found).items()
            if name in form.questions and one.value is not None
        ],
        "may_work": may_work(request.actor, found.case),
    }
    return render(request, "dossier/questions.html", context, status=422 if form.errors else 200)


def _form(request: Request, found: Dossier) -> AnswersForm:
    now = timezone.now()
    papers = queries.fillable_papers(request.actor, found, now=now)
    services.read_models(papers)
    secret = queries.secret_names(request.actor, found, now=now)
    asked, _reasons = queries.questions_of(papers, without=secret)
    return AnswersForm(
        request.POST or None,
        questions=asked,
        titles={one.pk: one.version.entry.title for one in papers if one.version},
        values=queries.values_of(found),
        offered=prefilling.known(found),
    )


def _kept(request: Request, found: Dossier, form: AnswersForm) -> int | None:
    try:
        rows = services.answer(found.pk, form.given, actor=request.actor, now=timezone.now())
    except Refused as why:
        form.add_error(None, str(why))
        return None
    return len(rows)


def _told(count: int) -> str:
    if not count:
        return _("Nessuna risposta è cambiata.")
    return ngettext("%d risposta salvata.", "%d risposte salvate.", count) % count


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
    return redirect("dossier:documents", found.pk)


@require_safe
def product(request: Request, pk: int, product: int) -> HttpResponse:
    """A document as it was produced, or the same in another format."""
    found = access.dossier_for(request.actor, pk)
    row = access.product_for(request.actor, found, product, timezone.now())
    wanted = typed(request, "formato") or row.format
    data = bytes(row.content)
    if wanted != row.format and wanted in KINDS:
        limit(request, "dossier.product", per_minute=10)
        on = timezone.localdate(row.made_at)
        made = services.fill(row.paper, row.answers, dossier=found, on=on, to=wanted)
        data = made.data
    else:
        wanted = row.format
    title = slugify(row.paper.version.entry.title if row.paper.version else "")
    response = HttpResponse(data, content_type=KINDS[wanted])
    response["Content-Disposition"] = f'attachment; filename="{title or "documento"}.{wanted}"'
    return response
