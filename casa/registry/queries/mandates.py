"""Who holds which mandate, with the state in words."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, F, Func, IntegerField, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from casa.registry.actor import Actor
from casa.registry.models import Body, HandOver, Mandate, NetworkRole, Office
from casa.registry.words import long_date


@dataclass(frozen=True, slots=True)
class State:
    """The state of a mandate on a day, as a badge shows it."""

    label: str
    tone: str
    is_over: bool = False
    is_suspended: bool = False


def never_held(mandate: Mandate) -> bool:
    """Taken back on its first day or before (see `services.tenure.close_now`)."""
    return mandate.ends_on == mandate.starts_on and mandate.suspended_on is not None


def is_over(mandate: Mandate, *, on: date) -> bool:
    """Whether a mandate has ended for good on that day."""
    return never_held(mandate) or (mandate.ends_on is not None and mandate.ends_on < on)


def state_of(mandate: Mandate, *, on: date) -> State:
    """The state of a mandate on that day."""
    if is_over(mandate, on=on):
        day = long_date(mandate.ends_on) if mandate.ends_on else ""
        return State(_("Concluso il %(day)s") % {"day": day}, "neutral", is_over=True)
    if mandate.suspended_on is not None:
        label = _("Sospeso dal %(day)s") % {"day": long_date(mandate.suspended_on)}
        return State(label, "warning", is_suspended=True)
    if mandate.starts_on > on:
        return State(_("Comincia il %(day)s") % {"day": long_date(mandate.starts_on)}, "info")
    if mandate.ends_on is not None:
        label = _("In vigore fino al %(day)s") % {"day": long_date(mandate.ends_on)}
        return State(label, "success")
    return State(_("In vigore"), "success")


@dataclass(frozen=True, slots=True)
class Holding:
    """A row of the list: a mandate and its state."""

    mandate: Mandate
    state: State

    @property
    def hand_over(self) -> HandOver | None:
        """The hand-over that is open or was the last one; only where the list looked (`ended`)."""
        looked = getattr(self.mandate, "_prefetched_objects_cache", {})
        rows: list[HandOver] = list(looked.get("hand_overs", ()))
        return min(rows, key=lambda row: (row.done_at is not None, -row.pk), default=None)


def with_states(mandates: list[Mandate], *, on: date) -> list[Holding]:
    """The rows of a page of the list."""
    return [Holding(mandate, state_of(mandate, on=on)) for mandate in mandates]


def mandates_of(body: Body, *, on: date, ended: bool = False) -> QuerySet[Mandate]:
    """The mandates in a body by family name; the ended ones only when asked for."""
    gone = Q(ends_on__lt=on) | Q(ends_on=F("starts_on"), suspended_on__isnull=False)
    rows = Mandate.objects.filter(gone) if ended else Mandate.objects.exclude(gone)
    if ended:
        rows = rows.prefetch_related("hand_overs")
    return (
        rows.filter(body=body)
        .select_related("person", "office")
        .order_by(_sortable("person__family_name"), _sortable("person__given_name"), _rank(), "pk")
    )


def held_by(actor: Actor) -> QuerySet[Mandate]:
    """All mandates a person has or had, the newest first."""
    mine = Mandate.objects.filter(person_id=actor.person_id)
    return mine.select_related("body", "office").order_by("-starts_on", "-pk")


def _sortable(field: str) -> Func:
    return Func(F(field), function="casa_sortable")


def _rank() -> Case:
    """Administrators before reviewers before authors before readers."""
    ranks = [When(role=role, then=Value(-rank)) for rank, role in enumerate(Mandate.Role.values)]
    return Case(*ranks, output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Place:
    """A body a person acts for, with what they do there in words."""

    body: Body
    roles: str


def bodies_of(actor: Actor, *, on: date) -> list[Place]:
    """The bodies a person may act for, by name. One query."""
    rows = Mandate.objects.in_force(on=on).filter(
        person_id=actor.person_id, body__in=actor.body_ids
    )
    places: dict[Body, list[str]] = {}
    for mandate in rows.select_related("body", "office").order_by("body__name", "pk"):
        held = f"{mandate.get_role_display()}, {mandate.office}"
        places.setdefault(mandate.body, []).append(held)
    return [Place(body, "; ".join(roles)) for body, roles in places.items()]


def offices_of(body: Body, *, on: date) -> QuerySet[Office]:
    """The open offices of a body, the default one first, each with how many work there."""
    held = Q(mandates__in=Mandate.objects.in_force(on=on))
    people = Count("mandates__person", filter=held, distinct=True)
    offices = body.offices.filter(closed_on=None).annotate(people=people)
    return offices.order_by("-is_default", _sortable("name"), "pk")


def roles_of(actor: Actor, *, on: date) -> QuerySet[NetworkRole]:
    """What a person does for the whole network. One query."""
    return NetworkRole.objects.in_force(on=on).filter(person_id=actor.person_id).order_by("role")
