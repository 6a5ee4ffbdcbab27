"""A person's own calendar of the tenders of their bodies, at a secret address."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from casa.dossier.events import event_of, events_of
from casa.dossier.queries.timing import deadlines_for, feed_of, reader_of, timings_for
from casa.dossier.services import feeding
from casa.foundation import ics
from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.registry.http import Request

SHOWN_ONCE = "dossier.calendar_token"
LONGEST_TOKEN = 100


@login_required
@never_cache
@require_safe
def mine(request: Request) -> HttpResponse:
    """Whether I have a calendar; its address only right after it was made."""
    if not request.actor.body_ids:
        raise Refused(_("Il calendario delle gare è per chi lavora in un ente della rete."))
    token = request.session.pop(SHOWN_ONCE, "")
    path = reverse("dossier:calendar_feed", args=[token]) if token else ""
    address = settings.SITE_ADDRESS.rstrip("/") + path if path else ""
    context = {
        "crumbs": [(_("Fascicoli"), reverse("dossier:list")), (_("Il mio calendario"), "")],
        "feed": feed_of(request.actor),
        "address": address,
        "webcal": "webcal://" + address.split("://", 1)[-1] if address else "",
    }
    return render(request, "dossier/calendar.html", context)


@login_required
@require_POST
def open_feed(request: Request) -> HttpResponse:
    """A new secret address; the old one, if any, stops."""
    limit(request, "calendar", per_hour=20)
    token = feeding.open_feed(actor=request.actor, now=timezone.now())
    request.session[SHOWN_ONCE] = token
    messages.success(request, _("Il calendario ha un nuovo indirizzo: copialo adesso."))
    return redirect("dossier:calendar")


@login_required
@require_POST
def close_feed(request: Request) -> HttpResponse:
    """The address opens nothing any more."""
    feeding.close_feed(actor=request.actor)
    messages.success(request, _("Il calendario è chiuso: il vecchio indirizzo non funziona più."))
    return redirect("dossier:calendar")


@require_safe
def feed(request: Request, token: str) -> HttpResponse:
    """What the owner of the calendar may read today. A closed address is no page at all."""
    limit(request, "calendar-feed", per_minute=120)
    now = timezone.now()
    today = timezone.localdate(now)
    reader = reader_of(feeding.digest_of(token[:LONGEST_TOKEN]), on=today)
    if reader is None:
        raise Http404
    days = [event for timing in timings_for(reader, today=today) for event in events_of(timing)]
    events = [*days, *(event_of(step) for step in deadlines_for(reader))]
    made = ics.calendar(_("Casa dei Comuni: le mie gare"), events, now=now)
    headers = {"Cache-Control": "private, no-cache", "X-Robots-Tag": "noindex"}
    return HttpResponse(made, content_type=ics.CONTENT_TYPE, headers=headers)
