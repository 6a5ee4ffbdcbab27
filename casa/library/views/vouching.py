"""«Ha funzionato?» and «Validata dalla rete»."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.forms.adoptions import AnswerForm, EndorsementForm, ExperienceForm
from casa.library.models import Entry, Version
from casa.library.views.forms import crumbs, done
from casa.registry import access as registry_access
from casa.registry.http import Request

PER_PAGE = 25


@require_safe
def experiences(request: Request, slug: str) -> HttpResponse:
    """How it went, body by body, with the authors' answers; visitors see how many."""
    entry = access.entry_for(request.actor, slug)
    is_member = request.actor.is_member
    rows = queries.experiences_of(entry)
    context = {
        "crumbs": crumbs(entry, _("Ha funzionato?")),
        "entry": entry,
        "told": queries.experiences(entry),
        "is_member": is_member,
        "page": Paginator(rows if is_member else rows.none(), PER_PAGE).get_page(
            request.GET.get("pagina")
        ),
        "may_answer": access.may_write(request.actor, entry),
        "may_tell": may_tell(request, entry),
    }
    return render(request, "library/experiences.html", context)


@require_http_methods(["GET", "POST"])
def tell_experience(request: Request, slug: str) -> HttpResponse:
    """Say how it went for the body acted for."""
    entry = access.entry_for(request.actor, slug)
    body = registry_access.body_acted_for(request.actor)
    if not may_tell(request, entry):
        raise Refused(
            _(
                "Lo dice chi scrive o amministra per un ente che l'ha usato o scaricato. Usalo, "
                "poi torna qui."
            )
        )
    known = queries.experience_by(body.pk, entry)
    names = ("outcome", "why", "office_id")
    said = {name.removesuffix("_id"): getattr(known, name) for name in names} if known else {}
    initial = {"office": request.actor.acting_office_id} | said
    form = ExperienceForm(request.POST or None, initial=initial, offices=queries.offices_of(body))
    if request.method == "POST" and form.is_valid():
        told = done(
            request,
            form,
            lambda: services.tell_experience(
                entry=entry, **form.cleaned_data, actor=request.actor, now=timezone.now()
            ),
        )
        if told:
            messages.success(request, _("Grazie: lo leggono gli altri enti e chi lo ha scritto."))
            return redirect("library:experiences", slug=slug)
    return _form(request, entry, form, _("Ha funzionato?"), body=body, known=known)


@require_http_methods(["GET", "POST"])
def answer_experience(request: Request, slug: str, pk: int) -> HttpResponse:
    """The authors answer what a body told."""
    row = access.experience_for(request.actor, slug, pk)
    form = AnswerForm(request.POST or None, initial={"answer": row.answer})
    if request.method == "POST" and form.is_valid():
        answered = done(
            request,
            form,
            lambda: services.answer_experience(
                experience=row,
                answer=form.cleaned_data["answer"],
                actor=request.actor,
                now=timezone.now(),
            ),
        )
        if answered:
            messages.success(request, _("Risposta pubblicata."))
            return redirect("library:experiences", slug=slug)
    return _form(request, row.entry, form, _("Rispondi"), told=row)


@require_http_methods(["GET", "POST"])
def endorse(request: Request, slug: str, number: int) -> HttpResponse:
    """Vouch for a version, with what was checked."""
    version = access.version_for(request.actor, slug, number)
    if not access.may_endorse(request.actor, version):
        raise Refused(
            _(
                "Valida un testo pubblicato chi rivede per un altro ente o per la rete, e non ci "
                "ha lavorato."
            )
        )
    own = queries.endorsement_by(request.actor.acting_for, request.actor.id, version)
    form = EndorsementForm(request.POST or None, initial={"criteria": own.criteria if own else ""})
    if request.method == "POST" and form.is_valid():
        given = done(
            request,
            form,
            lambda: services.endorse(
                version=version,
                criteria=form.cleaned_data["criteria"],
                actor=request.actor,
                now=timezone.now(),
            ),
        )
        if given:
            messages.success(request, _("Validata: si vede sulla scheda, con la data."))
            return redirect(version)
    return _form(request, version.entry, form, _("Valida per la rete"), version=version)


@require_POST
def take_back(request: Request, slug: str, number: int, pk: int) -> HttpResponse:
    """Vouch no longer."""
    row = access.endorsement_for(request.actor, slug, number, pk)
    services.take_back_endorsement(endorsement=row, actor=request.actor, now=timezone.now())
    messages.success(request, _("La validazione è tolta."))
    return redirect("library:version", slug=slug, number=number)


def vouching(request: Request, entry: Entry, version: Version | None) -> dict[str, Any]:
    """What the page of an entry says about how well proved it is. Five queries at most."""
    standing = queries.standing_of(entry, version)
    if standing is None or version is None:
        return {"standing": None}
    return {
        "standing": standing,
        "may_tell": may_tell(request, entry),
        "may_endorse": access.may_endorse(request.actor, version),
        "own_endorsements": [
            row.pk for row in standing.endorsements if access.may_take_back(request.actor, row)
        ],
    }


def may_tell(request: Request, entry: Entry) -> bool:
    """Whether the body acted for used it and the actor may say how it went."""
    may = access.may_adopt(request.actor, entry)
    return may and queries.has_used(request.actor.acting_for, entry)


def _form(request: Request, entry: Entry, form: Any, title: str, **more: object) -> HttpResponse:
    context = {"crumbs": crumbs(entry, title), "entry": entry, "form": form, "title": title}
    status = 422 if form.errors else 200
    return render(request, "library/vouch.html", context | more, status=status)
