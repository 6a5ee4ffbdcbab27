"""The offices of a body: open, rename, close."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.forms.people import OfficeForm
from casa.registry.http import Request
from casa.registry.models import Body
from casa.registry.services import offices as services
from casa.registry.views.pages import Confirmation, form_page, sent
from casa.registry.views.people import crumbs_of


@login_required
def open_office(request: Request, slug: str) -> HttpResponse:
    """A new office."""
    body = access.managed_body_for(request.actor, slug)
    form = OfficeForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.open_office(
                body=body, actor=request.actor, now=timezone.now(), **form.values()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, body, _("Ufficio aperto."))
    return _page(request, form, body, title=_("Apri un ufficio"), verb=_("Apri l'ufficio"))


@login_required
def rename_office(request: Request, slug: str, pk: int) -> HttpResponse:
    """Another name or mailbox for an office."""
    office = access.office_for(request.actor, slug, pk)
    form = OfficeForm(sent(request), initial={"name": office.name, "email": office.email})
    if request.method == "POST" and form.is_valid():
        try:
            services.rename_office(
                office=office, actor=request.actor, now=timezone.now(), **form.values()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, office.body, _("Ufficio aggiornato."))
    title = _("Modifica l'ufficio «%(office)s»") % {"office": office}
    return _page(request, form, office.body, title=title, verb=_("Salva l'ufficio"))


@login_required
def close_office(request: Request, slug: str, pk: int) -> HttpResponse:
    """Close an office; what it owns stays readable."""
    office = access.office_for(request.actor, slug, pk)
    form = Confirmation(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.close_office(office=office, actor=request.actor, now=timezone.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            return _done(request, office.body, _("Ufficio chiuso."))
    title = _("Chiudi l'ufficio «%(office)s»") % {"office": office}
    return _page(
        request,
        form,
        office.body,
        title=title,
        verb=_("Chiudi l'ufficio"),
        lead=_("Non si potrà più scegliere. Ciò che gli appartiene resta al suo posto."),
    )


def _done(request: Request, body: Body, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("entrance:people", body.slug)


def _page(
    request: Request,
    form: OfficeForm | Confirmation,
    body: Body,
    *,
    title: str,
    verb: str,
    lead: str = "",
) -> HttpResponse:
    return form_page(
        request,
        form,
        title=title,
        lead=lead,
        verb=verb,
        crumbs=crumbs_of(body),
        back=reverse("entrance:people", args=[body.slug]),
    )
