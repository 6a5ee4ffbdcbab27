"""The first page: what this is, what is new, where to begin."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.library import queries as library
from casa.portal import queries
from casa.registry.http import Request

NEWEST = 5


def examples() -> list[dict[str, str]]:
    """Searches that a newcomer may try with one press."""
    words = (
        _("requisiti di partecipazione"),
        _("mensa scolastica"),
        _("segnaletica stradale"),
        _("affidamento diretto"),
    )
    return [{"words": said, "query": urlencode({"q": said})} for said in words]


@require_safe
def home(request: Request) -> HttpResponse:
    context = {
        "examples": examples(),
        "figures": library.figures(),
        "entries": library.latest(request.actor, limit=NEWEST),
        "turn": queries.turn_of(request.actor) if request.actor.is_member else None,
    }
    return render(request, "portal/home.html", context)
