"""Kits: the list, one kit, its ZIP."""

from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.foundation.components.facets import Facet, chips, facet
from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.library import access, labels, services
from casa.library.models import Kit
from casa.library.packing import Pack
from casa.library.queries import banner_of_kit, feed_of_kit
from casa.library.queries import kits as queries
from casa.notices import queries as notices
from casa.registry.actor import Actor
from casa.registry.http import Request

PER_PAGE = 20


@require_safe
def kits(request: Request) -> HttpResponse:
    """The kits on offer, by pillar; for those who write, the open ones first."""
    facets = _facets(request)
    found = queries.kits(request.actor, pillar=request.GET.get("pilastro", ""))
    adding = request.GET.get("aggiungi", "")
    own = queries.open_kits(request.actor) if request.actor.is_member else []
    context = {
        "crumbs": [(_("Biblioteca"), reverse("library:catalogue")), (_("Kit"), "")],
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("pagina")),
        "facets": facets,
        "chips": chips(facets),
        "open": [] if adding else own,
        "adding": adding,
        "ready": [one for one in own if access.may_edit_kit(request.actor, one)] if adding else [],
        "may_create": access.may_create(request.actor),
    }
    return render(request, "library/kits.html", context)


@require_safe
def kit(request: Request, slug: str) -> HttpResponse:
    """What is in a kit and what each thing is for; on paper it is the index."""
    found = access.kit_for(request.actor, slug)
    if found.is_published:
        services.count_kit_view(kit=found, now=timezone.now())
    contents = queries.contents(found, request.actor)
    context: dict[str, Any] = {
        "crumbs": [*crumbs(), (found.title, "")],
        "kit": found,
        "contents": contents,
        "hits": banner_of_kit(found, request.actor),
        "missing": sum(bool(content.missing) for content in contents),
        "overdue": any(content.is_overdue for content in contents),
        "files": sum(len(content.files) for content in contents),
        "size": sum(file.upload.size for content in contents for file in content.files),
        "use": queries.kit_use(found),
        "following": notices.following_of(request.actor, found, feed=feed_of_kit(found)),
        "may": _may(request.actor, found),
    }
    return render(request, "library/kit.html", context)


@require_safe
def pack(request: Request, slug: str) -> StreamingHttpResponse:
    """The kit as one ZIP, with what this reader may read."""
    limit(request, "kit", per_hour=60)
    found = access.kit_for(request.actor, slug)
    if not found.is_published:
        raise Refused(_("Lo ZIP c'è quando il kit è pubblicato: per ora apri i singoli elementi."))
    contents = queries.contents(found, request.actor)
    versions = [content.version for content in contents if content.version and content.files]
    now = timezone.now()
    services.count_kit_download(kit=found, versions=versions, actor=request.actor, now=now)
    made = Pack(found, contents, site=settings.SITE_ADDRESS, now=timezone.localtime(now))
    return StreamingHttpResponse(
        made.stream(),
        content_type="application/zip",
        headers={
            "Content-Disposition": content_disposition_header(True, made.name) or "",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-cache",
        },
    )


def crumbs() -> list[tuple[str, str]]:
    """The way to the list of kits."""
    library = (_("Biblioteca"), reverse("library:catalogue"))
    return [library, (_("Kit"), reverse("library:kits"))]


def _facets(request: Request) -> list[Facet]:
    rows = queries.kit_pillars(request.actor)
    counts, names = {c: n for c, _name, n in rows}, {c: name for c, name, _n in rows}
    if not counts:
        return []
    return [facet("pilastro", str(labels.FACETS["pilastro"]), counts, names, request.GET)]


def _may(actor: Actor, kit: Kit) -> dict[str, bool]:
    """What this actor may do here, for the buttons; the services decide again."""
    in_review = kit.state == Kit.State.IN_REVIEW
    return {
        "edit": access.may_edit_kit(actor, kit),
        "review": in_review and access.may_review_kit(actor, kit),
        "reopen": access.may_reopen_kit(actor, kit),
        "withdraw": kit.is_published and access.may_withdraw_kit(actor, kit),
    }
