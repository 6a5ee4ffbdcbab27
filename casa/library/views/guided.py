"""«Quale modello mi serve?»: one question per page, the answers in the address."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.library import labels, queries
from casa.library.forms.guided import WORDS, EverythingForm, QuestionForm, answer_in_words
from casa.library.models import Entry
from casa.library.queries import guided
from casa.registry.http import Request

Labels = Mapping[str, Mapping[str, str | Promise]]


@dataclass(frozen=True, slots=True)
class Given:
    """An answer as the page shows it, with the address that asks for it again."""

    question: str
    answer: str
    url: str


@dataclass(frozen=True, slots=True)
class Ruled:
    """A model with the sentences that say why it is or is not the one."""

    entry: Entry
    reasons: list[str]


@require_safe
def which(request: Request) -> HttpResponse:
    """The next question that divides the models left, or the model and why."""
    words: Labels = {**labels.FIXED_VALUES, "pilastro": guided.pillar_names()}
    words = {**words, guided.SECTOR: guided.sector_names()}
    answers = _answers(request, words)
    if "tutte" in request.GET:
        return _everything(request, words, answers)
    question = guided.next_question(request.actor, answers)
    if question is None:
        return _advise(request, words, answers)
    asked = request.GET.get("domanda") == question.name
    form = QuestionForm(
        request.GET if asked else None, question=question, answers=answers, labels=words
    )
    context = {
        **_context(answers, words),
        "form": form,
        "question": question,
        "number": len(answers) + 1,
        "most": guided.MOST,
        "everything": _address({**answers, "tutte": "1"}),
    }
    return render(request, "library/guided_question.html", context)


def _everything(request: Request, words: Labels, answers: Mapping[str, str]) -> HttpResponse:
    questions = guided.all_questions(request.actor)
    if not questions:
        return redirect(_address({}))
    form = EverythingForm(initial=answers, questions=questions, labels=words)
    return render(request, "library/guided_all.html", {**_context({}, words), "form": form})


def _advise(request: Request, words: Labels, answers: Mapping[str, str]) -> HttpResponse:
    body = guided.own_body(request.actor)
    advice = guided.advice(request.actor, answers, body=body)
    chosen = {name: code for name, code in answers.items() if code in words[name]}
    chosen.pop(guided.SECTOR, None)
    context = {
        **_context(answers, words),
        "advice": advice,
        "use": queries.use_of(advice.best) if advice.best else None,
        "reasons": _reasons(advice.best, answers, words) if advice.best else [],
        "limits": _limits(advice.best, answers, words) if advice.best else [],
        "is_own": bool(body and advice.best and advice.best.body_id == body.pk),
        "is_of_province": bool(
            body and advice.best and advice.best.body_id == body.province_body_id
        ),
        "excluded": [Ruled(entry, _against(entry, answers, words)) for entry in advice.excluded],
        "listed": _address({"tipo": "model", **chosen}, route="library:catalogue"),
        "again": _address({}),
    }
    return render(request, "library/guided_answer.html", context)


def _answers(request: Request, words: Labels) -> dict[str, str]:
    """The answers in the address, in the order of the questions; what is no answer is dropped."""
    known = {guided.UNKNOWN, guided.NONE_OF_THESE}
    given = {name: request.GET.get(name, "") for name in guided.ASKED}
    return {name: code for name, code in given.items() if code in known or code in words[name]}


def _reasons(entry: Entry, answers: Mapping[str, str], words: Labels) -> list[str]:
    """For each answer given, what the card says of it."""
    made = []
    for name, answer in answers.items():
        if answer == guided.UNKNOWN:
            continue
        value = guided.value_of(entry, name)
        said = answer_in_words(name, value, words) if value else _("va bene per ogni caso")
        made.append(f"{labels.ASKED[name]}: {said}")
    return made


def _limits(entry: Entry, answers: Mapping[str, str], words: Labels) -> list[str]:
    """What the card fixes and nobody answered: to be checked before use."""
    open_ = [name for name in guided.ASKED if answers.get(name, guided.UNKNOWN) == guided.UNKNOWN]
    values = [(name, guided.value_of(entry, name)) for name in open_ if name != "pilastro"]
    return [f"{labels.ASKED[n]}: {answer_in_words(n, v, words)}" for n, v in values if v]


def _against(entry: Entry, answers: Mapping[str, str], words: Labels) -> list[str]:
    made = []
    for name, answer in answers.items():
        value = guided.value_of(entry, name)
        if not guided.fits(value, answer):
            facts = {
                "field": labels.ASKED[name],
                "value": answer_in_words(name, value, words),
                "answer": answer_in_words(name, answer, words),
            }
            made.append(_("%(field)s: vale per «%(value)s», hai risposto «%(answer)s»") % facts)
    return made


def _context(answers: Mapping[str, str], words: Labels) -> dict[str, Any]:
    names = list(answers)
    given = [
        Given(
            question=str(WORDS[name][0]),
            answer=answer_in_words(name, answers[name], words),
            url=_address({before: answers[before] for before in names[:at]}),
        )
        for at, name in enumerate(names)
    ]
    home = (_("Biblioteca"), reverse("library:catalogue"))
    return {"crumbs": [home, (_("Quale modello mi serve?"), "")], "given": given}


def _address(values: Mapping[str, str], *, route: str = "library:which") -> str:
    query = urlencode(values)
    return f"{reverse(route)}?{query}" if query else reverse(route)
