"""The list of dossiers, one dossier, the models for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.casework.access import may_move
from casa.casework.models import Step
from casa.casework.queries import Stretch
from casa.dossier import access, queries, sections
from casa.dossier.models import Dossier
from casa.dossier.views.doing import doings
from casa.registry.http import Request, typed

PER_PAGE = 25
Stretches = Sequence[tuple[Stretch, Sequence[tuple[Any, ...]]]]


@require_safe
def dossiers(request: Request) -> HttpResponse:
    """Every dossier of the actor's bodies: where it stands, whose turn it is."""
    stage = typed(request, "stato")
    stages = Dossier.Stage
    wanted = stage if stage in stages.values else ""
    lines = queries.dossiers_of(request.actor, now=timezone.now(), stage=wanted)
    context: dict[str, Any] = {
        "crumbs": [(_("Fascicoli"), "")],
        "page": Paginator(lines, PER_PAGE).get_page(request.GET.get("pagina")),
        "stages": stages.choices,
        "stage": stage,
        "may_open": access.may_open(request.actor),
        "is_member": request.actor.is_member,
    }
    return render(request, "dossier/list.html", context)


@require_safe
def dossier(request: Request, pk: int) -> HttpResponse:
    """One dossier: where it stands, the steps by phase, the lists."""
    found, now = access.dossier_for(request.actor, pk), timezone.now()
    whole = queries.whole(request.actor, found, now=now)
    stretches = _stretches(request, found, whole, now)
    context: dict[str, Any] = {
        "crumbs": [(_("Fascicoli"), reverse("dossier:list")), (found.case.title, "")],
        "dossier": found,
        "sections": sections.links(found.pk, request.path),
        "standing": found.standing(now),
        "whole": whole,
        "stretches": stretches,
        "start": _start(request, found, stretches),
        "doings": doings(request.actor, found, now),
        "may_describe": access.may_describe(request.actor, found),
        "may_list": access.may_run_award(request.actor, found),
        "offers_closed": found.offers_are_closed(now),
    }
    return render(request, "dossier/dossier.html", context)


def _start(request: Request, found: Dossier, stretches: Stretches) -> tuple[str, str] | None:
    """What whoever prepares a tender does first: the models, then what they ask."""
    if found.published_on or found.verified_on or not access.may_describe(request.actor, found):
        return None
    if any(laid for _stretch, rows in stretches for *_row, laid in rows):
        return "dossier:documents", _("Compila i documenti")
    return "dossier:models", _("Metti i modelli nei passi")


def _stretches(request: Request, found: Dossier, whole: queries.Whole, now: datetime) -> Stretches:
    """Each phase with its steps: whether the actor moves them, their model, their documents."""
    steps = [step for stretch in whole.stretches for step in stretch.steps]
    laid = queries.papers_of(request.actor, found, now=now)
    written = queries.models_of(request.actor, found, steps)
    return [
        (
            stretch,
            [
                (one, _may_move(request, found, one), written.get(one.pk, []), laid.get(one.pk, []))
                for one in stretch.steps
            ],
        )
        for stretch in whole.stretches
    ]


def _may_move(request: Request, found: Dossier, step: Step) -> bool:
    return may_move(request.actor, step) and not found.is_closed


@require_safe
def models(request: Request, pk: int) -> HttpResponse:
    """The models of the library that serve the dossier, the nearest first."""
    found = access.dossier_for(request.actor, pk)
    made = queries.proposals(request.actor, found)
    groups = [
        (label, [one for one in made if one.nearness == nearness])
        for nearness, label in enumerate(queries.NEARNESS)
    ]
    context: dict[str, Any] = {
        "crumbs": crumbs(found, _("Modelli per questa gara")),
        "dossier": found,
        "sections": sections.links(found.pk, request.path),
        "groups": [(label, rows) for label, rows in groups if rows],
        "ready": queries.ready_models(request.actor, found),
    }
    return render(request, "dossier/models.html", context)


def crumbs(found: Dossier, last: str) -> list[tuple[str, str]]:
    """The way to a page of a dossier."""
    home = reverse("dossier:dossier", args=[found.pk])
    return [(_("Fascicoli"), reverse("dossier:list")), (found.case.title, home), (last, "")]
