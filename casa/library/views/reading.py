"""Reading an entry or one of its versions, and taking its files away."""

from collections.abc import Sequence
from typing import Any, TypeGuard

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa.intake.http import attachment
from casa.library import access, queries, services
from casa.library.models import Entry, Version
from casa.library.views.adoptions import adopting
from casa.library.views.sharing import sharing_of
from casa.library.views.vouching import vouching
from casa.notices import queries as notices
from casa.registry.actor import Actor
from casa.registry.http import Request
from casa.registry.trail import key_of
from casa.search import queries as search


@require_safe
def entry(request: Request, slug: str) -> HttpResponse:
    """The version that holds today, or else the newest that this actor may read."""
    entry = access.entry_for(request.actor, slug)
    versions = list(queries.versions_of(entry, request.actor))
    shown = queries.in_force(versions, on=timezone.localdate())
    return _read(request, entry, shown or (versions[0] if versions else None), versions)


@require_safe
def version(request: Request, slug: str, number: int) -> HttpResponse:
    """One numbered version: old ones stay readable, open ones only for those who work on them."""
    entry = access.entry_for(request.actor, slug)
    versions = list(queries.versions_of(entry, request.actor))
    found = next((version for version in versions if version.number == number), None)
    if found is None:
        raise Http404
    return _read(request, entry, found, versions)


@require_safe
def download(request: Request, slug: str, number: int, position: int) -> HttpResponseBase:
    """The original file, byte for byte, always as an attachment."""
    file = access.file_for(request.actor, slug, number, position)
    if file.version.state == Version.State.PUBLISHED:
        services.count_download(version=file.version, actor=request.actor, now=timezone.now())
    return attachment(file.upload)


def _read(
    request: Request, entry: Entry, version: Version | None, versions: Sequence[Version]
) -> HttpResponse:
    if version is not None and version.state == Version.State.PUBLISHED:
        services.count_view(version=version, now=timezone.now())
    files = queries.files_of(version) if version else []
    context: dict[str, Any] = {
        "crumbs": [(_("Biblioteca"), reverse("library:catalogue")), (entry.title, "")],
        "entry": entry,
        "version": version,
        **(text_of(request, version) if version else {}),
        "model": queries.model_fields(version, request.actor) if version else None,
        "files": files,
        **(sharing_of(request, files) if _is_open(version) else {}),
        "versions": versions,
        "in_force": queries.in_force(versions, on=timezone.localdate()),
        "successor": access.successor_for(request.actor, entry),
        "use": queries.use_of(entry),
        "hits": queries.banner_of(entry),
        **adopting(request, entry),
        **vouching(request, entry, version),
        "confirming": queries.is_asked(entry, on=timezone.localdate())
        and access.may_confirm(request.actor, entry),
        "following": notices.following_of(request.actor, entry, feed=queries.feed_of_entry(entry)),
        "descent": queries.descent_of(entry, version, request.actor),
        "findings": queries.findings_of(version) if _is_open(version) else None,
        "starter": queries.starter_issue(version) if version else None,
        "returned": queries.last_return(version) if _is_open(version) else None,
        "similar": _similar(request.actor, entry, version),
        "may": _may(request.actor, entry, version)
        | {"correct_headings": _may_correct(request.actor, entry, version, versions)},
    }
    return render(request, "library/entry.html", context)


def text_of(request: Request, version: Version) -> dict[str, Any]:
    """The text with its links to norms, the list of norms, and the day they are judged by."""
    on = queries.reference_date(version)
    judged = queries.judged_citations(version, on=on)
    marks = queries.marks_of(judged)
    cited = queries.cited_norms(judged)
    is_open = version.state != Version.State.PUBLISHED
    return {
        "reading": queries.reading_of(
            version,
            part=request.GET.get("pagina"),
            marks=marks,
            obligations=queries.obligations_of(version.entry),
        ),
        "norms": cited,
        "stale": queries.stale_norms(cited, version.clauses.defer("text")) if is_open else [],
        "norms_on": on,
    }


def _similar(actor: Actor, entry: Entry, version: Version | None) -> Sequence[search.Link]:
    """What else is about the same things, beside the version that search knows."""
    is_current = version is not None and version.pk == entry.current_id
    return search.similar(actor, key_of(entry)) if is_current else ()


def _is_open(version: Version | None) -> TypeGuard[Version]:
    return version is not None and version.state != Version.State.PUBLISHED


def _may_correct(
    actor: Actor, entry: Entry, version: Version | None, versions: Sequence[Version]
) -> bool:
    """The headings of the newest version; an old one stays as it was told."""
    newest = version is not None and version.pk == versions[0].pk
    return newest and access.may_correct_headings(actor, entry)


def _may(actor: Actor, entry: Entry, version: Version | None) -> dict[str, bool]:
    """What this actor may do here, for the buttons; the services decide again."""
    in_review = version is not None and version.state == Version.State.IN_REVIEW
    writes = access.may_write(actor, entry) and not entry.is_withdrawn
    return {
        "edit": version is not None and access.may_edit(actor, version),
        "publish_alone": version is not None and access.may_publish_alone(actor, version),
        "review": in_review and version is not None and access.may_review(actor, version),
        "derive": access.may_derive(actor, entry),
        "rewrite": access.may_rewrite(actor, entry) and not in_review,
        "oblige": access.may_oblige(actor, entry),
        "renew": writes and not _is_open(version),
        "make_model": writes,
        "edit_card": access.may_edit_card(actor, entry) and not entry.is_withdrawn,
        "add_to_kit": entry.current_id is not None
        and not entry.is_withdrawn
        and access.may_create(actor),
        "withdraw": bool(entry.current)
        and not entry.is_withdrawn
        and access.may_withdraw(actor, entry),
    }
