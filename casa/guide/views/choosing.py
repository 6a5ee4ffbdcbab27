"""The page «Quale procedura»: a need goes in, which procedure and who comes out, with the why."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from casa.guide import queries
from casa.guide.choosing import Advice, Need
from casa.guide.forms.choosing import KINDS, PARTS, NeedForm
from casa.guide.views.hearing import Understood, understood
from casa.registry.http import Request, typed

EXAMPLES = [
    (
        gettext_lazy("120.000 € di refezione scolastica, ente senza qualificazione"),
        {"tipo": "services", "importo": "120.000,00", "cpv": "55523100"},
    ),
    (
        gettext_lazy("600.000 € di lavori su una scuola, ente con livello L3"),
        {"tipo": "works", "importo": "600.000,00", "qualificazione": "l3"},
    ),
    (
        gettext_lazy("240.000 € di scuolabus con due lotti"),
        {"tipo": "supplies", "lotti": "90.000,00\n150.000,00", "cpv": "34121000"},
    ),
]
SHELVES = {
    "negotiated_5": "negotiated",
    "negotiated_10": "negotiated",
    "negotiated_without_notice": "negotiated",
    "concession_negotiated_10": "negotiated",
    "social_light_regime": "open_procedure",
}
"""Where the library keeps the models of a procedure, when not under its own name."""


@require_safe
def home(request: Request) -> HttpResponse:
    """What the guide answers, one way in for each question."""
    return render(request, "guide/home.html", {"crumbs": [(_("Guida"), "")]})


@require_safe
def choose(request: Request) -> HttpResponse:
    """The form, or the answer to it; a need in plain words fills the form by itself."""
    asked = bool(set(request.GET) & set(PARTS))
    words = "" if asked else typed(request, "bisogno")
    told = understood(words) if words else None
    given = request.GET if asked else _given(told)
    form = NeedForm(given, initial=told.fields if told else {})
    context: dict[str, Any] = {
        "told": told,
        "crumbs": [(_("Guida"), reverse("guide:home")), (_("Quale procedura"), "")],
        "form": form,
        "examples": [(words, urlencode(asked)) for words, asked in EXAMPLES],
    }
    if given is not None and form.is_valid():
        context |= _answer(form.need, given)
    return render(request, "guide/choosing.html", context, status=422 if form.errors else 200)


def _given(told: Understood | None) -> QueryDict | None:
    """What plain words say, as if somebody had filled in the form; nothing where more is asked."""
    return QueryDict(urlencode(told.fields)) if told and told.is_enough else None


def _answer(need: Need, asked: QueryDict) -> dict[str, Any]:
    advice = queries.advise(need)
    return {
        "need": need,
        "advice": advice,
        "kind": dict(KINDS)[need.kind],
        "models": _models(need, advice),
        "similar": _similar(need),
        "parts": [
            (_("Prima di cominciare"), "prima", advice.before),
            (_("Da ricordare"), "ricordare", advice.notes),
        ],
        "dossier": f"{reverse('dossier:new')}?{asked.urlencode()}",
    }


def _models(need: Need, advice: Advice) -> str:
    """The address of the library's models for the procedure; none where no procedure is named."""
    if advice.preferred is None:
        return ""
    code = SHELVES.get(advice.preferred.code, advice.preferred.code)
    wanted = {"tipo": "model", "procedura": code, "contratto": need.kind}
    return f"{reverse('library:catalogue')}?{urlencode(wanted)}"


def _similar(need: Need) -> str:
    """The address of the tenders like this one that others shared."""
    amount = f"{need.amount:.2f}".replace(".", ",")
    wanted = {"tipo": need.kind, "importo": amount, "cpv": need.cpv}
    return f"{reverse('dossier:similar_to_need')}?{urlencode(wanted)}"
