"""What happened to an entry, a kit, a tag, a pillar, as Atom: only what is open to all."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import conditional_page, require_safe

from casa.library import access, queries
from casa.library.models import Entry, Kit
from casa.notices import feeds
from casa.registry.actor import ANONYMOUS
from casa.registry.http import Request, chosen
from casa.registry.trail import key_of


@conditional_page
@require_safe
def entry(request: Request, slug: str) -> HttpResponse:
    """Of an entry that everybody may read."""
    found = access.entry_for(ANONYMOUS, slug)
    return _of(request, found) if queries.feed_of_entry(found) else _nothing()


@conditional_page
@require_safe
def kit(request: Request, slug: str) -> HttpResponse:
    """Of a kit that everybody may read."""
    found = access.kit_for(ANONYMOUS, slug)
    return _of(request, found) if queries.feed_of_kit(found) else _nothing()


@conditional_page
@require_safe
def subject(request: Request) -> HttpResponse:
    """Of a tag or a pillar, named as the list of the library names it."""
    thing = queries.open_subject(
        {name: chosen(request, name) for name in ("etichetta", "pilastro")}
    )
    if thing is None:
        return _nothing()
    return feeds.public(request, key=thing.key, title=thing.title, page=thing.url)


def _of(request: Request, found: Entry | Kit) -> HttpResponse:
    page = found.get_absolute_url()
    return feeds.public(request, key=key_of(found), title=found.title, page=page)


def _nothing() -> HttpResponse:
    raise Http404
