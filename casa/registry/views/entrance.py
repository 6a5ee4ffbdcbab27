"""The ways into a body as the person sees them: my mandates, asking, accepting an invitation."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.registry import access
from casa.registry.forms.account import INVITED
from casa.registry.forms.entrance import AskForm, AskNewForm
from casa.registry.http import Request, me, typed
from casa.registry.queries import entrance as queries
from casa.registry.queries import mandates
from casa.registry.queries.succession import receipts_among
from casa.registry.services import entrance as services
from casa.registry.services import invitations, opening_bodies
from casa.registry.views.pages import Crumbs, form_page, sent
from casa.registry.words import for_body


def _mine() -> Crumbs:
    return [(_("I miei mandati"), reverse("entrance:mine"))]


@login_required
def mine(request: Request) -> HttpResponse:
    """My mandates, the invitations that wait for me, what I asked, and where to ask."""
    on, words = timezone.localdate(), typed(request, "ente")
    email, found = _address(request), queries.bodies_named(words)
    held = list(mandates.held_by(request.actor))
    context = {
        "crumbs": [(_("I miei mandati"), "")],
        "holdings": mandates.with_states(held, on=on),
        "leavable": access.leavable(request.actor, held),
        "receipts": receipts_among(held),
        "invitations": invitations.waiting_for(me(request), now=timezone.now()),
        "roles": mandates.roles_of(request.actor, on=on),
        "requests": queries.asked_by(request.actor, on=on),
        "proposed": queries.proposed_bodies(email),
        "words": words,
        "found": found[: queries.FOUND],
        "others": len(found) > queries.FOUND,
        "may_decide": access.may_decide_some(request.actor),
        "managed": queries.managed_bodies(request.actor),
    }
    return render(request, "registry/entrance/mine.html", context)


@login_required
def ask(request: Request, slug: str) -> HttpResponse:
    """Ask to work for a body; the page says who decides and how long it may take."""
    body = access.body_for(request.actor, slug)
    form = AskForm(sent(request))
    if request.method == "POST" and form.is_valid():
        limit(request, "ask", per_hour=20)
        try:
            services.ask_to_join(
                body=body, actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Richiesta inviata. Qui vedi chi decide e da quando."))
            return redirect("entrance:mine")
    return form_page(
        request,
        form,
        title=_("Chiedi di lavorare %(body)s") % {"body": for_body(body)},
        lead=queries.who_will_decide(body, on=timezone.localdate()),
        verb=_("Invia la richiesta"),
        crumbs=_mine(),
        back=reverse("entrance:mine"),
    )


@login_required
def ask_new(request: Request) -> HttpResponse:
    """Ask that one's body be opened; the page says who does it."""
    form = AskNewForm(sent(request), initial={"name": typed(request, "nome")})
    if request.method == "POST" and form.is_valid():
        limit(request, "ask", per_hour=20)
        try:
            opening_bodies.ask_for_body(
                actor=request.actor, now=timezone.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Richiesta inviata. Qui vedi a che punto è."))
            return redirect("entrance:mine")
    return form_page(
        request,
        form,
        title=_("Il mio ente non c'è"),
        lead=_("Apre l'ente e %s") % queries.network_decides(on=timezone.localdate()),
        verb=_("Invia la richiesta"),
        crumbs=_mine(),
        back=reverse("entrance:mine"),
    )


@require_POST
@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Take one's own request back."""
    asked = access.own_request_for(request.actor, pk)
    services.withdraw_request(request=asked, actor=request.actor, now=timezone.now())
    messages.success(request, _("Richiesta ritirata."))
    return redirect("entrance:mine")


@never_cache
def invitation(request: Request, token: str) -> HttpResponse:
    """What one is invited to; accepting asks for the account of the invited address."""
    limit(request, "invitation", per_minute=30)
    found = invitations.invited_by(token)
    reason = invitations.why_closed(found, now=timezone.now()) if found else ""
    if found is None or reason:
        gone = {"reason": reason, "crumbs": [(_("Invito"), "")]}
        return render(request, "registry/entrance/invitation_closed.html", gone, status=404)
    if request.method == "POST":
        invitations.accept(invitation=found, actor=request.actor, now=timezone.now())
        messages.success(request, _("Ora lavori %(body)s.") % {"body": for_body(found.body)})
        return redirect("entrance:mine")
    if request.actor.id is None:
        request.session[INVITED] = found.email
    is_mine = invitations.is_for(found, _address(request))
    crumbs: Crumbs = [(_("Invito"), "")]
    context = {"invitation": found, "is_mine": is_mine, "crumbs": crumbs}
    return render(request, "registry/entrance/invitation.html", context)


def _address(request: Request) -> str:
    """The confirmed address of whoever is logged in; empty for visitors."""
    return request.user.email if request.user.is_authenticated else ""
