"""«Gare simili»: what others shared of a tender of the same branch and size, the nearest first."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casa.casework.models import Phase
from casa.dossier.figures import band_of, division_of
from casa.dossier.models import Dossier, SharedTender, Sharing
from casa.guide.choosing import Need
from casa.library.cards import province_of
from casa.library.models import Entry, VersionFile
from casa.registry.actor import Actor
from casa.registry.models import Body

MOST = 30
AREAS: tuple[Promise, ...] = (
    _("Della tua Provincia"),
    _("Della tua macro-area"),
    _("Di altri territori"),
)
PLACES = ("", "province_body__", "municipality__")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a tender is like: its branch (empty: whatever its kind buys), its band, its kind.

    `criterion`: only those whose offers were compared so; empty, all.
    """

    division: str
    band: str
    kind: str
    criterion: str = ""

    @classmethod
    def by(cls, dossier: Dossier, criterion: str = "") -> "Wanted":
        """Those like a dossier."""
        return cls(division_of(dossier.cpv), band_of(dossier.amount), dossier.kind, criterion)

    @classmethod
    def of_need(cls, need: Need, criterion: str = "") -> "Wanted":
        """Those like a need, before there is a dossier."""
        return cls(division_of(need.cpv), band_of(need.amount), need.kind, criterion)


@dataclass(frozen=True, slots=True)
class Similar:
    """One shared tender, how near it is (an index of `AREAS`), its documents and its models."""

    tender: SharedTender
    nearness: int
    files: Sequence[VersionFile]
    models: Sequence[Entry]

    @property
    def days(self) -> list[tuple[str, int]]:
        """The days of each phase, in words."""
        told = self.tender.days
        return [(str(phase.label), told[phase]) for phase in Phase if phase in told]


def similar(
    actor: Actor, wanted: Wanted, *, body: Body | None, dossier: Dossier | None = None
) -> list[Similar]:
    """The nearest and newest first, without what this dossier shared itself. Five queries.

    `body`: for whom they are near; without one there is no order by place.
    """
    rows = _found(actor, wanted)
    if dossier is not None:
        own = Sharing.objects.filter(dossier=dossier, version__isnull=False)
        rows = rows.exclude(entry__in=own.values("version__entry"))
    rows = rows.annotate(nearness=_nearness(body)).order_by("nearness", "-closed_on", "-pk")
    return [_similar(row) for row in rows[:MOST]]


def body_acted_for(actor: Actor) -> Body | None:
    """For whom tenders are near; nobody for a visitor. One query at most."""
    bodies = Body.objects.select_related("province__region", "municipality__province__region")
    return bodies.filter(pk=actor.acting_for).first() if actor.acting_for else None


def _found(actor: Actor, wanted: Wanted) -> "QuerySet[SharedTender]":
    offered = Entry.objects.visible_to(actor).offered()
    alike = Q(division=wanted.division) if wanted.division else Q(kind=wanted.kind)
    if wanted.criterion:
        alike &= Q(criterion=wanted.criterion)
    files = VersionFile.objects.filter(position__gt=1).select_related("upload")
    return (
        SharedTender.objects.filter(alike, entry__in=offered, amount_band=wanted.band)
        .select_related("entry__body", "entry__current")
        .defer("entry__current__text")
        .prefetch_related(
            Prefetch("entry__current__files", files.order_by("position")),
            Prefetch("models_used", offered.order_by("title")),
        )
    )


def _nearness(body: Body | None) -> Case:
    """The place of each body in `AREAS`, seen from one body."""
    far = Value(len(AREAS) - 1)
    whens = _places_near(body) if body else []
    return Case(*whens, default=far, output_field=IntegerField())


def _places_near(body: Body) -> list[When]:
    place, home = province_of(body), body.province_body_id or body.pk
    own = Q(entry__body=home) | Q(entry__body__province_body=home)
    if place is None:
        return [When(own, then=Value(0))]
    in_place = [f"entry__body__{one}province" for one in PLACES]
    for one in in_place:
        own |= Q(**{one: place})
    area = Q()
    for one in in_place:
        area |= Q(**{f"{one}__region__macro_area": place.region.macro_area})
    return [When(own, then=Value(0)), When(area, then=Value(1))]


def _similar(row: SharedTender) -> Similar:
    current = row.entry.current
    return Similar(
        tender=row,
        nearness=int(getattr(row, "nearness", 0)),
        files=list(current.files.all()) if current else [],
        models=list(row.models_used.all()),
    )
