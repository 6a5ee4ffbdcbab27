"""What an ending mandate leaves behind, who may have it after, and what nobody looks after."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from casa.registry import succession
from casa.registry.actor import Actor
from casa.registry.models import Body, HandOver, HandOverLine, Mandate, Office, Way
from casa.registry.models.succession import HandOverQuerySet
from casa.registry.queries.mandates import is_over
from casa.registry.succession import WORKERS, Attended, Heir, Leaving, Part, Thing

ADMINISTRATION = "registry.administrator"
WORDS = {
    Way.NETWORK: _("Affida alla gestione della rete"),
    Way.STAYS: _("Restano all'ufficio"),
    Way.KEPT: _("Restano a te"),
    Way.STOPPED: _("Cessa"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """Somebody who may have it after, as a list of choices shows them."""

    heir: Heir
    label: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Step:
    """One part of what passes on: the things, and who may have them."""

    part: Part
    things: Sequence[Thing]
    options: Sequence[Option]

    @property
    def proposal(self) -> Option | None:
        """What may stand without a word: no change, or the only office. The network never."""
        first = self.options[0] if self.options else None
        if first is None or first.heir.way in (Way.KEPT, Way.STAYS):
            return first
        return first if len(self.options) == 1 and first.heir.way == Way.OFFICE else None

    def option(self, code: str) -> Option | None:
        """The choice of that code, where the part offers it."""
        return next((one for one in self.options if one.heir.code == code), None)


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything that passes on, and who could have all of it."""

    leaving: Leaving
    steps: Sequence[Step]
    people: Sequence[Option]


def plan_of(mandate: Mandate, actor: Actor, *, on: date) -> Plan:
    """What the page of a hand-over shows. Two queries, and those of the parts."""
    others = _others(mandate, on=on)
    leaving = _leaving(mandate, others, actor, on=on)
    people, offices = _people(others, mandate), _offices(others, mandate)
    asked = (part for part in succession.parts() if leaving.by_oneself or not part.private)
    held = ((part, part.held(leaving)) for part in asked)
    steps = [Step(part, things, _options(part, people, offices)) for part, things in held if things]
    return Plan(leaving, steps, people)


def open_hand_over(mandate: Mandate) -> HandOver | None:
    """The one that was begun and not done."""
    return mandate.hand_overs.open().first()


def receipt_of(mandate: Mandate) -> HandOver | None:
    """The last one that was done, with its lines."""
    lines = HandOverLine.objects.select_related("successor", "office")
    done = mandate.hand_overs.exclude(done_at=None).select_related("done_by")
    return done.prefetch_related(Prefetch("lines", lines)).order_by("-done_at", "-pk").first()


def receipts_among(mandates: Iterable[Mandate]) -> set[int]:
    """Of these mandates, those whose hand-over gave a receipt with at least one line."""
    done = HandOver.objects.filter(mandate__in=list(mandates)).exclude(done_at=None)
    return set(done.exclude(lines=None).values_list("mandate_id", flat=True))


def left_open(actor: Actor, *, on: date) -> HandOverQuerySet:
    """Of the bodies one looks after: hand-overs that nobody did although the mandate is over."""
    return all_left_open(on=on).managed_by(actor)


def all_left_open(*, on: date) -> HandOverQuerySet:
    """The same of the whole house, the oldest first."""
    rows = HandOver.objects.open().filter(_over(on, "mandate__"), mandate__body__closed_on=None)
    return rows.select_related("mandate__person", "mandate__body", "mandate__office").order_by(
        "opened_at", "pk"
    )


def unsettled(*, on: date, since: date) -> QuerySet[Mandate]:
    """Mandates that came to their end since a day and of which no hand-over knows."""
    rows = Mandate.objects.filter(_over(on), ends_on__gte=since, body__closed_on=None)
    return rows.filter(hand_overs=None).select_related("person", "body", "office").order_by("pk")


def entrusted_bodies() -> QuerySet[Body]:
    """Bodies whose last keeper gave them into the hands of the network."""
    lines = HandOverLine.objects.filter(part=ADMINISTRATION, way=Way.NETWORK)
    gave = Exists(lines.filter(hand_over__mandate=OuterRef("pk")))
    kept = Mandate.objects.filter(Q(role=Mandate.Role.ADMINISTRATOR) | gave, body=OuterRef("pk"))
    last = kept.order_by(F("ends_on").desc(nulls_first=True), "-pk").values("pk")[:1]
    given = lines.filter(hand_over__mandate=OuterRef("last"))
    return Body.objects.in_use().annotate(last=Subquery(last)).filter(Exists(given))


def orphan_bodies(*, on: date) -> QuerySet[Body]:
    """Bodies that had an administrator, have none now, and were given into nobody's hands."""
    held = Mandate.objects.filter(body=OuterRef("pk"), role=Mandate.Role.ADMINISTRATOR)
    now = held.in_force(on=on).filter(person__is_active=True)
    open_ones = Body.objects.in_use().filter(Exists(held), ~Exists(now))
    return open_ones.exclude(pk__in=entrusted_bodies().values("pk")).by_name()


def orphans_for(actor: Actor, *, on: date) -> QuerySet[Body]:
    """Bodies that those who manage the network have to find an administrator for."""
    if not actor.is_network_manager:
        return Body.objects.none()
    waiting = Q(pk__in=orphan_bodies(on=on).values("pk")) | Q(pk__in=_still_entrusted(on))
    return Body.objects.filter(waiting).by_name()


def _still_entrusted(on: date) -> QuerySet[Body, int]:
    administering = Mandate.objects.in_force(on=on).filter(
        body=OuterRef("pk"), role=Mandate.Role.ADMINISTRATOR, person__is_active=True
    )
    return entrusted_bodies().filter(~Exists(administering)).values_list("pk", flat=True)


def ownerless(*, on: date) -> list[tuple[str, list[Thing]]]:
    """What nobody in the house looks after, part by part. Nothing, when all is well."""
    attended = attended_on(on)
    looked = ((part, part.ownerless) for part in succession.parts())
    found = [(str(part.label), list(look(attended))) for part, look in looked if look]
    return [(label, things) for label, things in found if things]


def attended_on(on: date) -> Attended:
    """Who works where on a day, and which offices are looked after. Two queries.

    An office is where somebody works in it; the default one where anybody works in its body, or
    the network looks after it: it was given the body, or nobody ever worked there. What a body
    that ceased left is nobody's duty.
    """
    held = Mandate.objects.in_force(on=on).filter(person__is_active=True)
    rows = list(held.values_list("person_id", "body_id", "office_id", "role"))
    working = {office for _person, _body, office, role in rows if role in WORKERS}
    bodies = {body for _person, body, _office, role in rows if role in WORKERS}
    never = Q(body__mandates=None) | Q(body__kind=Body.Kind.NETWORK)
    kept = Q(body__in=bodies) | never | Q(body__in=entrusted_bodies().values("pk"))
    default = Q(is_default=True) & kept
    attended = Office.objects.filter(Q(pk__in=working) | default | Q(body__closed_on__isnull=False))
    open_ones = attended.filter(Q(closed_on=None) | Q(body__closed_on__isnull=False))
    return Attended(
        frozenset(open_ones.values_list("pk", flat=True)),
        frozenset((person, body) for person, body, _office, _role in rows),
    )


def _over(on: date, prefix: str = "") -> Q:
    """Ended for good (see `mandates.is_over`)."""
    never = Q(
        **{f"{prefix}ends_on": F(f"{prefix}starts_on"), f"{prefix}suspended_on__isnull": False}
    )
    return never | Q(**{f"{prefix}ends_on__lt": on})


def _others(mandate: Mandate, *, on: date) -> list[Mandate]:
    held = Mandate.objects.in_force(on=on).filter(body=mandate.body_id, person__is_active=True)
    rows = held.exclude(pk=mandate.pk).select_related("person", "office")
    return list(rows.order_by("person__family_name", "person__given_name", "person_id", "pk"))


def _leaving(mandate: Mandate, others: Iterable[Mandate], actor: Actor, *, on: date) -> Leaving:
    workers = [other for other in others if other.role in WORKERS]
    lasting = [other for other in others if is_over(mandate, on=on) or other.ends_on is None]
    administrators = [one for one in lasting if one.role == Mandate.Role.ADMINISTRATOR]
    administered = mandate.role == Mandate.Role.ADMINISTRATOR
    last_worker = mandate.role in WORKERS and not any(one.role in WORKERS for one in lasting)
    return Leaving(
        mandate,
        on=on,
        works_on=any(other.person_id == mandate.person_id for other in workers),
        alone=mandate.role in WORKERS
        and not any(other.office_id == mandate.office_id for other in workers),
        last_keeper=not administrators and (administered or last_worker),
        by_oneself=actor.id == mandate.person_id,
    )


def _people(others: Iterable[Mandate], mandate: Mandate) -> list[Option]:
    """Each colleague once, with the first office they work in."""
    held: dict[int, list[Mandate]] = {}
    for other in others:
        if other.person_id != mandate.person_id:
            held.setdefault(other.person_id, []).append(other)
    return [_colleague(rows) for rows in held.values()]


def _colleague(held: Sequence[Mandate]) -> Option:
    first = next((one for one in held if one.role in WORKERS), held[0])
    roles = ", ".join(str(one.get_role_display()) for one in held)
    label = f"{first.person.full_name} ({roles}; {first.office})"
    heir = Heir(Way.PERSON, first.person, first.office)
    return Option(heir, label, frozenset(one.role for one in held))


def _offices(others: Iterable[Mandate], mandate: Mandate) -> list[Option]:
    """Where somebody works, and the default one, which takes what no other does."""
    working = {other.office_id for other in others if other.role in WORKERS}
    rows = Office.objects.filter(body=mandate.body_id, closed_on=None)
    rows = rows.filter(Q(pk__in=working) | Q(is_default=True)).order_by("-is_default", "name")
    return [Option(Heir(Way.OFFICE, office=office), str(office)) for office in rows]


def _options(part: Part, people: Iterable[Option], offices: Iterable[Option]) -> list[Option]:
    roles = set(part.roles)
    by_way: dict[Way, list[Option]] = {
        Way.PERSON: [one for one in people if one.roles & roles],
        Way.OFFICE: list(offices),
    }
    found: list[Option] = []
    for way in part.ways:
        alone = Option(Heir(way), str(part.words.get(way) or WORDS.get(way, "")))
        found += by_way.get(way, [alone])
    return found
