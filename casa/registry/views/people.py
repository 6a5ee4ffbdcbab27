"""«Persone dell'ente»: who works for a body, for those who administer it."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.registry import access
from casa.registry.forms.entrance import InviteForm
from casa.registry.http import Request
from casa.registry.models import Body
from casa.registry.queries import entrance, mandates
from casa.registry.queries.second_factor import resettable
from casa.registry.queries.succession import left_open
from casa.registry.services import invitations
from casa.registry.views.pages import Crumbs, form_page, sent
from casa.registry.words import for_body

PER_PAGE = 50


def crumbs_of(body: Body) -> Crumbs:
    """The way to the people of a body."""
    people = reverse("entrance:people", args=[body.slug])
    return [(body.name, body.get_absolute_url()), (_("Persone dell'ente"), people)]


@login_required
def people(request: Request, slug: str) -> HttpResponse:
    """Mandates with their state, offices, open invitations, and how many requests wait."""
    body = access.managed_body_for(request.actor, slug)
    on, ended = timezone.localdate(), request.GET.get("conclusi") == "1"
    rows = mandates.mandates_of(body, on=on, ended=ended)
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("pagina"))
    shown = list(page)
    context = {
        "body": body,
        "page": page,
        "holdings": mandates.with_states(shown, on=on),
        "resettable": resettable(request.actor, (row.person_id for row in shown), on=on),
        "closable": access.closable(request.actor, (row.person for row in shown)),
        "ended": ended,
        "offices": mandates.offices_of(body, on=on),
        "invitations": entrance.open_invitations(body, now=timezone.now()),
        "waiting": entrance.waiting_in(body).count(),
        "to_hand_over": left_open(request.actor, on=on).filter(mandate__body=body).count(),
        "crumbs": [(body.name, body.get_absolute_url()), (_("Persone dell'ente"), "")],
    }
    return render(request, "registry/people/people.html", context)


@login_required
def invite(request: Request, slug: str) -> HttpResponse:
    """Invite an address to a role in an office."""
    body = access.managed_body_for(request.actor, slug)
    form = InviteForm(sent(request), body=body)
    if request.method == "POST" and form.is_valid():
        limit(request, "invite", per_hour=100)
        try:
            invitations.invite(actor=request.actor, now=timezone.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            done = _("Invito inviato a %(email)s.") % {"email": form.cleaned_data["email"]}
            messages.success(request, done)
            return redirect("entrance:people", slug)
    return form_page(
        request,
        form,
        title=_("Invita una persona a lavorare %(body)s") % {"body": for_body(body)},
        verb=_("Invia l'invito"),
        crumbs=crumbs_of(body),
        back=reverse("entrance:people", args=[slug]),
    )


@require_POST
@login_required
def send_again(request: Request, slug: str, pk: int) -> HttpResponse:
    """A new link for an invitation that waits."""
    return _about_invitation(
        request,
        slug,
        pk,
        invitations.send_again,
        _("Invito inviato di nuovo, con 14 giorni nuovi."),
    )


@require_POST
@login_required
def revoke(request: Request, slug: str, pk: int) -> HttpResponse:
    """Take an invitation back."""
    return _about_invitation(request, slug, pk, invitations.revoke, _("Invito ritirato."))


def _about_invitation(
    request: Request, slug: str, pk: int, service: Any, done: str
) -> HttpResponse:
    limit(request, "invite", per_hour=100)
    found = access.invitation_for(request.actor, slug, pk)
    try:
        service(invitation=found, actor=request.actor, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("entrance:people", slug)
