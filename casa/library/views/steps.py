"""The steps of a version that need no form: whose next it is, sent, thrown away."""

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
from casa.library.views.forms import crumbs
from casa.registry.http import Request

PER_PAGE = 20


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


@require_POST
def propose(request: Request, slug: str, number: int) -> HttpResponse:
    """Send a draft to review, or publish it at once where only one's own body reads it."""
    version = access.version_for(request.actor, slug, number)
    if access.may_edit(request.actor, version) and queries.unexplained(version):
        return redirect("library:explain", slug=slug, number=number)
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
        "crumbs": crumbs(version.entry, _("Elimina la bozza")),
        "question": _("Vuoi eliminare la bozza?"),
        "consequence": _("«%(version)s» scompare e non si recupera. I file restano.")
        % {"version": version},
        "verb": _("Elimina la bozza"),
        "cancel_url": version.get_absolute_url(),
    }
    return render(request, "foundation/confirm.html", context)
