"""«Soglie e termini in vigore il…»: every rule of a day with its history, and the same as data."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.foundation.sheets import csv_lines
from casa.guide import access, queries
from casa.guide.forms.rules import DayForm
from casa.guide.law import FIELDS
from casa.guide.models import Rule
from casa.registry.http import Request


@require_safe
def rules(request: Request) -> HttpResponse:
    """What holds on the chosen day, topic by topic, each rule with what it was and will be."""
    form = DayForm(request.GET or None)
    day = _day(form) or timezone.localdate()
    context = {
        "crumbs": [(_("Guida"), reverse("guide:home")), (_("Soglie e termini"), "")],
        "form": form,
        "on": day,
        "sections": queries.sections(on=day),
        "may_correct": access.may_correct_norms(request.actor),
    }
    return render(request, "guide/rules.html", context, status=422 if form.errors else 200)


@require_safe
def as_csv(request: Request) -> HttpResponse:
    """The rules as CSV: those of a day, or every row with its validity."""
    lines = csv_lines(FIELDS, _cells(_asked(request)))
    response = HttpResponse(lines, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="regole.csv"'
    return response


@require_safe
def as_json(request: Request) -> HttpResponse:
    """The rules as JSON: those of a day, or every row with its validity."""
    found = [_fields(rule) for rule in _asked(request)]
    return JsonResponse({"rules": found}, json_dumps_params={"ensure_ascii": False})


def _asked(request: Request) -> list[Rule]:
    """The rules of the day in the address, or all of them where it names none."""
    form = DayForm(request.GET)
    if not form.is_valid():
        raise BadRequest(_("Il giorno si scrive come 2026-11-01."))
    return queries.every_rule(on=form.cleaned_data["giorno"])


def _day(form: DayForm) -> date | None:
    return form.cleaned_data["giorno"] if form.is_bound and form.is_valid() else None


def _fields(rule: Rule) -> dict[str, Any]:
    return {name: getattr(rule, name) for name in FIELDS}


def _cells(found: Iterable[Rule]) -> Iterator[list[str]]:
    for rule in found:
        values = _fields(rule) | {"details": json.dumps(rule.details, cls=DjangoJSONEncoder)}
        yield ["" if value is None else str(value) for value in values.values()]
