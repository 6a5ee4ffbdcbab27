"""Bodies of an archive, found again by the codes that they have everywhere."""

from collections.abc import Mapping
from typing import Any

from casa.registry.models import Body

Row = dict[str, Any]
LOOKUPS = (
    ("municipality__istat_code", "municipality"),
    ("province__istat_code", "province"),
    ("ipa_code", "ipa"),
    ("slug", "slug"),
)


def told(body: Body) -> Row:
    """The codes of a body: ISTAT's of its territory, IPA's, its address on the platform."""
    return {
        "kind": body.kind,
        "name": body.name,
        "municipality": body.municipality.istat_code if body.municipality else "",
        "province": body.province.istat_code if body.province else "",
        "ipa": body.ipa_code,
        "slug": body.slug,
    }


def found(row: Mapping[str, Any]) -> Body | None:
    """The open body with the first of the codes that tells it; None where it is not here."""
    rows = Body.objects.filter(closed_on=None, kind=str(row["kind"])).order_by("pk")
    for lookup, name in LOOKUPS:
        if name == "province" and row["kind"] != Body.Kind.PROVINCE:
            continue
        if code := str(row[name]):
            body = rows.filter(**{lookup: code}).first()
            if body is not None:
                return body
    return None
