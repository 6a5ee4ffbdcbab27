"""The list of bodies with its filters, and what the page of one body shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from casa.registry import access
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Office, ProjectPhase, Region, TerritoryEdition
from casa.registry.models.bodies import BodyQuerySet

#: the facets of the list, with the column each one filters
COLUMNS: Mapping[str, str] = {
    "tipo": "kind",
    "area": "province__region__macro_area",
    "regione": "province__region__istat_code",
    "fase": "province__project_places__phase__code",
    "aderenti": "",  # no column: whether a mandate is in force
}
YES = "si"

Filters = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Network:
    """The bodies found, and for each facet how many have each value under the other facets."""

    bodies: QuerySet[Body]
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Profile:
    """What the page of a body shows. `mandates` is empty for whoever may not see names."""

    people: int
    offices: list[Office]
    mandates: list[Mandate]
    municipalities: list[Body]
    phases: list[ProjectPhase]


def network(*, words: str, filters: Filters) -> Network:
    """Open bodies by name and facets. One query per facet; the bodies are read by the page."""
    named = Body.objects.in_use().named_like(words)
    shown = _chosen(named, filters).by_name()
    return Network(
        bodies=shown.select_related("province__region", "province_body").annotate(people=_people()),
        counts={facet: _tallied(named, filters, facet) for facet in COLUMNS},
    )


def region_names() -> dict[str, str]:
    """Regions by their ISTAT code."""
    return dict(Region.objects.values_list("istat_code", "name"))


def phase_names() -> dict[str, str]:
    """Phases of the project by their code."""
    return dict(ProjectPhase.objects.order_by("starts_on").values_list("code", "name"))


def latest_edition() -> TerritoryEdition | None:
    """The edition of ISTAT's list that is loaded."""
    return TerritoryEdition.objects.first()


def profile(actor: Actor, body: Body) -> Profile:
    """The offices, people and Comuni of a body. At most five queries."""
    at_work = Mandate.objects.in_force(on=timezone.localdate()).filter(
        body=body, person__is_active=True
    )
    mandates = at_work.select_related("person", "office").order_by(
        "person__family_name", "person__given_name", "pk"
    )
    below = Body.objects.in_use().filter(province_body=body)
    return Profile(
        people=at_work.aggregate(number=Count("person", distinct=True))["number"],
        offices=list(body.offices.filter(closed_on=None).order_by("-is_default", "name")),
        mandates=list(mandates) if access.may_see_names(actor) else [],
        municipalities=list(below.by_name()) if body.kind == Body.Kind.PROVINCE else [],
        phases=list(
            ProjectPhase.objects.filter(places__province=body.province_id).order_by("starts_on")
        ),
    )


def _at_work() -> QuerySet[Mandate]:
    return Mandate.objects.in_force(on=timezone.localdate()).filter(
        body=OuterRef("pk"), person__is_active=True
    )


def _people() -> Coalesce:
    """How many persons work for a body, as a column."""
    counted = _at_work().order_by().values("body").annotate(n=Count("person", distinct=True))
    return Coalesce(Subquery(counted.values("n"), output_field=IntegerField()), 0)


def _chosen(bodies: BodyQuerySet, filters: Filters, *, but: str = "") -> BodyQuerySet:
    """Values of one facet widen, facets narrow."""
    for facet, column in COLUMNS.items():
        values = filters.get(facet)
        if not values or facet == but:
            continue
        if facet == "aderenti":
            bodies = bodies.filter(Exists(_at_work())) if YES in values else bodies.none()
        elif facet == "fase":
            bodies = bodies.filter(pk__in=Body.objects.filter(**{f"{column}__in": values}))
        else:
            bodies = bodies.filter(**{f"{column}__in": values})
    return bodies


def _tallied(bodies: BodyQuerySet, filters: Filters, facet: str) -> dict[str, int]:
    """How many bodies have each value of a facet under the other facets."""
    rows = _chosen(bodies, filters, but=facet).order_by()
    if facet == "aderenti":
        return {YES: rows.filter(Exists(_at_work())).count()}
    grouped = rows.values_list(COLUMNS[facet]).annotate(n=Count("pk", distinct=True))
    return {value: number for value, number in grouped if value}
