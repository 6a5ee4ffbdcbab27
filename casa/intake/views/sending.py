"""Bringing files in: the form, and the same door for the script that shows the transfer."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.foundation.takes_files import takes_files
from casa.intake import access, formats, queries, services, transfer
from casa.intake.forms import UploadForm
from casa.intake.models import Upload
from casa.registry import access as registry_access
from casa.registry.http import Request
from casa.registry.models import Body

PER_MINUTE = 120


@takes_files(access.may_upload_here)
@login_required
def upload(request: Request) -> HttpResponse:
    """Choose files and send them; the good ones are kept even when others are turned away."""
    body = _body_for(request)
    form = _form(request)
    if request.method == "POST":
        limit(request, "upload", per_minute=PER_MINUTE)
        if form.is_valid():
            return _thank(request, _receive(request, form, body))
    context = {
        "crumbs": [(_("I file dell'ente"), reverse("intake:files")), (_("Carica file"), "")],
        "body": body,
        "form": form,
        "formats": formats.in_words(),
        "max_bytes": settings.INTAKE_MAX_BYTES,
        "max_megabytes": settings.INTAKE_MAX_BYTES // transfer.MEGABYTE,
        "max_total": transfer.max_total() // transfer.MEGABYTE,
        "max_pages": settings.INTAKE_MAX_PAGES,
        "max_files": settings.INTAKE_MAX_FILES,
    }
    return render(request, "intake/upload.html", context, status=_status(request, form))


@takes_files(access.may_upload_here)
@login_required
@require_POST
def send(request: Request) -> HttpResponse:
    """Files sent by the page's script, one at a time; answers with the sentences to show."""
    limit(request, "upload", per_minute=PER_MINUTE)
    try:
        body, form = _body_for(request), _form(request)
        received = _receive(request, form, body) if form.is_valid() else []
    except Refused as refusal:
        return JsonResponse({"mistakes": [str(refusal)]}, status=403)
    mistakes = transfer.turned_away(request) or _mistakes(form)
    return JsonResponse(
        {"received": [str(one.token) for one in received], "mistakes": mistakes},
        status=_status(request, form) if mistakes else 201,
    )


def _body_for(request: Request) -> Body:
    """The body acted for, where the actor may bring files in."""
    body = registry_access.body_acted_for(request.actor)
    if not access.may_upload(request.actor, body.pk):
        raise Refused(access.why_not_upload())
    return body


def _form(request: Request) -> UploadForm:
    is_sent = request.method == "POST"
    return UploadForm(
        request.POST if is_sent else None,
        request.FILES if is_sent else None,
        offices=queries.offices_of(request.actor),
        turned_away=transfer.turned_away(request),
    )


def _receive(request: Request, form: UploadForm, body: Body) -> list[Upload]:
    return services.receive(
        files=form.cleaned_data["documents"],
        body=body,
        office=form.cleaned_data["office"],
        actor=request.actor,
        now=timezone.now(),
    )


def _thank(request: Request, received: list[Upload]) -> HttpResponse:
    """Say what came in, and for each file that did not, why."""
    count = len(received)
    done = ngettext(
        "Un file ricevuto: il controllo è cominciato.",
        "{count} file ricevuti: il controllo è cominciato.",
        count,
    )
    messages.success(request, done.format(count=count))
    for sentence in transfer.turned_away(request):
        messages.warning(request, sentence)
    return redirect("intake:files")


def _mistakes(form: UploadForm) -> list[str]:
    return [str(mistake) for mistakes in form.errors.values() for mistake in mistakes]


def _status(request: Request, form: UploadForm) -> int:
    if not form.is_bound:
        return 200
    return 413 if transfer.turned_away(request) else 422
