"""What the project «Province & Comuni» is made of, as our tables list it."""

from django.db import transaction

from casa.registry.models import Pillar, ProjectPhase, ProjectPlace, Province
from casa.registry.services.territory import seeds


@transaction.atomic
def seed_project() -> None:
    """Make the pillars and phases that are missing. What the back office changed stays as it is."""
    listed = seeds.project()
    for position, pillar in enumerate(listed["pillars"]["pillar"], start=1):
        Pillar.objects.get_or_create(
            code=pillar["code"],
            defaults={
                "name": pillar["name"],
                "description": pillar["description"],
                "position": position,
            },
        )
    provinces = {row.istat_code: row for row in Province.objects.order_by("valid_from")}
    for listed_phase in listed["phases"]["phase"]:
        _seed_phase(listed_phase, provinces)


def _seed_phase(listed: dict[str, object], provinces: dict[str, Province]) -> None:
    phase, made = ProjectPhase.objects.get_or_create(
        code=listed["code"],
        defaults={name: listed[name] for name in ("name", "starts_on", "source")},
    )
    if not made:
        return
    codes, heirs = listed["provinces"], listed.get("instead_of", {})
    assert isinstance(codes, list)  # noqa: S101 -- our own file
    assert isinstance(heirs, dict)  # noqa: S101 -- idem
    places = [ProjectPlace(phase=phase, province=provinces[code]) for code in codes]
    places += [
        ProjectPlace(phase=phase, province=provinces[new], instead_of=provinces[old])
        for new, old in heirs.items()
    ]
    ProjectPlace.objects.bulk_create(places)
