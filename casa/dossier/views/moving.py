"""The acts of a tender, one small page each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.casework.services import Move
from casa.dossier import access, queries, services
from casa.dossier.forms import (
    AwardForm,
    CorrigendumForm,
    DayForm,
    ParticipantForm,
    PublishForm,
    StepForm,
)
from casa.dossier.models import Dossier
from casa.dossier.views.reading import crumbs
from casa.foundation.errors import Refused
from casa.registry.http import Request

Given = dict[str, Any]
POSTING = ["GET", "POST"]


@dataclass(frozen=True, slots=True)
class Act:
    """One page: its title, its words, the form, what the form does, what is said then."""

    title: str
    words: str
    form: forms.Form
    do: Callable[[Given], object]
    said: str
    button: str


def act_page(request: Request, found: Dossier, act: Act) -> HttpResponse:
    """Show the form; do the act; tell a refusal in the form, with what was typed still there."""
    form = act.form
    if request.method == "POST" and form.is_valid():
        try:
            act.do(form.cleaned_data)
        except Refused as why:
            form.add_error(None, str(why))
        else:
            messages.success(request, act.said)
            return redirect("dossier:dossier", found.pk)
    context = {"crumbs": crumbs(found, act.title), "dossier": found, "act": act, "form": form}
    return render(request, "dossier/act.html", context, status=422 if form.errors else 200)


def who(request: Request) -> dict[str, Any]:
    """Who acts, and when."""
    return {"actor": request.actor, "now": timezone.now()}


@require_http_methods(POSTING)
def step(request: Request, pk: int, step: int) -> HttpResponse:
    """Say where one step stands."""
    found = access.dossier_for(request.actor, pk)
    row = access.step_for(request.actor, found, step)
    initial = {"stato": row.state, "entro": row.due_on, "nota": row.note}
    act = Act(
        title=row.title,
        words=_("Quello che scrivi qui lo leggono tutti e due gli enti."),
        form=StepForm(request.POST or None, initial=initial),
        do=lambda given: services.move(
            found.pk,
            row.pk,
            Move(state=given["stato"], due_on=given["entro"], note=given["nota"]),
            today=timezone.localdate(),
            **who(request),
        ),
        said=_("Passo aggiornato."),
        button=_("Salva"),
    )
    return act_page(request, found, act)


@require_http_methods(POSTING)
def publish(request: Request, pk: int) -> HttpResponse:
    """The notice is out: from now on the dossier is frozen."""
    found = access.dossier_for(request.actor, pk)
    act = Act(
        title=_("Pubblicazione"),
        words=_("Da qui in poi i dati del fascicolo si fermano: cambiano solo con una rettifica."),
        form=PublishForm(request.POST or None, initial={"cig": found.cig}),
        do=lambda given: services.publish(
            found.pk,
            cig=given["cig"],
            on=given["giorno"],
            offers_due_at=given["scadenza"],
            urgent=given["urgenza"],
            **who(request),
        ),
        said=_("Pubblicazione segnata: il fascicolo è fermo fino alla scadenza delle offerte."),
        button=_("Segna la pubblicazione"),
    )
    return act_page(request, found, act)


@require_http_methods(POSTING)
def correct(request: Request, pk: int) -> HttpResponse:
    """A corrigendum, with its longer term."""
    found = access.dossier_for(request.actor, pk)
    act = Act(
        title=_("Rettifica"),
        words=_("Una rettifica dice che cosa cambia e sposta in avanti il termine delle offerte."),
        form=CorrigendumForm(request.POST or None, papers=queries.published_papers(found)),
        do=lambda given: services.correct(
            found.pk,
            reason=given["motivo"],
            corrects=given["corregge"],
            on=given["giorno"],
            offers_due_at=given["scadenza"],
            **who(request),
        ),
        said=_("Rettifica segnata."),
        button=_("Segna la rettifica"),
    )
    return act_page(request, found, act)


@require_http_methods(POSTING)
def participants(request: Request, pk: int) -> HttpResponse:
    """Write down an operator; the list is secret until the deadline."""
    found = access.dossier_for(request.actor, pk)
    act = Act(
        title=_("Aggiungi un operatore"),
        words=_("Fino alla scadenza delle offerte l'elenco lo legge solo chi conduce la gara."),
        form=ParticipantForm(request.POST or None),
        do=lambda given: services.list_participant(
            found.pk, role=given["come"], name=given["operatore"], **who(request)
        ),
        said=_("Operatore aggiunto."),
        button=_("Aggiungi"),
    )
    return act_page(request, found, act)


@require_http_methods(POSTING)
def commission(request: Request, pk: int) -> HttpResponse:
    """The commission or the panel is named."""
    words = _("La commissione o il seggio si nomina dopo la scadenza delle offerte.")
    title, button = _("Nomina della commissione"), _("Segna la nomina")
    return _day(request, pk, services.name_commission, title=title, words=words, button=button)


@require_http_methods(POSTING)
def verify(request: Request, pk: int) -> HttpResponse:
    """The requirements are verified."""
    words = _("I requisiti si verificano prima di aggiudicare: l'aggiudicazione vale subito.")
    title, button = _("Verifica dei requisiti"), _("Segna la verifica")
    return _day(request, pk, services.verify, title=title, words=words, button=button)


@require_http_methods(POSTING)
def sign(request: Request, pk: int) -> HttpResponse:
    """The contract is signed."""
    words = _("Il giorno in cui il contratto, o la lettera-contratto, è firmato da tutti.")
    title, button = _("Firma del contratto"), _("Segna la firma")
    return _day(request, pk, services.sign, title=title, words=words, button=button)


@require_http_methods(POSTING)
def award(request: Request, pk: int) -> HttpResponse:
    """The award, or the decision of a direct award."""
    found = access.dossier_for(request.actor, pk)
    act = Act(
        title=_("Aggiudicazione"),
        words=_("Il giorno della determina di aggiudicazione o della decisione di affidamento."),
        form=AwardForm(request.POST or None, initial={"cig": found.cig}),
        do=lambda given: services.award(
            found.pk, on=given["giorno"], cig=given["cig"], **who(request)
        ),
        said=_("Aggiudicazione segnata."),
        button=_("Segna l'aggiudicazione"),
    )
    return act_page(request, found, act)


def _day(
    request: Request, pk: int, do: Callable[..., object], *, title: str, words: str, button: str
) -> HttpResponse:
    """The page of an act that has only a day."""
    found = access.dossier_for(request.actor, pk)
    act = Act(
        title=title,
        words=words,
        form=DayForm(request.POST or None),
        do=lambda given: do(found.pk, on=given["giorno"], **who(request)),
        said=_("Fatto: %s.") % title.lower(),
        button=button,
    )
    return act_page(request, found, act)
