"""Changing clauses in the browser, without a word processor."""

from hashlib import sha256

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.models import Entry, Rewriting, Version
from casa.library.queries.rewriting import Sheet, Written, joined
from casa.library.views.forms import as_written, crumbs
from casa.registry.http import Request

KEEP, FORGET, FINISH = "tieni", "togli", "bozza"


@require_http_methods(["GET", "POST"])
def rewrite(request: Request, slug: str) -> HttpResponse:
    """The clauses of the text; the one that was chosen can be written into."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_rewrite(request.actor, entry):
        raise Refused(_("Il testo lo cambia chi ha un mandato di redazione nell'ente."))
    row = queries.rewriting_of(entry)
    sheet = queries.sheet_of(entry, row)
    if request.method == "POST" and sheet and not (row and row.state == Rewriting.State.WORKING):
        try:
            return _posted(request, entry, sheet)
        except Refused as refusal:
            row = queries.rewriting_of(entry)  # what was written is kept before the end is tried
            sheet = queries.sheet_of(entry, row)
            return _page(request, entry, row, sheet, problem=str(refusal))
    return _page(request, entry, row, sheet)


def _posted(request: Request, entry: Entry, sheet: Sheet) -> HttpResponse:
    """Keep, leave or finish; «keep and finish» is one click where a draft is being written."""
    clause = sheet.clause(request.POST.get("clausola"))
    now, acts = timezone.now(), request.POST.getlist("atto")
    if FORGET in acts and clause:
        services.forget_clause(entry=entry, key=clause.key, actor=request.actor, now=now)
    elif clause:
        _refuse_overtaken(request, clause)
        text = joined(clause, [as_written(one) for one in request.POST.getlist("testo")])
        services.write_clause(entry=entry, clause=clause, text=text, actor=request.actor, now=now)
    if FINISH in acts:
        services.finish_writing(
            entry=entry,
            changes=as_written(request.POST.get("changes", "")),
            why=as_written(request.POST.get("why", "")),
            actor=request.actor,
            now=now,
        )
        return redirect("library:rewrite", slug=entry.slug)
    messages.success(request, _told(clause, FORGET in acts))
    return redirect(f"{reverse('library:rewrite', args=[entry.slug])}#clausole")


def _refuse_overtaken(request: Request, clause: Written) -> None:
    """What was typed may not go over what a colleague kept since the page was read."""
    if request.POST.get("letto", _mark(clause)) != _mark(clause):
        raise Refused(
            _(
                "Intanto un collega ha cambiato questa clausola: qui sotto c'è il testo di adesso, "
                "poi quello che avevi scritto. Mettili insieme e salva di nuovo."
            )
        )


def _mark(clause: Written) -> str:
    """Which words of a clause the page showed."""
    words = "\x1f".join(part.text for part in clause.parts)
    return sha256(words.encode()).hexdigest()[:16]


def _lost(request: Request, clause: Written | None) -> list[str]:
    """What was typed and is not among what is kept."""
    shown = {as_written(part.text) for part in clause.parts} if clause else set()
    return [text for text in map(as_written, request.POST.getlist("testo")) if text not in shown]


def _told(clause: Written | None, is_forgotten: bool) -> str:
    if clause is None:
        return _("Non è cambiato niente.")
    said = {"title": clause.title or _("L'inizio")}
    if is_forgotten:
        return _("«%(title)s» resta com'era.") % said
    return _("«%(title)s»: modifica tenuta. Il testo cambia quando salvi la bozza.") % said


def _page(
    request: Request,
    entry: Entry,
    row: Rewriting | None,
    sheet: Sheet | None,
    *,
    problem: str = "",
) -> HttpResponse:
    posted = request.POST if problem else {}
    key = request.POST.get("clausola") or request.GET.get("clausola")
    chosen = sheet.clause(key) if sheet else None
    context = {
        "crumbs": crumbs(entry, _("Cambia il testo qui")),
        "entry": entry,
        "row": row,
        "sheet": sheet,
        "chosen": chosen,
        "mark": _mark(chosen) if chosen else "",
        "lost": _lost(request, chosen) if problem else [],
        "in_review": sheet is not None and sheet.version.state == Version.State.IN_REVIEW,
        "problem": problem or (row.problem if row else ""),
        "changes": posted.get("changes") or (sheet.note if sheet else ""),
        "why": posted.get("why") or (row.why if row else ""),
    }
    return render(request, "library/rewrite.html", context, status=422 if problem else 200)
