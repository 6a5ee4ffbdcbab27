"""Bodies follow the territory: one for every Province and Comune, under the right Province."""

from collections.abc import Iterator
from datetime import date

from casa.registry.models import Body, Mandate, Municipality, Province
from casa.registry.services.bodies import NewBody, create_bodies
from casa.registry.services.territory import seeds
from casa.registry.services.territory.places import BATCH, open_provinces
from casa.registry.services.territory.plan import Plan

NAMES = {
    Province.Kind.PROVINCE: "Provincia di {name}",
    Province.Kind.METROPOLITAN_CITY: "Città metropolitana di {name}",
    Province.Kind.AUTONOMOUS: "Provincia autonoma di {name}",
    Province.Kind.FREE_CONSORTIUM: "Libero consorzio comunale di {name}",
}
MUNICIPALITY_NAME = "Comune di {name}"


def follow(plan: Plan, *, on: date) -> list[str]:
    """Bring the bodies in line with the places; gives back those nobody could close.

    A body whose place ended closes only when nobody works there: people are not put on the
    street by a list.
    """
    _hand_on_provinces(plan)
    _hand_on_municipalities(plan)
    flagged = _close(on=on)
    _make_provinces()
    _make_municipalities()
    _put_under_provinces()
    _rename(plan)
    return flagged


def province_body_name(province: Province) -> str:
    """How the body that works in a Province is called; empty where there is none."""
    seed = seeds.province_seeds().get(province.istat_code)
    if seed and seed.row.name == province.name:
        return seed.body_name
    pattern = NAMES.get(Province.Kind(province.kind), "")
    return pattern.format(name=province.name.partition("/")[0])


def _hand_on_provinces(plan: Plan) -> None:
    """A Province that only changed its code keeps its body."""
    provinces = open_provinces()
    for pair in plan.provinces.moved:
        province = provinces[pair.after.code]
        bodies = Body.objects.in_use().filter(kind=Body.Kind.PROVINCE)
        bodies.filter(
            province__istat_code=pair.before.code, province__name=pair.before.name
        ).update(province=province, name=province_body_name(province))


def _hand_on_municipalities(plan: Plan) -> None:
    """A Comune that only changed its code keeps its body, people and content."""
    moved = [pair.before.code for pair in plan.municipalities.moved]
    bodies = list(
        Body.objects.in_use()
        .filter(municipality__istat_code__in=moved)
        .exclude(municipality__successor=None)
        .select_related("municipality")
    )
    for body in bodies:
        if body.municipality:
            body.municipality_id = body.municipality.successor_id
    Body.objects.bulk_update(bodies, ["municipality"], batch_size=BATCH)


def _close(*, on: date) -> list[str]:
    """Close the bodies whose place is no more; name those where somebody still works."""
    over = Body.objects.in_use().exclude(province=None)
    ended = over.filter(municipality__valid_to__isnull=False) | over.filter(
        municipality=None, province__valid_to__isnull=False
    )
    at_work = Mandate.objects.in_force(on=on).filter(body__in=ended).values("body")
    flagged = list(ended.filter(pk__in=at_work).by_name().values_list("name", flat=True))
    closing = list(ended.exclude(pk__in=at_work).values_list("pk", flat=True))
    Body.objects.filter(pk__in=closing).update(closed_on=on)
    return flagged


def _make_provinces() -> None:
    with_body = Body.objects.in_use().filter(kind=Body.Kind.PROVINCE).values("province")
    missing = Province.objects.filter(valid_to=None).exclude(
        pk__in=with_body.exclude(province=None)
    )
    create_bodies(
        NewBody(
            kind=Body.Kind.PROVINCE,
            name=name,
            sigla=province.sigla,
            province=province,
            ipa_code=_ipa_code(province),
        )
        for province in missing.order_by("istat_code")
        if (name := province_body_name(province))
    )


def _make_municipalities() -> None:
    with_body = Body.objects.in_use().exclude(municipality=None).values("municipality")
    missing = (
        Municipality.objects.filter(valid_to=None)
        .exclude(pk__in=with_body)
        .select_related("province")
        .order_by("istat_code")
    )
    create_bodies(_new_municipality_bodies(list(missing)))


def _new_municipality_bodies(missing: list[Municipality]) -> Iterator[NewBody]:
    provinces = _province_bodies()
    for place in missing:
        yield NewBody(
            kind=Body.Kind.MUNICIPALITY,
            name=MUNICIPALITY_NAME.format(name=place.name),
            sigla=place.province.sigla,
            province=place.province,
            municipality=place,
            province_body=provinces.get(place.province_id),
        )


def _put_under_provinces() -> None:
    """Comuni whose place moved go under the body of the Province they are in now."""
    provinces = _province_bodies()
    bodies = Body.objects.in_use().filter(municipality__valid_to=None).exclude(municipality=None)
    wrong = []
    for body in bodies.select_related("municipality"):
        place = body.municipality
        above = provinces.get(place.province_id) if place else None
        if place and (body.province_id, body.province_body_id) != (
            place.province_id,
            above.pk if above else None,
        ):
            body.province_id, body.province_body = place.province_id, above
            wrong.append(body)
    Body.objects.bulk_update(wrong, ["province", "province_body"], batch_size=BATCH)


def _province_bodies() -> dict[int, Body]:
    bodies = Body.objects.in_use().filter(kind=Body.Kind.PROVINCE).exclude(province=None)
    return {body.province_id: body for body in bodies if body.province_id}


def _rename(plan: Plan) -> None:
    """A body that bears its Comune's name takes the new one; its address stays."""
    for pair in [*plan.municipalities.changed, *plan.municipalities.moved]:
        if pair.before.name != pair.after.name:
            Body.objects.in_use().filter(
                municipality__istat_code=pair.after.code,
                name=MUNICIPALITY_NAME.format(name=pair.before.name),
            ).update(name=MUNICIPALITY_NAME.format(name=pair.after.name))


def _ipa_code(province: Province) -> str:
    seed = seeds.province_seeds().get(province.istat_code)
    return seed.ipa_code if seed else ""
