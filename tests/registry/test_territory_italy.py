"""The territory the house brings along equals ISTAT's list. Loaded once for the whole file."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.db import transaction

from casa.registry.actor import SYSTEM
from casa.registry.models import Body, Municipality, Office, Province, Region
from casa.registry.services.territory import load_territory, read_istat, seed_territory, seeds

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 25, tzinfo=UTC)
SHARED = Path(__file__).parents[3] / "shared/data/territory/situas_comuni_2026-08-14.csv"


@pytest.fixture(scope="module")
def italy(django_db_setup, django_db_blocker):
    """All of Italy as a fresh house has it, made once and rolled back."""
    with django_db_blocker.unblock():
        told = []
        atomic = transaction.atomic()
        atomic.__enter__()
        seed_territory(actor=SYSTEM, now=NOW, tell=told.append)
        yield told
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


def test_a_fresh_house_knows_regions_provinces_and_comuni(italy):
    assert Region.objects.count() == 20
    assert Province.objects.in_force(on=date(2026, 11, 1)).count() == 110
    assert Municipality.objects.in_force(on=date(2026, 11, 1)).count() == 7894
    assert italy[-1] == "Province: 110. Comuni: 7.894."


def test_a_fresh_house_still_knows_the_day_before_sardinia_changed(italy):
    before = date(2025, 12, 31)

    assert Province.objects.in_force(on=before).count() == 107
    assert Municipality.objects.in_force(on=before).count() == 7896
    alghero = Municipality.objects.get(istat_code="090003")
    assert (alghero.valid_to, alghero.successor.istat_code) == (date(2026, 1, 1), "112001")


@pytest.mark.may_skip("shared")
def test_a_fresh_house_equals_the_list_of_istat(italy):
    if not SHARED.exists():
        pytest.skip("l'elenco ISTAT di ../shared non c'è su questa macchina")
    target = seeds.with_our_kinds(read_istat(SHARED.read_bytes()))
    report = load_territory(target, on=date(2026, 11, 1), source="ISTAT", actor=SYSTEM, now=NOW)

    assert list(report.lines()) == ["Nessuna differenza.", "Province: 110. Comuni: 7.894."]
    with SHARED.open(encoding="utf-8-sig", newline="") as file:
        theirs = {
            (row["Codice Comune (alfanumerico)"], row["Comune (dizione italiana)"])
            for row in csv.DictReader(file, delimiter=";")
        }
    ours = Municipality.objects.filter(valid_to=None).values_list("istat_code", "name")
    assert set(ours) == theirs


@pytest.mark.may_skip("shared")
def test_valle_d_aosta_is_the_only_kind_told_otherwise_than_istat(italy):
    if not SHARED.exists():
        pytest.skip("l'elenco ISTAT di ../shared non c'è su questa macchina")
    theirs = read_istat(SHARED.read_bytes()).provinces
    ours = dict(Province.objects.filter(valid_to=None).values_list("istat_code", "kind"))

    assert [code for code, row in theirs.items() if ours[code] != row.kind] == ["007"]


def test_every_comune_and_every_administrative_province_has_a_body_with_one_office(italy):
    provinces = Body.objects.filter(kind="province")
    municipalities = Body.objects.filter(kind="municipality")

    assert (provinces.count(), municipalities.count()) == (105, 7894)
    assert Office.objects.filter(is_default=True).count() == 105 + 7894
    assert set(Office.objects.values_list("name", flat=True)) == {"Segreteria generale"}


def test_a_comune_belongs_to_its_province_unless_no_province_works_there(italy):
    assert Body.objects.get(slug="comune-di-treviso").province_body.name == "Provincia di Treviso"
    assert Body.objects.get(slug="comune-di-aosta").province_body is None
    assert Body.objects.get(slug="comune-di-udine").province_body is None


def test_homonyms_have_addresses_one_can_read(italy):
    slugs = Body.objects.filter(name="Comune di Samone").values_list("slug", flat=True)

    assert sorted(slugs) == ["comune-di-samone", "comune-di-samone-tn"]


def test_bodies_of_provinces_are_called_as_they_call_themselves(italy):
    names = set(Body.objects.filter(kind="province").values_list("name", flat=True))

    assert names >= {
        "Provincia dell'Aquila",
        "Città metropolitana di Sassari",
        "Libero consorzio comunale di Enna",
        "Provincia autonoma di Bolzano",
        "Provincia del Verbano-Cusio-Ossola",
    }
    assert not any("Sud Sardegna" in name for name in names)


def test_the_house_brings_the_territory_once(italy):
    told = []
    seed_territory(actor=SYSTEM, now=NOW, tell=told.append)

    assert told == []
