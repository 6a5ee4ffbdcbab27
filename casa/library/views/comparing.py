"""Comparing two versions of an entry: on a page, and as a document with tracked changes."""

import uuid
from collections.abc import Sequence

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.drafting import comparing
from casa.foundation.limits import limit
from casa.intake import access as intake
from casa.intake.formats import FORMATS
from casa.library import access, queries, services
from casa.library.models import Version
from casa.library.views.forms import crumbs
from casa.registry.http import Request

IN_LINE = "in-riga"


@require_safe
def compare(request: Request, slug: str) -> HttpResponse:
    """What changed between two versions, side by side or in line; plain links choose which."""
    entry = access.entry_for(request.actor, slug)
    versions = list(queries.versions_of(entry, request.actor))
    before, after = _chosen(request, versions)
    pair = queries.pair_of(before, after)
    in_line = request.GET.get("vista") == IN_LINE
    layout: comparing.Layout = "inline" if in_line else "columns"
    found = pair.comparison
    context = {
        "crumbs": crumbs(entry, _("Confronta le versioni")),
        "entry": entry,
        "versions": versions,
        "pair": pair,
        "in_line": in_line,
        "text": mark_safe(comparing.fragment(found, layout=layout)) if found else "",  # noqa: S308 -- escaped there
        "revisions": queries.revisions_of(before, after),
    }
    return render(request, "library/compare.html", context)


@require_safe
def redline(request: Request, slug: str) -> HttpResponse:
    """The newer text with revisions against the older one, to accept or reject one by one."""
    limit(request, "library.redline", per_minute=10)
    entry = access.entry_for(request.actor, slug)
    before, after = _chosen(request, list(queries.versions_of(entry, request.actor)))
    made = services.redline(before=before, after=after)
    name = f"{entry.slug}-v{before.number}-v{after.number}.{made.format}"
    response = HttpResponse(made.data, content_type=FORMATS[made.format].content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


@require_safe
def compare_file(request: Request, token: uuid.UUID) -> HttpResponse:
    """A file beside the published documents that are nearly the same, by the actor's rights."""
    limit(request, "library.copies", per_minute=20)
    upload = intake.upload_for(request.actor, token)
    context = {
        "crumbs": crumbs(None, _("Confronta con il documento pubblicato")),
        "upload": upload,
        "token": str(token),
        "copies": queries.published_copies(request.actor, upload),
    }
    return render(request, "library/copies.html", context)


def _chosen(request: Request, versions: Sequence[Version]) -> tuple[Version, Version]:
    """The two asked for, older first; without a choice the last one and the one before it."""
    by_number = {str(version.number): version for version in versions}
    asked = [request.GET.get(name, "") for name in ("da", "a")]
    if any(asked):
        found = [by_number[number] for number in asked if number in by_number]
    else:
        found = list(versions[:2])
    if len(found) != len(asked):
        raise Http404
    before, after = sorted(found, key=lambda version: version.number)
    return before, after
