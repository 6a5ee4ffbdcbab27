"""What every page may show about the house itself."""

from django.conf import settings
from django.http import HttpRequest

from casa.foundation import navigation


def house(request: HttpRequest) -> dict[str, object]:
    """The name of the platform and its places, for the header and the footer."""
    return {
        "SITE_ADDRESS": settings.SITE_ADDRESS,
        "places": navigation.places(request.path),
    }
