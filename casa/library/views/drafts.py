"""Making entries and versions, and sending them to review."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms import CardForm, VersionForm
from casa.library.models import Entry
from casa.registry import access as registry_access
from casa.registry.http import Request

PER_PAGE = 20


def new_entry(request: Request) -> HttpResponse:
    """A card and its first version on one page; `?file=` brings a file from the intake."""
    if not access.may_create(request.actor):
        raise Refused(
            _("Per creare una scheda serve un mandato di redazione nell'ente per cui operi.")
        )
    body = registry_access.body_acted_for(request.actor)
    office = {"office": request.actor.acting_office_id}
    card = CardForm(request.POST or None, initial=office, **queries.card_choices(body))
    proposal = VersionForm(
        request.POST or None,
        initial=queries.first_proposal(request.actor, request.GET.get("file")),
        **queries.version_choices(body),
    )
    if request.method == "POST" and card.is_valid() & proposal.is_valid():
        version = services.open_entry(
            card=card.card(),
            proposal=proposal.proposal(),
            body=body,
            actor=request.actor,
            now=timezone.now(),
        )
        messages.success(request, _("Bozza salvata. Rileggila e inviala in revisione."))
        return redirect(version)
    return _page(request, _("Nuova scheda"), forms=[card, proposal], entry=None)


@require_safe
def choose_entry(request: Request) -> HttpResponse:
    """Which entry the file brought along in `?file=` is the next version of."""
    if not access.may_create(request.actor):
        raise Refused(_("Per preparare una versione serve un mandato di redazione nell'ente."))
    page = Paginator(queries.renewable(request.actor), PER_PAGE)
    context = {
        "crumbs": [(_("Biblioteca"), reverse("library:catalogue")), (_("Nuova versione"), "")],
        "page": page.get_page(request.GET.get("pagina")),
        "file": request.GET.get("file", ""),
    }
    return render(request, "library/renew.html", context)


def new_version(request: Request, slug: str) -> HttpResponse:
    """The next version of an entry."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_write(request.actor, entry):
        raise Refused(_("Non hai un mandato di redazione per l'ente di questa scheda."))
    form = VersionForm(
        request.POST or None,
        initial=queries.next_proposal(entry, request.actor, request.GET.get("file")),
        **queries.version_choices(entry.body),
    )
    if request.method == "POST" and form.is_valid():
        version = services.open_version(entry=entry, proposal=form.proposal(), actor=request.actor)
        messages.success(request, _("Bozza salvata. Rileggila e inviala in revisione."))
        return redirect(version)
    return _page(request, _("Nuova versione"), forms=[form], entry=entry)


def edit_version(request: Request, slug: str, number: int) -> HttpResponse:
    """Change a draft, or what came back from review."""
    version = access.version_for(request.actor, slug, number)
    if not access.may_edit(request.actor, version):
        raise Refused(_("Questa versione non si può più modificare: apri una nuova versione."))
    form = VersionForm(
        request.POST or None,
        instance=version,
        initial=queries.open_proposal(version),
        **queries.version_choices(version.entry.body, version=version),
    )
    if request.method == "POST" and form.is_valid():
        services.edit_version(version=version, proposal=form.proposal(), actor=request.actor)
        messages.success(request, _("Bozza salvata."))
        return redirect(version)
    return _page(request, _("Modifica la bozza"), forms=[form], entry=version.entry)


def edit_card(request: Request, slug: str) -> HttpResponse:
    """Change the fields by which an entry is found."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_edit_card(request.actor, entry):
        raise Refused(_("Non hai un mandato di redazione o revisione per l'ente di questa scheda."))
    form = CardForm(request.POST or None, instance=entry, **queries.card_choices(entry.body))
    if request.method == "POST" and form.is_valid():
        services.edit_card(entry=entry, card=form.card(), actor=request.actor)
        messages.success(request, _("Scheda aggiornata."))
        return redirect(entry)
    return _page(request, _("Modifica la scheda"), forms=[form], entry=entry)


@require_POST
def propose(request: Request, slug: str, number: int) -> HttpResponse:
    """Send a draft to review, or publish it at once where only one's own body reads it."""
    version = access.version_for(request.actor, slug, number)
    try:
        version = services.propose_version(version=version, actor=request.actor, now=timezone.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(version)
    done = _("Pubblicata per il tuo ente.") if version.published_at else _("Inviata in revisione.")
    messages.success(request, done)
    return redirect(version)


def discard(request: Request, slug: str, number: int) -> HttpResponse:
    """Throw a draft away, once asked; its files stay among the files of the body."""
    version = access.version_for(request.actor, slug, number)
    if not access.may_edit(request.actor, version):
        raise Refused(_("Si può eliminare solo una bozza, e solo chi la redige."))
    if request.method == "POST":
        services.discard_version(version=version, actor=request.actor)
        messages.success(request, _("Bozza eliminata. I file restano fra quelli dell'ente."))
        return redirect("library:work")
    context = {
        "crumbs": [*_crumbs(version.entry), (_("Elimina la bozza"), "")],
        "question": _("Vuoi eliminare la bozza?"),
        "consequence": _("«%(version)s» scompare e non si recupera. I file restano.")
        % {"version": version},
        "verb": _("Elimina la bozza"),
        "cancel_url": version.get_absolute_url(),
    }
    return render(request, "foundation/confirm.html", context)


def _crumbs(entry: Entry | None) -> list[tuple[str, str]]:
    home = [(_("Biblioteca"), reverse("library:catalogue"))]
    return home if entry is None else [*home, (entry.title, entry.get_absolute_url())]


def _page(request: Request, title: str, *, forms: list[Any], entry: Entry | None) -> HttpResponse:
    context = {
        "title": title,
        "forms": forms,
        "entry": entry,
        "crumbs": [*_crumbs(entry), (title, "")],
        "has_files": any(
            "main" not in form.fields or form.fields["main"].queryset for form in forms
        ),
    }
    is_wrong = any(form.is_bound for form in forms)
    return render(request, "library/draft_form.html", context, status=422 if is_wrong else 200)
