"""«Passaggio di consegne»: the page on which a mandate ends, and its receipt."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.forms.succession import HandOverForm, name_of
from casa.registry.http import Request
from casa.registry.models import HandOver, Mandate
from casa.registry.queries import succession as queries
from casa.registry.queries.mandates import is_over, state_of
from casa.registry.services import handing_over
from casa.registry.views.pages import Crumbs, sent
from casa.registry.views.people import crumbs_of
from casa.registry.words import long_date

KEEP = "keep"
SHOWN = 30


@login_required
def end(request: Request, slug: str, pk: int) -> HttpResponse:
    """End a mandate of the body, and pass on what it held."""
    mandate = access.mandate_for(request.actor, slug, pk)
    back = reverse("entrance:people", args=[slug])
    return _page(request, mandate, crumbs=crumbs_of(mandate.body), back=back)


@login_required
def leave(request: Request, pk: int) -> HttpResponse:
    """Give up one's own mandate, and pass on what it held."""
    mandate = access.own_mandate_for(request.actor, pk)
    back = reverse("entrance:mine")
    if not access.may_leave(request.actor, mandate):
        raise Refused(_("Questo mandato non è più in vigore: le consegne le fa l'ente."))
    return _page(request, mandate, crumbs=[(_("I miei mandati"), back)], back=back)


@login_required
def receipt(request: Request, pk: int) -> HttpResponse:
    """What went to whom; as a page, or with `formato=html` as a file to keep."""
    mandate = access.ended_for(request.actor, pk)
    done = access.receipt_for(request.actor, mandate)
    context = {
        "mandate": mandate,
        "facts": _facts(mandate, done),
        "lines": access.lines_for(request.actor, done),
        "crumbs": [(mandate.body.name, mandate.body.get_absolute_url()), (_("Ricevuta"), "")],
        "may_see_titles": access.may_see_titles(request.actor, mandate),
        "may_manage": access.may_manage_people(request.actor, mandate.body),
    }
    if request.GET.get("formato") == "html":
        return _as_file(context, done)
    return render(request, "registry/succession/receipt.html", context)


def _page(request: Request, mandate: Mandate, *, crumbs: Crumbs, back: str) -> HttpResponse:
    on = timezone.localdate()
    plan = queries.plan_of(mandate, request.actor, on=on)
    begun = queries.open_hand_over(mandate)
    keeping = request.POST.get("act") == KEEP
    over = is_over(mandate, on=on)
    form = HandOverForm(
        sent(request),
        plan=plan,
        is_over=over,
        finishing=not keeping,
        kept=begun.choices if begun else {},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return _act(request, mandate, form, back, keeping=keeping)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return _shown(request, mandate, form, begun, crumbs=crumbs, back=back)


def _act(
    request: Request, mandate: Mandate, form: HandOverForm, back: str, *, keeping: bool
) -> HttpResponse:
    """Keep what was chosen, or pass everything on."""
    service = handing_over.keep_hand_over if keeping else handing_over.hand_over
    done = service(
        mandate=mandate,
        choices=form.choices(),
        on=form.on_day(),
        actor=request.actor,
        now=timezone.now(),
    )
    if keeping:
        messages.success(request, _("Salvato. Niente è ancora passato: riprendi quando vuoi."))
        return redirect(request.path)
    messages.success(request, _("Mandato concluso.") if form.plan.steps == [] else _done(form))
    return redirect("entrance:receipt", mandate.pk) if done.lines.all() else redirect(back)


def _done(form: HandOverForm) -> str:
    day = form.on_day()
    return _("Consegne fatte.") if day else _("Consegne fatte, mandato concluso.")


def _shown(
    request: Request,
    mandate: Mandate,
    form: HandOverForm,
    begun: HandOver | None,
    *,
    crumbs: Crumbs,
    back: str,
) -> HttpResponse:
    on = timezone.localdate()
    title = _title(request, mandate, is_over=is_over(mandate, on=on))
    shown = SHOWN if access.may_see_titles(request.actor, mandate) else 0
    context = {
        "mandate": mandate,
        "state": state_of(mandate, on=on),
        "form": form,
        "steps": [(step, step.things[:shown], form[name_of(step)]) for step in form.plan.steps],
        "begun": begun if begun and begun.choices else None,
        "title": title,
        "crumbs": [*crumbs, (title, "")],
        "back": back,
        "by_oneself": form.plan.leaving.by_oneself,
        "may_suspend": access.may_manage_people(request.actor, mandate.body),
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "registry/succession/hand_over.html", context, status=status)


def _title(request: Request, mandate: Mandate, *, is_over: bool) -> str:
    if is_over:
        return _("Passaggio di consegne di %s") % mandate.person.full_name
    if request.actor.id == mandate.person_id:
        return _("Lascia il mandato")
    return _("Concludi il mandato di %s") % mandate.person.full_name


def _facts(mandate: Mandate, done: HandOver) -> list[tuple[str, str]]:
    """Who left what, why, and who did the hand-over."""
    who = done.done_by.full_name if done.done_by else _("La piattaforma")
    last_day = long_date(mandate.ends_on) if mandate.ends_on else ""
    return [
        (_("Ente"), mandate.body.name),
        (_("Mandato"), f"{mandate.get_role_display()}, {mandate.office}"),
        (_("Ultimo giorno"), last_day),
        (_("Perché"), str(done.get_cause_display())),
        (_("Consegne fatte il"), date_format(timezone.localtime(done.done_at), "j F Y, H:i")),
        (_("Da"), who),
    ]


def _as_file(context: dict[str, object], done: HandOver) -> HttpResponse:
    page = render_to_string("registry/succession/receipt_file.html", context)
    name = f"consegne-{done.pk}.html"
    return HttpResponse(page, headers={"Content-Disposition": f'attachment; filename="{name}"'})
