"""Small files that machines look for at fixed addresses."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from casa.registry.http import Request

PLAIN = "text/plain; charset=utf-8"
VALID = timedelta(days=180)


@require_safe
def robots(_request: Request) -> HttpResponse:
    """Engines may read what is public; lists filtered in every way are no use to them."""
    closed = ("/accesso/", "/carica/", "/cerca/", "/redazione/", "/utile/", "/*?*")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)


@require_safe
def favicon(_request: Request) -> HttpResponse:
    return redirect(static("foundation/favicon.svg"), permanent=False)


@require_safe
def security(_request: Request) -> HttpResponse:
    """Where to report a weakness (RFC 9116); nothing when no address is set."""
    if not settings.CONTACT_EMAIL:
        raise Http404
    address = settings.SITE_ADDRESS.rstrip("/") + reverse("portal:security")
    lines = (
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {(timezone.now() + VALID).strftime('%Y-%m-%dT%H:%M:%SZ')}",
        "Preferred-Languages: it, en",
        f"Canonical: {address}",
    )
    return HttpResponse("\n".join(lines) + "\n", content_type=PLAIN)
