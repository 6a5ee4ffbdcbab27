"""What happened to a followed thing, as Atom."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from casa.foundation.feeds import in_xml
from casa.foundation.limits import limit
from casa.notices import queries
from casa.notices.models import News

FEEDS = 120  # a reader asks for all of its feeds at once
NAMESPACE = "tag:casa-dei-comuni,2026-11-25:news"


def public(request: HttpRequest, *, key: str, title: str, page: str) -> HttpResponse:
    """What anybody may read of a thing, whoever asks; its room knows that it is open to all."""
    limit(request, "thing-feed", per_minute=FEEDS)
    return atom(request, queries.news_about(key), title=title, page=page)


def atom(request: HttpRequest, news: Iterable[News], *, title: str, page: str) -> HttpResponse:
    """Kept nowhere on the way: it tells what its reader may read now."""
    site = settings.SITE_ADDRESS.rstrip("/")
    feed = Atom1Feed(
        title=in_xml(_("Casa dei Comuni: %s") % title),
        link=site + page,
        description="",
        language="it",
        feed_url=site + request.get_full_path(),
    )
    for one in news:
        feed.add_item(
            title=in_xml(one.title),
            link=site + one.url,
            description=in_xml(one.summary),
            author_name=_("Casa dei Comuni"),
            updateddate=one.happened_at,
            unique_id=f"{NAMESPACE}:{one.pk}",
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    patch_cache_control(response, private=True, no_cache=True)
    return response
