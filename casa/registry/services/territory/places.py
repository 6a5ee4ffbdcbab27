"""Reading the places in force, and writing what a plan says. Bodies follow in `following`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.models import Municipality, Province, Region
from casa.registry.services.territory import seeds
from casa.registry.services.territory.lists import MunicipalityRow, PlaceList, ProvinceRow
from casa.registry.services.territory.plan import Plan

BATCH = 2000


@dataclass(frozen=True, slots=True)
class Days:
    """On which day a code began or ended: what our tables know, else the day of the list."""

    begun: Callable[[str], date]
    ended: Callable[[str], date]


def always() -> Days:
    """For the first load: what has always been there."""
    return Days(begun=lambda _code: seeds.ALWAYS, ended=lambda _code: seeds.ALWAYS)


def known_or(on: date) -> Days:
    return Days(
        begun=lambda code: seeds.begun_on(code) or on,
        ended=lambda code: seeds.ended_on(code) or on,
    )


def in_force() -> PlaceList:
    """The places whose end is not known, as plain rows. Two queries."""
    provinces = Province.objects.filter(valid_to=None).values_list(
        "istat_code", "sigla", "name", "kind", "region__istat_code"
    )
    municipalities = Municipality.objects.filter(valid_to=None).values_list(
        "istat_code", "name", "cadastral_code", "province__istat_code"
    )
    return PlaceList(
        provinces={values[0]: ProvinceRow(*values) for values in provinces},
        municipalities={values[0]: MunicipalityRow(*values) for values in municipalities},
    )


def write(plan: Plan, *, days: Days) -> None:
    """Make the register equal the plan's target: begin, end, hand on and rename places."""
    _begin_provinces(plan, days)
    _begin_municipalities(plan, days)
    _end_municipalities(plan, days)
    _end_provinces(plan, days)
    _correct(plan)


def open_provinces() -> dict[str, Province]:
    return {row.istat_code: row for row in Province.objects.filter(valid_to=None)}


def open_municipalities(codes: Iterable[str]) -> dict[str, Municipality]:
    rows = Municipality.objects.filter(valid_to=None, istat_code__in=list(codes))
    return {row.istat_code: row for row in rows}


def _begin_provinces(plan: Plan, days: Days) -> None:
    regions = {region.istat_code: region for region in Region.objects.all()}
    rows = [*plan.provinces.added, *(pair.after for pair in plan.provinces.moved)]
    for row in rows:
        if row.region not in regions:
            raise Refused(
                _("Il codice di regione %(code)s non esiste. Nulla è stato cambiato.")
                % {"code": row.region}
            )
    Province.objects.bulk_create(
        Province(
            istat_code=row.code,
            sigla=row.sigla,
            name=row.name,
            kind=row.kind,
            region=regions[row.region],
            valid_from=days.begun(row.code),
        )
        for row in rows
    )


def _begin_municipalities(plan: Plan, days: Days) -> None:
    provinces = open_provinces()
    rows = [*plan.municipalities.added, *(pair.after for pair in plan.municipalities.moved)]
    Municipality.objects.bulk_create(
        (
            Municipality(
                istat_code=row.code,
                name=row.name,
                cadastral_code=row.cadastral,
                province=provinces[row.province],
                valid_from=days.begun(row.code),
            )
            for row in rows
        ),
        batch_size=BATCH,
    )


def _end_municipalities(plan: Plan, days: Days) -> None:
    heirs = {pair.before.code: pair.after.code for pair in plan.municipalities.moved}
    heirs |= {end.row.code: end.successor.code for end in plan.ended if end.successor}
    ending = [*heirs, *(end.row.code for end in plan.ended)]
    rows = open_municipalities({*ending, *heirs.values()})
    for code in ending:
        rows[code].valid_to = days.ended(code)
        rows[code].successor = rows[heirs[code]] if code in heirs else None
    changed = [rows[code] for code in dict.fromkeys(ending)]
    Municipality.objects.bulk_update(changed, ["valid_to", "successor"], batch_size=BATCH)


def _end_provinces(plan: Plan, days: Days) -> None:
    ending = [*(row.code for row in plan.provinces.gone)]
    ending += [pair.before.code for pair in plan.provinces.moved]
    provinces = open_provinces()
    for code in ending:
        provinces[code].valid_to = days.ended(code)
    Province.objects.bulk_update([provinces[code] for code in ending], ["valid_to"])


def _correct(plan: Plan) -> None:
    """What kept its code but not its name, kind, cadastral code or Province."""
    provinces = open_provinces()
    for pair in plan.provinces.changed:
        province = provinces[pair.after.code]
        province.name, province.sigla = pair.after.name, pair.after.sigla
        province.kind = pair.after.kind
        province.save(update_fields=["name", "sigla", "kind"])
    rows = open_municipalities(pair.after.code for pair in plan.municipalities.changed)
    for other in plan.municipalities.changed:
        row = rows[other.after.code]
        row.name, row.cadastral_code = other.after.name, other.after.cadastral
        row.province = provinces[other.after.province]
    changed = list(rows.values())
    Municipality.objects.bulk_update(changed, ["name", "cadastral_code", "province"])
