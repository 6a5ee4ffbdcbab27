"""«Prima di condividere»: what a file tells of people, what stays, the copy without the rest."""

import uuid
from pathlib import PurePath
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa import drafting
from casa.foundation.errors import Refused
from casa.foundation.htmx import render_page
from casa.intake import access, personal, queries, services, sharing
from casa.intake.forms import SharingForm
from casa.intake.models import CleanedCopy, Upload
from casa.intake.telling import goes_anyway
from casa.registry.http import Request

MOST = 200  # data that one page asks about; the rest go as proposed
LONGEST_NAME = 150


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def before_sharing(request: Request, token: uuid.UUID) -> HttpResponse:
    """Every personal datum with a choice, and the copy that comes of the choices."""
    upload = access.upload_for(request.actor, token)
    if not access.may_clean(request.actor, upload):
        raise Refused(access.why_not_clean(request.actor, upload))
    draft = queries.draft_of(upload)
    found = sharing.found_in(draft, upload) if draft else []
    last = queries.last_cleaning(upload)
    form = _form(request, upload, found[:MOST], last)
    if form.is_valid() and _asked(request, upload, form):
        return redirect("intake:share", token=token)
    context = {
        "upload": upload,
        "last": last,
        "form": form,
        "beyond": max(0, len(found) - MOST),
        **_context(upload, draft),
    }
    if form.is_bound:
        return render(request, "intake/sharing.html", context, status=422)
    return render_page(request, "intake/sharing.html", context, partial="whole")


def _asked(request: Request, upload: Upload, form: SharingForm) -> bool:
    """Ask for the copy; a refusal is shown above what was typed."""
    try:
        services.prepare(
            upload=upload,
            choices=form.choices(),
            name=form.cleaned_data["name"],
            extra=form.cleaned_data["extra"],
            actor=request.actor,
            now=timezone.now(),
        )
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, _("Scelte registrate: la copia ripulita è in preparazione."))
    return True


def _form(
    request: Request, upload: Upload, found: list[sharing.Found], last: CleanedCopy | None
) -> SharingForm:
    """What was typed now, else what was decided last, else what is proposed."""
    chosen = {
        one.digest: services.Choice(one.action, one.why, one.words)
        for one in (last.decisions.all() if last else ())
    }
    return SharingForm(
        request.POST if request.method == "POST" else None,
        found=found,
        chosen=chosen,
        initial={"name": last.name if last else _name_for(upload), "extra": _extra(last)},
    )


def _extra(last: CleanedCopy | None) -> str:
    return last.extra if last else ""


def _name_for(upload: Upload) -> str:
    stem = personal.hidden(PurePath(upload.name).stem)[:LONGEST_NAME]
    return _("{name} (copia ripulita)").format(name=stem)


def _context(upload: Upload, draft: drafting.Draft | None) -> dict[str, Any]:
    own = reverse("intake:upload_detail", args=[upload.token])
    return {
        "crumbs": [
            (_("I file dell'ente"), reverse("intake:files")),
            (upload.name, own),
            (_("Prima di condividere"), ""),
        ],
        "draft": draft,
        "goes_anyway": goes_anyway(draft) if draft else [],
    }
