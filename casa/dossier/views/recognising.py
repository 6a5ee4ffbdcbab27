"""A file that is a produced document goes to its dossier with one press."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casa.dossier.services import recognising
from casa.foundation.errors import Refused
from casa.intake import access as intake
from casa.registry.http import Request


@login_required
@require_POST
def recognise(request: Request, token: uuid.UUID) -> HttpResponse:
    """Lay the file at the step of the document that it is."""
    upload = intake.upload_for(request.actor, token)
    try:
        paper = recognising.link(upload, actor=request.actor, now=timezone.now())
    except Refused as why:
        messages.error(request, str(why))
        return redirect("intake:upload_detail", token)
    messages.success(
        request, _("Messo nel fascicolo. Il registro «chi lo usa» conta il modello come usato.")
    )
    return redirect("dossier:papers", paper.step.case.dossier.pk, paper.step_id)
