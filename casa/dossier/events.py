"""The days of tenders for calendar programs: titles and rules, no note that anybody wrote."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.urls import reverse

from casa.dossier.queries.timing import Timing
from casa.foundation.ics import Event


def events_of(timing: Timing) -> Iterator[Event]:
    """One event for each day. Its identity stays when the day moves."""
    dossier = timing.timetable.dossier
    site = settings.SITE_ADDRESS.rstrip("/")
    host = urlsplit(site).hostname or "casa"
    url = site + reverse("dossier:times", args=[dossier.pk])
    for day in timing.timeline.days:
        rule = "" if day.is_fixed else day.rule or day.citation
        yield Event(
            uid=f"fascicolo-{dossier.pk}-{day.code}@{host}",
            on=day.on,
            summary=f"{day.title}: {dossier.case.title}",
            description="\n".join(filter(None, (day.how, rule, *day.problems))),
            url=url,
            certain=day.is_fixed,
        )
