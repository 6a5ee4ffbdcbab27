"""The page on which an author says which lines of the newest version are headings."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms.headings import HeadingsForm, places_in
from casa.library.models import Entry, Version
from casa.library.queries.headings import Desk, Line
from casa.library.views.forms import crumbs
from casa.registry.http import Request

PER_PAGE = 50
OTHERS, DONE = "altre", "corrette"
PREVIEW = "anteprima"


def headings(request: Request, slug: str) -> HttpResponse:
    """The lines told as headings, the others, and what was corrected; plain links choose which."""
    version, desk = _desk(request, slug)
    if request.method == "POST":
        return _weigh(request, version, desk)
    page = _page(request, desk)
    form = HeadingsForm(lines=list(page), file=desk.upload_id)
    return _render(request, version, desk, form=form, page=page)


@require_POST
def forget(request: Request, slug: str, correction: int) -> HttpResponse:
    """Take one correction back."""
    version, _desk_before = _desk(request, slug)
    services.forget_correction(
        version=version, correction=correction, actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("Correzione tolta: la riga torna come l'abbiamo letta nel file."))
    return redirect(f"{_address(version.entry)}?elenco={DONE}")


def tell_kept(request: Request, version: Version) -> None:
    """Say that corrected headings were handed on, and of how many no line was found."""
    kept = queries.Corrected(corrections=queries.corrections_of(version))
    if kept.met:
        told = ngettext(
            "%(count)s correzione ai titoli vale anche in questo testo.",
            "%(count)s correzioni ai titoli valgono anche in questo testo.",
            kept.met,
        )
        messages.info(request, told % {"count": kept.met})
    if kept.unmet:
        told = ngettext(
            "%(count)s correzione ai titoli non ha trovato la sua riga: controlla l'indice.",
            "%(count)s correzioni ai titoli non hanno trovato la loro riga: controlla l'indice.",
            kept.unmet,
        )
        messages.warning(request, told % {"count": kept.unmet})


def _weigh(request: Request, version: Version, desk: Desk) -> HttpResponse:
    """Show what the index would become, or keep what was said; nothing chosen is lost."""
    lines = desk.lines_at(places_in(request.POST))
    form = HeadingsForm(request.POST, lines=lines, file=desk.upload_id)
    if not form.is_valid():
        return _render(request, version, desk, form=form, status=422)
    if form.cleaned_data["file"] != desk.upload_id:
        return _replaced(request, version, desk)
    if request.POST.get("azione") == PREVIEW:
        return _render(request, version, desk, form=form, levels=form.levels())
    try:
        services.correct_headings(
            version=version,
            upload=form.cleaned_data["file"],
            levels=form.levels(),
            actor=request.actor,
            now=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _render(request, version, desk, form=form, status=422)
    messages.success(request, _saved(len(form.levels())))
    return redirect(request.get_full_path())


def _replaced(request: Request, version: Version, desk: Desk) -> HttpResponse:
    """The lines of another file: what was chosen for the old ones would fall on wrong ones."""
    messages.error(
        request, _("Intanto il testo è stato sostituito: rileggi le righe e scegli di nuovo.")
    )
    page = _page(request, desk)
    form = HeadingsForm(lines=list(page), file=desk.upload_id)
    return _render(request, version, desk, form=form, page=page, status=422)


def _saved(lines: int) -> str:
    told = ngettext("%(count)s riga corretta.", "%(count)s righe corrette.", lines)
    kept = _("Indice, indirizzi e ricerca sono aggiornati; vale anche per le versioni dopo.")
    return f"{told % {'count': lines}} {kept}"


def _desk(request: Request, slug: str) -> tuple[Version, Desk]:
    """The newest version and its lines, for whoever may correct them."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_correct_headings(request.actor, entry):
        raise Refused(_("Corregge i titoli chi ha un mandato di redazione nell'ente della scheda."))
    version = queries.versions_of(entry, request.actor).first()
    desk = queries.desk_of(version) if version else None
    if version is None or desk is None:
        raise Http404
    return version, desk


def _page(request: Request, desk: Desk) -> "Page[Line]":
    if request.GET.get("elenco") == OTHERS:
        words, every = request.GET.get("parole", ""), "tutte" in request.GET
        lines: Sequence[Line] = desk.others(words=words, every=every)
    else:
        lines = desk.headings()
    return Paginator(lines, PER_PAGE).get_page(request.GET.get("pagina"))


def _render(
    request: Request,
    version: Version,
    desk: Desk,
    *,
    form: HeadingsForm,
    page: "Page[Line] | None" = None,
    levels: dict[int, int] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "crumbs": crumbs(version.entry, _("Correggi i titoli")),
        "entry": version.entry,
        "version": version,
        "desk": desk,
        "form": form,
        "page": page,
        "listing": request.GET.get("elenco", ""),
        "index": desk.index(levels or {}),
        "is_preview": levels is not None,
    }
    return render(request, "library/headings.html", context, status=status)


def _address(entry: Entry) -> str:
    return f"{entry.get_absolute_url()}titoli/"
