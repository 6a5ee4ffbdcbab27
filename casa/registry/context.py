"""What every page may show about who is acting."""

from django.http import HttpRequest

from casa.registry.actor import ANONYMOUS


def acting(request: HttpRequest) -> dict[str, object]:
    """The actor, for the slim header; views give pages everything else themselves."""
    return {"actor": getattr(request, "actor", ANONYMOUS)}
