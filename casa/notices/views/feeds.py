"""Feeds: one's own of a thing that one follows, and that of a body, open to all."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from casa.foundation.limits import limit
from casa.notices import feeds, queries
from casa.registry import access as registry
from casa.registry.http import Request
from casa.registry.trail import key_of


@conditional_page
@require_safe
def own(request: Request, token: str) -> HttpResponse:
    """What happened to a thing one follows, for a feed reader. An unknown address is no page."""
    limit(request, "thing-feed", per_minute=feeds.FEEDS)
    row = queries.behind(token)
    if row is None:
        raise Http404
    news = queries.feed_of(row, on=timezone.localdate())
    return feeds.atom(request, news, title=row.title, page=row.url)


@require_safe
def body(request: Request, slug: str) -> HttpResponse:
    """What a body published of late, with «Segui»."""
    found = registry.body_for(request.actor, slug)
    feed = reverse("notices:body_feed", args=[slug])
    context = {
        "crumbs": [
            (_("Rete"), reverse("registry:bodies")),
            (found.name, found.get_absolute_url()),
            (_("Novità"), ""),
        ],
        "body": found,
        "following": queries.following_of(request.actor, found, feed=feed),
        "news": queries.news_about(key_of(found), request.actor),
    }
    return render(request, "notices/body.html", context)


@conditional_page
@require_safe
def body_feed(request: Request, slug: str) -> HttpResponse:
    """The same as Atom, as far as it is open to all."""
    found = registry.body_for(request.actor, slug)
    return feeds.public(request, key=key_of(found), title=found.name, page=found.get_absolute_url())
