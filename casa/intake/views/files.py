"""The files of the body: the list, one file, its original."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from casa import drafting
from casa.foundation.components.facets import chips, facet
from casa.foundation.errors import Refused
from casa.foundation.htmx import render_page
from casa.intake import access, formats, origins, queries, services
from casa.intake.http import attachment
from casa.intake.models import Upload
from casa.intake.passages import Parts, index, passages
from casa.intake.telling import told
from casa.registry import access as registry_access
from casa.registry.http import Request
from casa.search import queries as search

PER_PAGE = 25
BLOCKS_PER_PART = 400
UNDER = 2  # the level of the heading above the text


@login_required
@require_safe
def uploads(request: Request) -> HttpResponse:
    """What the body brought in, with state, progress and reasons; asks again while it waits."""
    body = registry_access.body_acted_for(request.actor)
    counts = queries.counts_by_state(request.actor)
    states = facet("stato", _("Stato"), counts, dict(Upload.State.choices), request.GET)
    chosen = [option.value for option in states.options if option.chosen]
    rows = queries.uploads_of(request.actor, states=chosen)
    context: dict[str, Any] = {
        "crumbs": [(_("I file dell'ente"), "")],
        "body": body,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "facets": [states],
        "chips": chips([states]),
        "waiting": counts.get(Upload.State.QUARANTINED, 0),
        "may_upload": access.may_upload(request.actor, body.pk),
    }
    return render_page(request, "intake/files.html", context, partial="rows")


@login_required
@require_safe
def upload(request: Request, token: uuid.UUID) -> HttpResponse:
    """One file: what was found, what to do, the text as it was read."""
    upload = access.upload_for(request.actor, token)
    draft = queries.draft_of(upload)
    context = {
        "crumbs": [(_("I file dell'ente"), reverse("intake:files")), (upload.name, "")],
        "upload": upload,
        "findings": queries.findings_of(upload),
        "may_upload": access.may_upload(request.actor, upload.body_id),
        "may_download": access.may_download(request.actor, upload),
        "may_clean": access.may_clean(request.actor, upload),
        "cleaned_copies": queries.copies_of(upload),
        "cleanings": [told(cleaned) for cleaned in queries.cleanings_behind([upload])],
        "origins": origins.told(request.actor, upload, draft),
        "format": formats.FORMATS.get(upload.format),
        **_text(draft, request.GET.get("pagina")),
        "copies": _copies(request, upload, draft),
    }
    return render_page(request, "intake/file.html", context, partial="whole")


@login_required
@require_safe
def download(request: Request, token: uuid.UUID) -> HttpResponseBase:
    """The original, byte for byte, as an attachment."""
    upload = access.upload_for(request.actor, token)
    if not access.may_download(request.actor, upload):
        raise Refused(access.why_not_downloadable(upload))
    return attachment(upload)


@login_required
def discard(request: Request, token: uuid.UUID) -> HttpResponse:
    """Throw the wrong file away, once asked."""
    upload = access.upload_for(request.actor, token)
    if not access.may_upload(request.actor, upload.body_id):
        raise Refused(access.why_not_upload())
    if request.method == "POST":
        services.discard(upload=upload, actor=request.actor)
        messages.success(request, _("File eliminato."))
        return redirect("intake:files")
    own = reverse("intake:upload_detail", args=[token])
    context = {
        "crumbs": [(_("I file dell'ente"), reverse("intake:files")), (upload.name, own)],
        "question": _("Vuoi eliminare «%(name)s»?") % {"name": upload.name},
        "consequence": _("Il file scompare dalla piattaforma e non si recupera."),
        "verb": _("Elimina il file"),
        "cancel_url": own,
    }
    return render(request, "foundation/confirm.html", context)


def _copies(
    request: Request, upload: Upload, draft: drafting.Draft | None
) -> Sequence[search.Copy]:
    """Published documents nearly the same, while something can still be done about it."""
    if draft is None or getattr(upload, "in_use", False):
        return ()
    return search.copies(request.actor, draft.text)


def _text(draft: drafting.Draft | None, part: str | None) -> dict[str, Any]:
    """A part of the text with its index; long texts come in parts, so that the page stays light."""
    if draft is None:
        return {}
    parts = Parts(draft.blocks, most_blocks=BLOCKS_PER_PART)
    page = parts.get_page(part)
    anchors = {clause.first_block: clause.key for clause in reversed(draft.clauses)}
    return {
        "draft": draft,
        "page": page,
        "passages": list(
            passages(page.object_list, anchors, first=parts.starts[page.number - 1], under=UNDER)
        ),
        "index": index(draft.clauses, part_of=parts.part_of),
    }
