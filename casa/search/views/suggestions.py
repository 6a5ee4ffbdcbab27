"""Suggestions while somebody types: a fragment for the search box, never kept anywhere."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from casa.foundation.limits import limit
from casa.registry.http import Request, typed
from casa.search import queries


@never_cache
@require_safe
def suggestions(request: Request) -> HttpResponse:
    """Titles with the words typed so far, of cards the reader may open now."""
    limit(request, "suggestions", per_minute=240)
    links = queries.suggest(request.actor, typed(request, "q"))
    return render(request, "search/suggestions.html", {"links": links})
