"""«Novità della fonte»: take or keep, clause by clause."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casa.foundation.errors import Refused
from casa.library import access, queries, services
from casa.library.models import Entry, Taking
from casa.library.queries.taking import KEEP, TAKE, WRITE, Desk, Trio
from casa.library.views.forms import crumbs
from casa.registry.http import Request

LONGEST = 20_000


@require_http_methods(["GET", "POST"])
def news(request: Request, slug: str) -> HttpResponse:
    """What the source changed since the version we follow, and what we make of it."""
    entry = access.entry_for(request.actor, slug)
    if not access.may_write(request.actor, entry):
        raise Refused(_("Le novità le decide chi ha un mandato di redazione nell'ente."))
    trio = queries.trio_of(entry)
    taking = queries.taking_of(entry, trio)
    if trio is None or (taking and taking.state == Taking.State.WORKING):
        return _page(request, entry, taking=taking)
    if request.method == "POST":
        return _posted(request, entry, trio)
    return _page(request, entry, taking=taking, desk=queries.desk_of_news(trio, taking))


def _posted(request: Request, entry: Entry, trio: Trio) -> HttpResponse:
    """Whatever was chosen is kept first; then the end is tried, if it was asked for."""
    choices, texts = _chosen(request.POST)
    now = timezone.now()
    taking = services.keep_choices(
        entry=entry, trio=trio, choices=choices, texts=texts, actor=request.actor, now=now
    )
    if request.POST.get("atto") != "fine":
        messages.success(request, _("Scelte salvate: puoi finire quando vuoi, anche un collega."))
        return redirect("library:news", slug=entry.slug)
    desk = queries.desk_of_news(trio, taking)
    if desk is None:
        return _page(request, entry, taking=taking)
    try:
        services.finish_choices(taking=taking, desk=desk, actor=request.actor, now=now)
    except Refused as refusal:
        return _page(request, entry, taking=taking, desk=desk, problem=str(refusal))
    return redirect("library:news", slug=entry.slug)


def _chosen(posted: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """Choices and texts by clause key; what is no choice counts as undecided."""
    named = {name.partition(":")[2]: value for name, value in posted.items() if "scelta:" in name}
    choices = {key: value for key, value in named.items() if value in (TAKE, KEEP, WRITE)}
    texts = {
        name.partition(":")[2]: value.replace("\r\n", "\n").replace("\x00", "")[:LONGEST]
        for name, value in posted.items()
        if name.startswith("testo:")
    }
    return choices, texts


def _page(
    request: Request,
    entry: Entry,
    *,
    taking: Taking | None,
    desk: Desk | None = None,
    problem: str = "",
) -> HttpResponse:
    context = {
        "crumbs": crumbs(entry, _("Novità della fonte")),
        "entry": entry,
        "taking": taking,
        "desk": desk,
        "problem": problem or (taking.problem if taking else ""),
        "descent": queries.descent_of(entry, entry.current, request.actor),
    }
    return render(request, "library/news.html", context, status=422 if problem else 200)
