"""The way out that every mail carries, without a log-in."""

from django.core.signing import BadSignature
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from casa.foundation.limits import limit
from casa.notices import queries, services
from casa.registry.http import Request


@csrf_exempt  # mail programs send this form themselves (RFC 8058); the signed link is the right
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mute(request: Request, token: str) -> HttpResponse:
    """Pause what the link names, or go on with it: asked first, as often as one likes."""
    limit(request, "mute", per_minute=120)
    try:
        if request.method == "POST":
            _do(request, token)
        rows = list(queries.named_by(token))
    except BadSignature as wrong:
        raise Http404 from wrong
    done = request.method == "POST"
    context = {
        "crumbs": [(_("Niente più avvisi"), "")],
        "rows": rows,
        "done": done,
        "paused": all(row.muted_at for row in rows),
        "again": done and "riprendi" in request.POST,
    }
    return render(request, "notices/mute.html", context)


def _do(request: Request, token: str) -> None:
    if "riprendi" in request.POST:
        services.unmute(token=token)
    else:
        services.mute(token=token, now=timezone.now())
