"""Names that the registry gives to raw codes of facets."""

from collections.abc import Collection

from casa.registry.models import Body, Pillar

MOST = 50
MOST_DIGITS = 18  # of the number of a row


def pillars(codes: Collection[str]) -> dict[str, str]:
    return dict(Pillar.objects.filter(code__in=codes).values_list("code", "name"))


def bodies(codes: Collection[str]) -> dict[str, str]:
    numbers = [int(code) for code in codes if code.isdecimal() and len(code) <= MOST_DIGITS]
    rows = Body.objects.filter(pk__in=numbers).values_list("pk", "name")
    return {str(pk): name for pk, name in rows}


def find_bodies(words: str) -> list[str]:
    """The codes of the bodies whose name holds these words."""
    return [str(pk) for pk in Body.objects.named_like(words).values_list("pk", flat=True)[:MOST]]
