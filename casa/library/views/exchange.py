"""Exchange with other installations: our key, whom we trust, bundles out and in."""

import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from casa.foundation.errors import Refused
from casa.foundation.limits import limit
from casa.foundation.takes_files import takes_files
from casa.intake.transfer import turned_away
from casa.library import access
from casa.library.exchange.keys import has_key
from casa.library.forms.exchange import (
    BringForm,
    BundleForm,
    ChosenForm,
    TrustForm,
    WordsForm,
)
from casa.library.models import Bundle
from casa.library.queries import exchange as queries
from casa.library.services import exchanging
from casa.library.views.forms import done
from casa.registry.http import Request

PER_PAGE = 50
Crumbs = list[tuple[str, str]]


@require_safe
def exchange(request: Request) -> HttpResponse:
    """Our key for everybody; for network managers also whom we trust and what arrived."""
    manages = access.may_exchange(request.actor)
    context = {
        "crumbs": _crumbs(),
        "key": exchanging.own_key() if manages or has_key() else None,
        "manages": manages,
        "others": queries.others() if manages else (),
        "bundles": queries.last_bundles() if manages else (),
    }
    return render(request, "library/exchange.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def trust(request: Request) -> HttpResponse:
    """Take the bundles of another installation from now on, or its new key."""
    access.demand_exchanger(request.actor)
    form = TrustForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data

        def act() -> str:
            row = exchanging.trust(
                said["name"],
                key=said["key"],
                fingerprint=said["fingerprint"],
                actor=request.actor,
                now=timezone.now(),
            )
            return row.name

        if name := done(request, form, act):
            messages.success(request, _("D'ora in poi si accettano i pacchetti di «%s».") % name)
            return redirect("library:exchange")
    context = {"crumbs": _crumbs(_("Installazione fidata")), "form": form}
    return render(
        request, "library/exchange_trust.html", context, status=422 if form.errors else 200
    )


@require_POST
def end_trust(request: Request, pk: int) -> HttpResponse:
    """Take no more bundles of it."""
    row = access.installation_for(request.actor, pk)
    exchanging.end_trust(installation=row, actor=request.actor, now=timezone.now())
    messages.success(request, _("I pacchetti di «%s» non si accettano più.") % row.name)
    return redirect("library:exchange")


@require_http_methods(["GET", "HEAD", "POST"])
def export(request: Request) -> HttpResponseBase:
    """Choose entries and take them away in a signed bundle."""
    access.demand_exchanger(request.actor)
    words = request.GET.get("parole", "")[:200]
    page = Paginator(queries.exportable(words), PER_PAGE).get_page(request.GET.get("pagina"))
    slugs = [entry.slug for entry in page]
    form = ChosenForm(request.POST if request.method == "POST" else None, slugs=slugs)
    if request.method == "POST" and form.is_valid():
        limit(request, "export-bundle", per_hour=60)
        if sent := done(request, form, lambda: _sent(request, form.cleaned_data["entries"])):
            return sent
    context = {
        "crumbs": _crumbs(_("Esporta")),
        "page": page,
        "form": form,
        "filter": WordsForm(initial={"parole": words}),
        "chosen": request.POST.getlist("entries"),
    }
    return render(
        request, "library/exchange_export.html", context, status=422 if form.errors else 200
    )


@takes_files(access.may_exchange)
@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: Request) -> HttpResponse:
    """Read a bundle; nothing changes before one says so on its page."""
    access.demand_exchanger(request.actor)
    posted = request.method == "POST"
    form = BundleForm(request.POST, request.FILES) if posted else BundleForm()
    if posted and form.is_valid():
        limit(request, "receive-bundle", per_hour=60)
        if bundle := done(request, form, lambda: _received(request, form)):
            return redirect(bundle)
    for sentence in turned_away(request):
        form.add_error("file", sentence)
    context = {"crumbs": _crumbs(_("Importa")), "form": form}
    return render(
        request, "library/exchange_import.html", context, status=422 if form.errors else 200
    )


@require_safe
def bundle(request: Request, pk: int) -> HttpResponse:
    """What a bundle brings, and what became of it."""
    found = access.bundle_for(request.actor, pk)
    page = Paginator(queries.lines_of(found), PER_PAGE).get_page(request.GET.get("pagina"))
    context = {
        "crumbs": _crumbs(found.name),
        "bundle": found,
        "page": page,
        "wanted": found.waits and queries.brings_something(found),
        "form": BringForm(),
    }
    return render(request, "library/exchange_bundle.html", context)


@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Bring it in: the worker does it."""
    found = access.bundle_for(request.actor, pk)
    form = BringForm(request.POST)
    publishes = form.is_valid() and form.cleaned_data["publishes"]
    exchanging.start_bundle(
        bundle=found, publishes=publishes, actor=request.actor, now=timezone.now()
    )
    messages.success(request, _("Il pacchetto entra in biblioteca: la pagina dice a che punto è."))
    return redirect(found)


def _sent(request: Request, slugs: list[str]) -> FileResponse:
    """Written to a file without a name, gone when it was sent."""
    now = timezone.localtime()
    settings.TEMP_DIR.mkdir(parents=True, exist_ok=True)
    target = tempfile.TemporaryFile(dir=settings.TEMP_DIR)  # noqa: SIM115 -- closed when sent
    try:
        exchanging.export_entries(slugs, target=target, actor=request.actor, now=now)
    except Refused:
        target.close()
        raise
    target.seek(0)
    name = f"scambio-{now:%Y-%m-%d}.zip"
    return FileResponse(target, as_attachment=True, filename=name, content_type="application/zip")


def _received(request: Request, form: BundleForm) -> Bundle:
    file = form.cleaned_data["file"]
    file.flush()
    return exchanging.receive_bundle(
        Path(file.temporary_file_path()),
        name=file.name or "",
        actor=request.actor,
        now=timezone.now(),
    )


def _crumbs(title: str = "") -> Crumbs:
    home: Crumbs = [(_("Biblioteca"), reverse("library:catalogue"))]
    if not title:
        return [*home, (_("Scambio"), "")]
    return [*home, (_("Scambio"), reverse("library:exchange")), (title, "")]
