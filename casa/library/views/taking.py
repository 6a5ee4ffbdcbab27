"""«Novità della fonte»: take or keep, clause by clause."""

from collections.abc import Iterator, Mapping

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
from casa.library.views.forms import as_written, crumbs
from casa.registry.http import Request

LONGEST_REASON = 1_000


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
        return _overtaken(request, entry, trio) or _posted(request, entry, trio)
    desk = queries.desk_of_news(trio, taking)
    return _page(request, entry, taking=taking, desk=desk, trio=trio)


def _overtaken(request: Request, entry: Entry, trio: Trio) -> HttpResponse | None:
    """The page that was read is about other texts than today's: what was chosen is shown again."""
    if request.POST.get("letto", trio.mark) == trio.mark:
        return None
    desk = queries.desk_of_news(trio, Taking(**_chosen(request.POST)))
    problem = _("Intanto uno dei due testi è cambiato: rileggi le novità, poi salva di nuovo.")
    return _page(request, entry, taking=None, desk=desk, problem=problem)


def _posted(request: Request, entry: Entry, trio: Trio) -> HttpResponse:
    """Whatever was chosen is kept first; then the end is tried, if it was asked for."""
    now = timezone.now()
    if request.POST.get("atto") == "visto":
        services.keep_as_it_is(entry=entry, trio=trio, actor=request.actor, now=now)
        messages.success(request, _("Visto: il vostro testo resta com'è."))
        return redirect(entry)
    taking = services.keep_choices(
        entry=entry, trio=trio, **_chosen(request.POST), actor=request.actor, now=now
    )
    if request.POST.get("atto") != "fine":
        messages.success(request, _("Scelte salvate: puoi finire quando vuoi, anche un collega."))
        return redirect("library:news", slug=entry.slug)
    desk = queries.desk_of_news(trio, taking)
    if desk is None:
        return _page(request, entry, taking=taking, trio=trio)
    try:
        services.finish_choices(taking=taking, desk=desk, actor=request.actor, now=now)
    except Refused as refusal:
        return _again(request, entry.slug, str(refusal))
    return redirect("library:news", slug=entry.slug)


def _again(request: Request, slug: str, problem: str) -> HttpResponse:
    """The choices as they stand now, which a colleague may have changed."""
    entry = access.entry_for(request.actor, slug)
    trio = queries.trio_of(entry)
    taking = queries.taking_of(entry, trio)
    desk = queries.desk_of_news(trio, taking) if trio else None
    return _page(request, entry, taking=taking, desk=desk, problem=problem)


def _chosen(posted: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Choices, texts and reasons by clause key; what is no choice counts as undecided."""
    said = _named("scelta:", posted)
    return {
        "choices": {key: value for key, value in said if value in (TAKE, KEEP, WRITE)},
        "texts": {key: as_written(value) for key, value in _named("testo:", posted)},
        "reasons": {
            key: as_written(value)[:LONGEST_REASON] for key, value in _named("motivo:", posted)
        },
    }


def _named(prefix: str, posted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What was posted by clause key; no key holds a sign that no database takes."""
    for name, value in posted.items():
        if name.startswith(prefix) and "\x00" not in name:
            yield name.removeprefix(prefix), value


def _page(
    request: Request,
    entry: Entry,
    *,
    taking: Taking | None,
    desk: Desk | None = None,
    trio: Trio | None = None,
    problem: str = "",
) -> HttpResponse:
    context = {
        "crumbs": crumbs(entry, _("Novità della fonte")),
        "entry": entry,
        "taking": taking,
        "desk": desk,
        "trio": trio,
        "problem": problem or (taking.problem if taking else ""),
        "descent": queries.descent_of(entry, entry.current, request.actor),
    }
    return render(request, "library/news.html", context, status=422 if problem else 200)
