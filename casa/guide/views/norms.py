"""The page of the guide: the norms that models cite, on a day."""

from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.foundation.components.facets import Facet, chips, facet
from casa.guide import access, queries
from casa.guide.forms.norms import NormsForm
from casa.guide.models import Norm
from casa.notices import queries as notices
from casa.notices.things import Thing
from casa.registry.http import Request, chosen, typed

PER_PAGE = 25
TONES = {
    "in_force": "success",
    "changed": "warning",
    "superseded": "danger",
    "repealed": "danger",
    "ambiguous": "warning",
    "unknown": "neutral",
}


@require_safe
def norms(request: Request) -> HttpResponse:
    """What holds of each norm on the chosen day, with who says so and how sure it is."""
    form = NormsForm(request.GET or None)
    asked = _asked(request, form)
    rows, counts = queries.norms_holding(asked)
    facets = [_states(request, counts)]
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    context: dict[str, Any] = {
        "crumbs": [(_("Guida"), reverse("guide:home")), (_("Norme citate"), "")],
        "form": form,
        "on": asked.on,
        "is_today": asked.on == timezone.localdate(),
        "page": page,
        "rows": [(row, TONES[row.status]) for row in page],
        "answers": [
            (one, _state(one), TONES[one.verdict.status]) for one in queries.answers(asked)
        ],
        "facets": facets,
        "chips": chips(facets),
        "states": asked.states,
        "may_correct": access.may_correct_norms(request.actor),
    }
    return render(request, "guide/norms.html", context, status=422 if form.errors else 200)


@require_safe
def norm(request: Request) -> HttpResponse:
    """One norm: what holds of it through time, what happened to it, and «Segui»."""
    act, article = typed(request, "atto"), typed(request, "articolo")
    if not queries.is_known(act, article):
        raise Http404
    title, key = queries.norm_title(act, article), queries.norm_key(act, article)
    thing = Thing(key, title, Norm(act=act, article=article).get_absolute_url())
    context = {
        "crumbs": [
            (_("Guida"), reverse("guide:home")),
            (_("Norme citate"), reverse("guide:norms")),
            (title, ""),
        ],
        "title": title,
        "rows": [(row, TONES[row.status]) for row in queries.rows_of(act, article)],
        "following": notices.following(request.actor, thing),
        "news": notices.news_about(key, request.actor),
    }
    return render(request, "guide/norm.html", context)


def _asked(request: Request, form: NormsForm) -> queries.Asked:
    """What was asked; with a mistake in the form everything of today is shown beside it."""
    today: date = timezone.localdate()
    states = [value for value in chosen(request, "stato") if value in Norm.Status]
    if not form.is_bound or not form.is_valid():
        return queries.Asked(on=today, states=states)
    asked = form.cleaned_data
    return queries.Asked(on=asked["giorno"] or today, words=asked["norma"], states=states)


def _state(answer: queries.Answer) -> str:
    """The state of a norm in words."""
    names = {"ambiguous": _("da precisare"), "unknown": _("non è nella tabella"), **_names()}
    return names[answer.verdict.status]


def _names() -> dict[str, str]:
    return {status.value: str(status.label) for status in Norm.Status}


def _states(request: Request, counts: dict[str, int]) -> Facet:
    return facet("stato", _("Stato"), counts, _names(), request.GET)
