"""What happened to a followed thing, as Atom."""

from collections.abc import Iterable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from casa.foundation.feeds import in_xml
from casa.notices.models import Follow, News

NAMESPACE = "tag:casa-dei-comuni,2026-11-25:news"


def atom(request: HttpRequest, follow: Follow, news: Iterable[News]) -> HttpResponse:
    """Kept nowhere on the way: it tells what its owner may read now."""
    site = settings.SITE_ADDRESS.rstrip("/")
    feed = Atom1Feed(
        title=in_xml(_("Casa dei Comuni: %s") % follow.title),
        link=site + follow.url,
        description="",
        language="it",
        feed_url=site + request.path,
    )
    for one in news:
        feed.add_item(
            title=in_xml(one.title),
            link=site + one.url,
            description=in_xml(one.summary),
            updateddate=one.happened_at,
            unique_id=f"{NAMESPACE}:{one.pk}",
        )
    response = HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)
    patch_cache_control(response, private=True, no_cache=True)
    return response
