"""The requests to join, for those who decide on them."""

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.forms.entrance import AcceptForm, DeclineForm, OpenBodyForm
from casa.registry.http import Request
from casa.registry.models import Body, JoinRequest
from casa.registry.queries import entrance as queries
from casa.registry.services import entrance as services
from casa.registry.services import opening_bodies
from casa.registry.views.pages import Crumbs, form_page, sent
from casa.registry.words import for_wanted

PER_PAGE = 50


@login_required
def requests(request: Request) -> HttpResponse:
    """The requests that wait for this person, the longest waiting first."""
    access.demand_decider_of_some(request.actor)
    rows = queries.decided_by(request.actor, on=timezone.localdate())
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina")),
        "patience": queries.PATIENCE,
        "crumbs": [(_("Richieste"), "")],
    }
    return render(request, "registry/entrance/requests.html", context)


@login_required
def open_body(request: Request, pk: int) -> HttpResponse:
    """Open the body that was asked for; then the request can be accepted."""
    asked = queries.request_for(request.actor, pk, on=timezone.localdate())
    form = OpenBodyForm(sent(request), initial=_guessed(asked.new_body))
    if request.method == "POST" and form.is_valid():
        try:
            opening_bodies.open_asked_body(
                request=asked,
                new=form.new_body(),
                actor=request.actor,
                now=timezone.now(),
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Ente aperto. Ora decidi sulla richiesta."))
            return redirect("entrance:accept", pk=pk)
    title = _("Apri l'ente chiesto da %(person)s")
    return _page(request, form, asked, title=title, verb=_("Apri l'ente"))


@login_required
def accept(request: Request, pk: int) -> HttpResponse:
    """Say yes: in which office, as what."""
    asked = queries.request_for(request.actor, pk, on=timezone.localdate())
    if asked.new_body:
        return redirect("entrance:open_body", pk=pk)
    form = AcceptForm(sent(request), body=asked.body, initial={"role": asked.role})
    if request.method == "POST" and form.is_valid():
        try:
            services.accept_request(
                request=asked, actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(
                request, _("Richiesta accolta: lo diciamo per e-mail a chi l'ha fatta.")
            )
            return redirect("entrance:requests")
    title = _("Accogli la richiesta di %(person)s")
    return _page(request, form, asked, title=title, verb=_("Accogli la richiesta"))


@login_required
def decline(request: Request, pk: int) -> HttpResponse:
    """Say no, with a reason."""
    asked = queries.request_for(request.actor, pk, on=timezone.localdate())
    form = DeclineForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.decline_request(
                request=asked, actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Risposta inviata per e-mail, con il motivo."))
            return redirect("entrance:requests")
    title = _("Non accogliere la richiesta di %(person)s")
    return _page(request, form, asked, title=title, verb=_("Invia la risposta"))


def _guessed(name: str) -> dict[str, str]:
    is_union = name.casefold().startswith("unione")
    return {"name": name, **({"kind": Body.Kind.UNION} if is_union else {})}


def _page(
    request: Request, form: forms.Form, asked: JoinRequest, *, title: str, verb: str
) -> HttpResponse:
    crumbs: Crumbs = [(_("Richieste"), reverse("entrance:requests"))]
    lead = _("Ha chiesto di lavorare %(body)s con il ruolo «%(role)s» e ha scritto: «%(words)s»")
    return form_page(
        request,
        form,
        title=title % {"person": asked.person.full_name},
        lead=lead
        % {
            "body": for_wanted(asked),
            "role": asked.get_role_display(),
            "words": asked.message,
        },
        verb=verb,
        crumbs=crumbs,
        back=reverse("entrance:requests"),
    )
