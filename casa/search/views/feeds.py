"""Searches as Atom feeds: public ones for anybody, saved ones behind an address of their own."""

from collections.abc import Iterable

from django.conf import settings
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed, get_tag_uri
from django.utils.translation import gettext as _
from django.views.decorators.http import conditional_page, require_safe

from casa.foundation.feeds import in_xml
from casa.foundation.limits import limit
from casa.registry.http import Request
from casa.search import queries
from casa.search.engine.seam import EngineUnavailable
from casa.search.views.asking import question_of

NAMESPACE_DAY = "2026-11-25"
RETRY_SECONDS = "120"


@conditional_page
@require_safe
def public(request: Request) -> HttpResponse:
    """What everybody may read with these words and filters, whoever asks."""
    limit(request, "feed", per_minute=30)
    question = question_of(request)
    title = question.words or _("Le schede più recenti")
    try:
        lines = queries.public_lines(words=question.words, filters=question.filters)
    except EngineUnavailable:
        return _later()
    page = f"{reverse('search:results')}?{question.query}"
    return _feed(request, lines, title=title, page=page)


@conditional_page
@require_safe
def private(request: Request, token: str) -> HttpResponse:
    """What the owner of a saved search may read today. A revoked address is no page at all."""
    limit(request, "feed", per_minute=30)
    saved = queries.saved_behind(token)
    if saved is None:
        raise Http404
    try:
        lines = queries.private_lines(saved, on=timezone.localdate())
    except EngineUnavailable:
        return _later()
    page = f"{reverse('search:results')}?{saved.query}"
    return _feed(request, lines, title=saved.name, page=page)


def _feed(
    request: Request, lines: Iterable[queries.Line], *, title: str, page: str
) -> HttpResponse:
    """Kept nowhere on the way: readers ask again, and are told when nothing changed."""
    feed = Atom1Feed(
        title=in_xml(_("Casa dei Comuni: %s") % title),
        link=_full(page),
        description="",
        language="it",
        feed_url=_full(request.get_full_path()),
        feed_guid=get_tag_uri(_full(request.get_full_path()), None),
    )
    for line in lines:
        feed.add_item(
            title=in_xml(line.title),
            link=_full(line.url),
            description=in_xml(line.summary),
            author_name=in_xml(line.body or _("Casa dei Comuni")),
            updateddate=line.changed_at,
            unique_id=f"tag:casa-dei-comuni,{NAMESPACE_DAY}:{line.key}",
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _later() -> HttpResponse:
    """The index is being made anew: a reader keeps what it has and comes back."""
    return HttpResponse(status=503, headers={"Retry-After": RETRY_SECONDS})


def _full(path: str) -> str:
    return settings.SITE_ADDRESS.rstrip("/") + path
