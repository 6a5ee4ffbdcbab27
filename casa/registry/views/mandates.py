"""Changing the mandates of a body, each act on a page of its own that says what will happen."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.forms.people import RoleForm
from casa.registry.http import Request
from casa.registry.models import Mandate
from casa.registry.services import mandates as services
from casa.registry.views.pages import Confirmation, form_page, sent
from casa.registry.views.people import crumbs_of

Service = Callable[..., Any]


@login_required
def change_role(request: Request, slug: str, pk: int) -> HttpResponse:
    """Another role or office, from today."""
    mandate = access.mandate_for(request.actor, slug, pk)
    start = {"role": mandate.role, "office": mandate.office_id}
    form = RoleForm(sent(request), body=mandate.body, initial=start)
    return _act(
        request,
        mandate,
        form,
        services.change_role,
        title=_("Cambia ruolo o ufficio di %(person)s"),
        lead=_("Il mandato di adesso finisce e ne comincia un altro, da oggi."),
        verb=_("Cambia il mandato"),
        done=_("Mandato cambiato."),
    )


@login_required
def suspend(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take the rights away for a while."""
    mandate = access.mandate_for(request.actor, slug, pk)
    return _act(
        request,
        mandate,
        _confirmation(request),
        services.suspend_mandate,
        title=_("Sospendi il mandato di %(person)s"),
        lead=_("Da subito questo mandato non dà più diritti. Potrai riattivarlo quando serve."),
        verb=_("Sospendi il mandato"),
        done=_("Mandato sospeso."),
    )


@login_required
def resume(request: Request, slug: str, pk: int) -> HttpResponse:
    """Give the rights back."""
    mandate = access.mandate_for(request.actor, slug, pk)
    return _act(
        request,
        mandate,
        _confirmation(request),
        services.resume_mandate,
        title=_("Riattiva il mandato di %(person)s"),
        lead=_("Da subito questo mandato dà di nuovo i suoi diritti."),
        verb=_("Riattiva il mandato"),
        done=_("Mandato riattivato."),
    )


def _confirmation(request: Request) -> forms.Form:
    return Confirmation(sent(request))


def _act(
    request: Request,
    mandate: Mandate,
    form: forms.Form,
    service: Service,
    *,
    title: str,
    lead: str,
    verb: str,
    done: str,
) -> HttpResponse:
    """Ask, or do what was asked and go back to the people of the body."""
    if request.method == "POST" and form.is_valid():
        try:
            service(mandate=mandate, actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, done)
            return redirect("entrance:people", mandate.body.slug)
    return form_page(
        request,
        form,
        title=title % {"person": mandate.person.full_name},
        lead=f"{mandate.get_role_display()}, {mandate.office}. {lead}",
        verb=verb,
        crumbs=crumbs_of(mandate.body),
        back=reverse("entrance:people", args=[mandate.body.slug]),
    )
