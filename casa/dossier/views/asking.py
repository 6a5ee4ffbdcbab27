"""The questions of a tender: all together, or one on each page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casa.casework.access import may_work
from casa.dossier import access, prefilling, queries, sections, services
from casa.dossier.asking import Question, Standing, first_open, shown, standing
from casa.dossier.forms.answering import AnswersForm
from casa.dossier.models import Dossier
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.registry.http import Request

BACK = "indietro"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the documents of a dossier ask this reader, with the titles of those documents."""

    questions: Sequence[Question]
    titles: Mapping[int, str]
    values: Mapping[str, object]
    unread: int

    def form(
        self, request: Request, found: Dossier, questions: Sequence[Question], **more: Any
    ) -> AnswersForm:
        """The form of some of the questions."""
        return AnswersForm(
            request.POST or None,
            questions=questions,
            titles=more.get("titles", self.titles),
            values=self.values,
            offered=prefilling.known(found),
        )


@require_http_methods(["GET", "POST"])
def questions(request: Request, pk: int) -> HttpResponse:
    """Every question once; what is understood is kept even where something else is wrong."""
    found = access.dossier_for(request.actor, pk)
    sheet = _sheet(request, found)
    form = sheet.form(request, found, sheet.questions)
    if request.method == "POST":
        valid = form.is_valid()
        kept = _kept(request, found, form)
        if valid and kept is not None:
            messages.success(request, _told(kept))
            return redirect("dossier:documents", found.pk)
    context: dict[str, Any] = {
        "crumbs": crumbs(found, _("Domande")),
        "dossier": found,
        "sections": sections.links(found.pk, request.path),
        "form": form,
        "asked": bool(sheet.questions),
        "unread": sheet.unread,
        "answers": [
            (form.fields[name].label, one)
            for name, one in queries.answers_of(found).items()
            if name in form.questions and one.value is not None
        ],
        "may_work": may_work(request.actor, found.case),
    }
    return render(request, "dossier/questions.html", context, status=422 if form.errors else 200)


@require_safe
def resume(request: Request, pk: int) -> HttpResponse:
    """Go on with the first question that has no answer; with the documents when all have one."""
    found = access.dossier_for(request.actor, pk)
    sheet = _sheet(request, found)
    if name := first_open(sheet.questions, sheet.values):
        return redirect("dossier:question", found.pk, name)
    if sheet.questions:
        messages.success(request, _("Hai risposto a tutte le domande."))
        return redirect("dossier:documents", found.pk)
    return redirect("dossier:questions", found.pk)


@require_http_methods(["GET", "POST"])
def question(request: Request, pk: int, name: str) -> HttpResponse:
    """One question: why it is asked, who answered what; its answer is saved at once."""
    found = access.dossier_for(request.actor, pk)
    sheet = _sheet(request, found)
    one = standing(sheet.questions, sheet.values, name)
    if one is None:
        raise Http404
    form = sheet.form(request, found, [one.question], titles={})
    valid = request.method == "POST" and form.is_valid()
    if valid and _kept(request, found, form) is not None:
        return _further(request, found, sheet, name)
    context: dict[str, Any] = {
        "crumbs": crumbs(found, _("Domanda %d") % one.number),
        "dossier": found,
        "form": form,
        "one": one,
        "titles": list(dict.fromkeys(sheet.titles[key] for key in one.question.papers)),
        "given": [(row, shown(one.question, row.value)) for row in queries.given_to(found, name)],
        "may_work": may_work(request.actor, found.case),
    }
    return render(request, "dossier/question.html", context, status=422 if form.errors else 200)


def _further(request: Request, found: Dossier, sheet: Sheet, name: str) -> HttpResponse:
    """The question beside, judged with the answer that was just given."""
    one = standing(sheet.questions, queries.values_of(found), name)
    return redirect(*_beside(found, one, back=request.POST.get("verso") == BACK))


def _beside(found: Dossier, one: Standing | None, *, back: bool) -> tuple[Any, ...]:
    name = (one.before if back else one.after) if one else ""
    return ("dossier:question", found.pk, name) if name else ("dossier:resume", found.pk)


def _sheet(request: Request, found: Dossier) -> Sheet:
    now = timezone.now()
    papers = queries.fillable_papers(request.actor, found, now=now)
    secret = queries.secret_names(request.actor, found, now=now)
    asked = queries.questions_of(papers, without=secret)
    return Sheet(
        questions=asked.questions,
        titles={one.pk: one.version.entry.title for one in papers if one.version},
        values=queries.values_of(found),
        unread=len(asked.unread),
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
