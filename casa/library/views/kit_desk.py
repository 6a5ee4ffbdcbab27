"""Making kits: the card, the things in it, review, withdrawal."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from casa.foundation.errors import Refused
from casa.library import access, services
from casa.library.forms.kits import KitForm, KitItemForm, KitReviewForm, KitWithdrawalForm
from casa.library.models import Kit
from casa.library.queries import kits as queries
from casa.library.queries.choices import kit_choices
from casa.library.views.kits import crumbs
from casa.registry import access as registry_access
from casa.registry.http import Request

STEPS = {"su": -1, "giu": 1}


def new_kit(request: Request) -> HttpResponse:
    """The card of a kit; the things come next."""
    if not access.may_create(request.actor):
        raise Refused(_("Per creare un kit serve un mandato di redazione nell'ente."))
    body = registry_access.body_acted_for(request.actor)
    start = {"office": request.actor.acting_office_id, "audience": "public"}
    form = KitForm(request.POST or None, initial=start, **kit_choices(body))
    if request.method == "POST" and form.is_valid():
        made = services.open_kit(
            card=form.card(), body=body, actor=request.actor, now=timezone.now()
        )
        messages.success(request, _("Bozza salvata. Ora aggiungi gli elementi, in ordine."))
        return redirect("library:kit_items", made.slug)
    return _form(request, form, title=_("Nuovo kit"), kit=None)


def edit_kit(request: Request, slug: str) -> HttpResponse:
    """Change the card of an open kit."""
    kit = _editable(request, slug)
    form = KitForm(request.POST or None, instance=kit, **kit_choices(kit.body))
    if request.method == "POST" and form.is_valid():
        services.edit_kit(kit=kit, card=form.card(), actor=request.actor)
        messages.success(request, _("Kit aggiornato."))
        return redirect(kit)
    return _form(request, form, title=_("Modifica il kit"), kit=kit)


def items(request: Request, slug: str) -> HttpResponse:
    """The things of a kit, in order, and a place to add one."""
    kit = _editable(request, slug)
    start = {"address": request.GET.get("indirizzo", "")}
    form = KitItemForm(request.POST or None, initial=start, actor=request.actor)
    if request.method == "POST" and form.is_valid():
        try:
            services.add_item(kit=kit, line=form.line(), actor=request.actor)
        except Refused as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("Elemento aggiunto in fondo."))
            return redirect("library:kit_items", kit.slug)
    context = {
        "crumbs": [*crumbs(), (kit.title, kit.get_absolute_url()), (_("Elementi"), "")],
        "kit": kit,
        "contents": queries.contents(kit, request.actor),
        "form": form,
    }
    return render(request, "library/kit_items.html", context, status=422 if form.is_bound else 200)


@require_POST
def arrange(request: Request, slug: str, item: int) -> HttpResponse:
    """Move a thing up or down, or take it out."""
    kit = _editable(request, slug)
    steps = STEPS.get(request.POST.get("verbo", ""))
    if steps:
        services.move_item(kit=kit, item=item, steps=steps, actor=request.actor)
    else:
        services.remove_item(kit=kit, item=item, actor=request.actor)
        messages.success(request, _("Elemento tolto dal kit."))
    return redirect("library:kit_items", kit.slug)


@require_POST
def propose(request: Request, slug: str) -> HttpResponse:
    """Send a kit to review, or publish it at once where only one's own body reads it."""
    kit = access.kit_for(request.actor, slug)
    try:
        kit = services.propose_kit(kit=kit, actor=request.actor, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(kit)
    done = _("Pubblicato per il tuo ente.") if kit.is_published else _("Inviato in revisione.")
    messages.success(request, done)
    return redirect(kit)


def discard(request: Request, slug: str) -> HttpResponse:
    """Throw an open kit away, once asked."""
    kit = _editable(request, slug)
    if request.method == "POST":
        services.discard_kit(kit=kit, actor=request.actor)
        messages.success(request, _("Kit eliminato. Ciò che conteneva resta in biblioteca."))
        return redirect("library:kits")
    context = {
        "crumbs": [*crumbs(), (kit.title, kit.get_absolute_url()), (_("Elimina"), "")],
        "question": _("Vuoi eliminare il kit?"),
        "consequence": _("«%(kit)s» scompare e non si recupera. Ciò che contiene resta.")
        % {"kit": kit},
        "verb": _("Elimina il kit"),
        "cancel_url": kit.get_absolute_url(),
    }
    return render(request, "foundation/confirm.html", context)


@require_POST
def reopen(request: Request, slug: str) -> HttpResponse:
    """Take a published kit back to change it."""
    kit = access.kit_for(request.actor, slug)
    services.reopen_kit(kit=kit, actor=request.actor)
    messages.success(request, _("Kit riaperto: torna negli elenchi quando lo pubblichi di nuovo."))
    return redirect("library:kit_items", kit.slug)


def review(request: Request, slug: str) -> HttpResponse:
    """A second person decides on a kit."""
    kit = access.kit_for(request.actor, slug)
    if kit.state != Kit.State.IN_REVIEW or not access.may_review_kit(request.actor, kit):
        raise Refused(
            _("Il kit lo rivede un'altra persona, dell'ente, della sua Provincia o della rete.")
        )
    form = KitReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _decide(request, kit, form.cleaned_data["note"])
        except Refused as refusal:
            form.add_error("note", str(refusal))
    context = {
        "crumbs": [*crumbs(), (kit.title, kit.get_absolute_url()), (_("Revisione"), "")],
        "kit": kit,
        "contents": queries.contents(kit, request.actor),
        "form": form,
    }
    return render(request, "library/kit_review.html", context, status=422 if form.is_bound else 200)


def withdraw(request: Request, slug: str) -> HttpResponse:
    """Take a kit out of lists and search, with the reason."""
    kit = access.kit_for(request.actor, slug)
    if not access.may_withdraw_kit(request.actor, kit):
        raise Refused(_("Può ritirare il kit chi rivede o amministra per il suo ente."))
    form = KitWithdrawalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        services.withdraw_kit(kit=kit, reason=form.cleaned_data["reason"], actor=request.actor)
        messages.success(request, _("Kit ritirato: l'indirizzo resta, con il motivo."))
        return redirect(kit)
    context = {
        "crumbs": [*crumbs(), (kit.title, kit.get_absolute_url()), (_("Ritira"), "")],
        "question": _("Ritira «%(title)s»") % {"title": kit.title},
        "consequence": _("Il kit esce dagli elenchi e dalla ricerca; ciò che contiene resta."),
        "verb": _("Ritira il kit"),
        "cancel_url": kit.get_absolute_url(),
        "form": form,
    }
    return render(request, "foundation/confirm.html", context, status=422 if form.is_bound else 200)


def _decide(request: Request, kit: Kit, note: str) -> HttpResponse:
    if request.POST.get("esito") == "pubblica":
        services.publish_kit(kit=kit, actor=request.actor, now=timezone.now())
        messages.success(request, _("Kit pubblicato."))
        return redirect(kit)
    services.return_kit(kit=kit, reason=note, actor=request.actor)
    messages.success(request, _("Rimandato all'autore con il motivo."))
    return redirect("library:kits")


def _editable(request: Request, slug: str) -> Kit:
    kit = access.kit_for(request.actor, slug)
    if not access.may_edit_kit(request.actor, kit):
        raise Refused(_("Questo kit non si può modificare: riaprilo, o chiedi a chi lo redige."))
    return kit


def _form(
    request: Request, form: forms.ModelForm[Kit], *, title: str, kit: Kit | None
) -> HttpResponse:
    way: list[tuple[str, str]] = [*crumbs(), (title, "")]
    context: dict[str, Any] = {
        "title": title,
        "form": form,
        "crumbs": way,
        "cancel_url": kit.get_absolute_url() if kit else reverse("library:kits"),
    }
    return render(request, "library/kit_form.html", context, status=422 if form.is_bound else 200)
