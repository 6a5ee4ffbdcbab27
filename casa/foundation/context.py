"""What every page may show about the house itself."""

from django.conf import settings
from django.http import HttpRequest

from casa.foundation import navigation


def house(request: HttpRequest) -> dict[str, object]:
    """The name of the platform, its places and its small print, for the header and the footer."""
    return {
        "SITE_ADDRESS": settings.SITE_ADDRESS,
        "places": navigation.places(request.path),
        "own_places": navigation.own_places(request.path),
        "footer_links": navigation.footer_links(request.path),
        "source_address": settings.SOURCE_ADDRESS,
        "contact_email": settings.CONTACT_EMAIL,
    }
