"""The days of a tender: read them, count them another way, move one, take them to a calendar."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casa.casework.access import may_work
from casa.dossier import access, sections
from casa.dossier.drawing import gantt
from casa.dossier.events import events_of
from casa.dossier.forms.timing import OneDayForm, PlanForm
from casa.dossier.models import Dossier
from casa.dossier.queries.timing import Timing, earliest_signing, timing_of
from casa.dossier.services.timing import Plan, move_day, plan_days
from casa.dossier.timeline import Day, every_link
from casa.dossier.views.reading import crumbs
from casa.foundation import ics
from casa.foundation.errors import Refused
from casa.guide.choosing.saying import day_in_words
from casa.registry.http import Request


@require_safe
def times(request: Request, pk: int) -> HttpResponse:
    """The days as a picture and a table, what is wrong with them, what the last change moved."""
    found, today = access.dossier_for(request.actor, pk), timezone.localdate()
    timing = timing_of(found, today=today)
    table = timing.timetable
    late = timing.asked.backward and timing.timeline.problems
    context: dict[str, Any] = {
        "crumbs": crumbs(found, _("Tempi")),
        "dossier": found,
        "sections": sections.links(found.pk, request.path),
        "timing": timing,
        "picture": gantt(timing.timeline, today=today),
        "movable": [one.code for one in every_link()],
        "may_plan": may_work(request.actor, found.case) and not found.is_closed,
        "earliest": earliest_signing(timing, today=today) if late else None,
        "moved": [{**one, **_days(one)} for one in table.moved],
    }
    return render(request, "dossier/times.html", context)


@require_http_methods(["GET", "POST"])
def plan(request: Request, pk: int) -> HttpResponse:
    """From which day the others are counted."""
    found, timing = _opened(request, pk)
    mine = [one for one in every_link() if one.belongs_to(found.procedure)]
    form = PlanForm(
        request.POST or None,
        initial=_plan_now(timing),
        survey=any(one.option == "survey" for one in mine),
        noticed=any(found.procedure in one.noticed for one in mine),
    )
    if request.method == "POST" and form.is_valid() and _planned(request, found, form):
        messages.success(request, _("I tempi sono contati di nuovo: ecco che cosa si è spostato."))
        return redirect("dossier:times", found.pk)
    return _page(request, found, form, title=_("Come si contano i tempi"), words="")


@require_http_methods(["GET", "POST"])
def one_day(request: Request, pk: int, code: str) -> HttpResponse:
    """Choose one day, or how long it takes to get there; the rest moves."""
    found, timing = _opened(request, pk)
    day = timing.timeline.day(code)
    if day is None or code not in [one.code for one in every_link()]:
        raise Http404
    form = OneDayForm(request.POST or None, initial=_day_now(timing, day), help_text=_help(day))
    if request.method == "POST" and form.is_valid() and _moved(request, found, code, form):
        messages.success(request, _("Fatto: qui sotto c'è che cosa si è spostato e perché."))
        return redirect("dossier:times", found.pk)
    words = _("Adesso è il %(day)s. %(how)s") % {"day": day_in_words(day.on), "how": day.how}
    return _page(request, found, form, title=day.title, words=words)


@require_safe
def calendar_file(request: Request, pk: int) -> HttpResponse:
    """The days of one tender for a calendar program."""
    found, now = access.dossier_for(request.actor, pk), timezone.now()
    timing = timing_of(found, today=timezone.localdate(now))
    made = ics.calendar(found.case.title, events_of(timing), now=now)
    name = f'attachment; filename="tempi-{found.pk}.ics"'
    headers = {"Content-Disposition": name, "Cache-Control": "private, no-cache"}
    return HttpResponse(made, content_type=ics.CONTENT_TYPE, headers=headers)


def _opened(request: Request, pk: int) -> tuple[Dossier, Timing]:
    """The tender and its days, for who may change them."""
    found = access.dossier_for(request.actor, pk)
    if not may_work(request.actor, found.case):
        raise Refused(_("I tempi li cambia chi lavora per uno dei due enti."))
    return found, timing_of(found, today=timezone.localdate())


def _page(
    request: Request, found: Dossier, form: PlanForm | OneDayForm, *, title: str, words: str
) -> HttpResponse:
    context = {
        "crumbs": crumbs(found, title),
        "dossier": found,
        "title": title,
        "words": words,
        "form": form,
    }
    return render(request, "dossier/times_form.html", context, status=422 if form.errors else 200)


def _planned(request: Request, found: Dossier, form: PlanForm) -> bool:
    given = form.cleaned_data
    wanted = Plan(
        backward=given["verso"] == "indietro",
        day=given["giorno"],
        urgent=given["urgenza"],
        survey=given.get("indagine", False),
        lowest_price=given["prezzo"],
        prior_notice_on=given.get("preinformazione"),
        saint=form.saint,
    )
    try:
        plan_days(found.pk, wanted, actor=request.actor, now=timezone.now())
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _moved(request: Request, found: Dossier, code: str, form: OneDayForm) -> bool:
    given = form.cleaned_data
    on, lasting = given["giorno"], given.get("durata")
    try:
        move_day(found.pk, code, on=on, lasting=lasting, actor=request.actor, now=timezone.now())
    except Refused as why:
        form.add_error(None, str(why))
        return False
    return True


def _plan_now(timing: Timing) -> dict[str, object]:
    table = timing.timetable
    return {
        "verso": "indietro" if table.backward else "avanti",
        "giorno": table.day,
        "urgenza": table.urgent,
        "indagine": table.survey,
        "preinformazione": table.prior_notice_on,
        "prezzo": table.lowest_price,
        "patrono_giorno": table.saint_day,
        "patrono_mese": table.saint_month,
    }


def _day_now(timing: Timing, day: Day) -> dict[str, object]:
    """What the office chose; a counted day is empty, so that saving a length keeps it counted."""
    given = day.on if day.state in ("chosen", "wanted") else None
    return {"giorno": given, "durata": timing.asked.lasting.get(day.code)}


def _help(day: Day) -> str:
    """What the length of a stretch means; empty where there is none."""
    if day.count is None:
        return ""
    if day.least is not None:
        words = _(
            "Giorni di calendario dal giorno prima. La legge ne vuole almeno %(n)d (%(rule)s)."
        )
        return words % {"n": day.least, "rule": day.rule}
    if day.unit == "calendar":
        return _("Giorni di calendario: la legge non ne dice il minimo. Vuoto: %d.") % day.count
    return _("Giorni d'ufficio, per la stima dell'ufficio. Vuoto: quella proposta.")


def _days(moved: dict[str, str]) -> dict[str, date | None]:
    return {
        name: date.fromisoformat(moved[name]) if moved[name] else None for name in ("was", "now")
    }
