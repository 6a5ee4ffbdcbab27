"""The address of an entry or a kit, made of its title."""

from collections.abc import Set as AbstractSet

from django.db import connection
from django.utils.text import slugify

from casa.library.models import Entry, Kit

RESERVED = frozenset(
    {"nuova", "lavori", "aggiorna", "quale", "kit", "importa", "modelli-della-redazione"}
    | {"norme-cambiate", "proposte", "scambio", "feed"}
)
LONGEST = 100
SLUG_LOCK = 0x0CA5A_51A6


def reserve_slug(
    title: str, *, among: type[Entry] | type[Kit] = Entry, reserved: AbstractSet[str] = RESERVED
) -> str:
    """A free address, held until the transaction ends: two equal titles get two addresses."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [SLUG_LOCK])
    stem = slugify(title)[:LONGEST] or "scheda"
    taken = set(among.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken | reserved:
        number += 1
        slug = f"{stem}-{number}"
    return slug
