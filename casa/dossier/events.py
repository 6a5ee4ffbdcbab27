"""The days of tenders for calendar programs: titles and rules, no note that anybody wrote."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.casework.models import Step
from casa.dossier.queries.timing import Timing
from casa.foundation.ics import Event


def events_of(timing: Timing) -> Iterator[Event]:
    """One event for each day. Its identity stays when the day moves."""
    dossier = timing.timetable.dossier
    url = _site() + reverse("dossier:times", args=[dossier.pk])
    for day in timing.timeline.days:
        rule = "" if day.is_fixed else day.rule or day.citation
        yield Event(
            uid=f"fascicolo-{dossier.pk}-{day.code}@{_host()}",
            on=day.on,
            summary=f"{day.title}: {dossier.case.title}",
            description="\n".join(filter(None, (day.how, rule, *day.problems))),
            url=url,
            certain=day.is_fixed,
        )


def event_of(step: Step) -> Event:
    """The day by which a step is due; its note stays in the dossier."""
    dossier = step.case.dossier
    return Event(
        uid=f"passo-{step.pk}@{_host()}",
        on=step.due_on or step.case.opened_at.date(),
        summary=_("Entro oggi: %(step)s (%(case)s)") % {"step": step.title, "case": step.case},
        description=step.citation,
        url=_site() + reverse("dossier:dossier", args=[dossier.pk]),
    )


def _site() -> str:
    return settings.SITE_ADDRESS.rstrip("/")


def _host() -> str:
    return urlsplit(settings.SITE_ADDRESS).hostname or "casa"
