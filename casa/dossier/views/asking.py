"""The questions of a tender: all together, or one on each page."""

from collections.abc import Collection, Mapping, Sequence
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
from casa.casework.models import Step
from casa.casework.queries import steps_of, turn_of
from casa.dossier import access, prefilling, queries, sections, services
from casa.dossier.asking import Question, Standing, first_open, serving, shown, standing
from casa.dossier.forms.answering import AnswersForm
from casa.dossier.models import Dossier, Paper
from casa.dossier.queries.remembering import remembered
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.guide.queries import law_of
from casa.registry.http import Request, typed

BACK, WHOLE = "indietro", "tutte"


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the documents of a dossier ask this reader, with the titles of those documents.

    `own` is what each of them asks by itself, `now` are the documents that come now.
    """

    questions: Sequence[Question]
    own: Mapping[int, Sequence[Question]]
    titles: Mapping[int, str]
    values: Mapping[str, object]
    unread: int
    now: Collection[int] = ()

    @property
    def due(self) -> list[Question]:
        """What the documents that come now need and no answer excludes; all, where none comes."""
        asked = [one for one in self.questions if set(one.papers) & set(self.now)]
        return serving(asked or self.questions, self.values)

    def beside(self, name: str) -> Sequence[Question]:
        """The row in which a question stands: those that come now, or all of them."""
        due = self.due
        return due if any(one.name == name for one in due) else self.questions

    def form(
        self, request: Request, found: Dossier, questions: Sequence[Question], **more: Any
    ) -> AnswersForm:
        """The form of some of the questions."""
        law = law_of()
        return AnswersForm(
            request.POST or None,
            questions=questions,
            titles=more.get("titles", self.titles),
            values=self.values,
            offered=prefilling.offered(found, law),
            doubts=prefilling.doubts(found, law),
            remembered=remembered(request.actor, found),
        )


@require_http_methods(["GET", "POST"])
def questions(request: Request, pk: int) -> HttpResponse:
    """Every question once, or those of one document; what is understood is kept even where
    something else is wrong."""
    found = access.dossier_for(request.actor, pk)
    sheet = _sheet(request, found)
    paper = _paper_meant(request, sheet)
    whole = typed(request, "parte") == WHOLE
    wanted = sheet.own[paper] if paper else sheet.questions if whole else sheet.due
    if request.method == "POST":  # what the page asked, whatever became due or done meanwhile
        wanted = [one for one in sheet.questions if one.name in request.POST]
    form = sheet.form(request, found, wanted)
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
        "only": sheet.titles[paper] if paper else "",
        "later": 0 if paper else len(sheet.questions) - len(wanted),
        "whole": whole and len(sheet.due) < len(sheet.questions),
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
    if name := first_open(sheet.due, sheet.values):
        return redirect("dossier:question", found.pk, name)
    if name := first_open(sheet.questions, sheet.values):
        words = _("Hai risposto a tutto ciò che serve adesso. Le altre domande vengono dopo.")
        messages.success(request, words)
        return redirect("dossier:documents", found.pk)
    if sheet.questions:
        messages.success(request, _("Hai risposto a tutte le domande."))
        return redirect("dossier:documents", found.pk)
    return redirect("dossier:questions", found.pk)


@require_http_methods(["GET", "POST"])
def question(request: Request, pk: int, name: str) -> HttpResponse:
    """One question: why it is asked, who answered what; its answer is saved at once."""
    found = access.dossier_for(request.actor, pk)
    sheet = _sheet(request, found)
    one = standing(sheet.beside(name), sheet.values, name)
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
    one = standing(sheet.beside(name), queries.values_of(found), name)
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
        own=asked.own,
        titles={one.pk: one.version.entry.title for one in papers if one.version},
        values=queries.values_of(found),
        unread=len(asked.unread),
        now=_of_now(found, papers),
    )


def _of_now(found: Dossier, papers: Sequence[Paper]) -> list[int]:
    """The documents of steps that are not over, up to the step whose turn it is; or the first
    after it that has one."""
    left = [one for one in papers if one.step.state not in (Step.State.DONE, Step.State.SKIPPED)]
    turn = turn_of(steps_of(found.case))
    first = turn.order if turn else 0
    last = min((one.step.order for one in left if one.step.order >= first), default=first)
    return [one.pk for one in left if one.step.order <= last]


def _paper_meant(request: Request, sheet: Sheet) -> int:
    """The document whose questions alone are wanted; 0 for all."""
    said = typed(request, "documento")
    return int(said) if said.isdecimal() and int(said) in sheet.own else 0


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
