"""The forms of the library: an entry, its card, its versions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms import CardForm, VersionForm
from casa.library.views.forms import begun, done, page
from casa.library.views.headings import tell_kept
from casa.registry import access as registry_access
from casa.registry.http import Request


def new_entry(request: Request) -> HttpResponse:
    """A card and its first version on one page; `?file=` brings a file from the intake."""
    if not access.may_create(request.actor):
        raise Refused(
            _("Per creare una scheda serve un mandato di redazione nell'ente per cui operi.")
        )
    body = registry_access.body_acted_for(request.actor)
    base = {"office": request.actor.acting_office_id} | queries.first_proposal()
    initial = begun(request, base)
    data = request.POST or None
    card = CardForm(data, initial=initial, **queries.card_choices(body))
    proposal = VersionForm(data, initial=initial, **queries.version_choices(body))
    if request.method == "POST" and card.is_valid() & proposal.is_valid():
        version = done(
            request,
            card,
            lambda: services.open_entry(
                card=card.card(),
                proposal=proposal.proposal(),
                body=body,
                actor=request.actor,
                now=timezone.now(),
            ),
        )
        if version:
            messages.success(request, _("Bozza salvata. Rileggila e inviala in revisione."))
            return redirect(version)
    return page(request, _("Nuova scheda"), card, proposal)


def new_version(request: Request, slug: str) -> HttpResponse:
    """The next version of an entry."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_write(request.actor, entry):
        raise Refused(_("Non hai un mandato di redazione per l'ente di questa scheda."))
    form = VersionForm(
        request.POST or None,
        initial=begun(request, queries.next_proposal(entry), since=entry.edited_at),
        **queries.version_choices(entry.body),
    )
    if request.method == "POST" and form.is_valid():
        version = done(
            request,
            form,
            lambda: services.open_version(
                entry=entry, proposal=form.proposal(), actor=request.actor, now=timezone.now()
            ),
        )
        if version:
            messages.success(request, _("Bozza salvata. Rileggila e inviala in revisione."))
            tell_kept(request, version)
            return redirect(version)
    return page(request, _("Nuova versione"), form, entry=entry, since=entry.edited_at)


def edit_version(request: Request, slug: str, number: int) -> HttpResponse:
    """Change a draft, or what came back from review."""
    version = access.version_for(request.actor, slug, number)
    if not access.may_edit(request.actor, version):
        raise Refused(_("Questa versione non si può più modificare: apri una nuova versione."))
    form = VersionForm(
        request.POST or None,
        instance=version,
        initial=begun(request, queries.open_proposal(version), since=version.edited_at),
        **queries.version_choices(version.entry.body, version=version),
    )
    if request.method == "POST" and form.is_valid():
        edited = done(
            request,
            form,
            lambda: services.edit_version(
                version=version,
                proposal=form.proposal(),
                actor=request.actor,
                now=timezone.now(),
            ),
        )
        if edited:
            messages.success(request, _("Bozza salvata."))
            tell_kept(request, edited)
            return redirect(edited)
    return page(request, _("Modifica la bozza"), form, entry=version.entry, since=version.edited_at)


def edit_card(request: Request, slug: str) -> HttpResponse:
    """Change the fields by which an entry is found."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_edit_card(request.actor, entry):
        raise Refused(_("Non hai un mandato di redazione o revisione per l'ente di questa scheda."))
    form = CardForm(
        request.POST or None,
        instance=entry,
        initial=begun(request, {}, since=entry.edited_at),
        **queries.card_choices(entry.body),
    )
    if request.method == "POST" and form.is_valid():
        edited = done(
            request,
            form,
            lambda: services.edit_card(
                entry=entry, card=form.card(), actor=request.actor, now=timezone.now()
            ),
        )
        if edited:
            messages.success(request, _("Scheda aggiornata."))
            return redirect(edited)
    return page(request, _("Modifica la scheda"), form, entry=entry, since=entry.edited_at)
