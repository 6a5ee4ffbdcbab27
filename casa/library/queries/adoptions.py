"""Who uses an entry, and how much: bodies are counted, not clicks."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from casa.library.cards import place_of, province_of
from casa.library.models import Adoption, Entry
from casa.library.models.adoptions import STILL_TRUE
from casa.library.models.choices import Audience

STATES = (
    Adoption.State.IN_USE,
    Adoption.State.TRIAL,
    Adoption.State.INTERESTED,
    Adoption.State.STOPPED,
)


@dataclass(frozen=True, slots=True)
class Adopters:
    """How many bodies use an entry, try it, are interested, stopped; `stale` of those who use it
    have not said for thirteen months that it is still true."""

    in_use: int
    trial: int
    interested: int
    stopped: int
    stale: int

    def __bool__(self) -> bool:
        return bool(self.in_use or self.trial or self.interested or self.stopped)


@dataclass(frozen=True, slots=True)
class Adopter:
    """A line of the list: a body and what it said."""

    body: str
    url: str
    office: str
    province: str
    area: str
    state: str
    label: str
    number: int
    since: date
    confirmed_on: date
    why: str
    evidence: str
    origin: str
    is_stale: bool

    @property
    def has_link(self) -> bool:
        """Whether the evidence is an address."""
        return self.evidence.startswith(("https://", "http://"))


def adopters(entry: Entry, *, on: date) -> Adopters:
    """The totals that everybody sees. One query."""
    rows = list(_of_open_bodies(entry).values_list("state", "confirmed_on"))
    found = Counter(state for state, _confirmed in rows)
    old = [s for s, confirmed in rows if confirmed + STILL_TRUE < on and s in ("trial", "in_use")]
    return Adopters(
        in_use=found[Adoption.State.IN_USE],
        trial=found[Adoption.State.TRIAL],
        interested=found[Adoption.State.INTERESTED],
        stopped=found[Adoption.State.STOPPED],
        stale=len(old),
    )


def adopter_lines(entry: Entry, *, on: date) -> list[Adopter]:
    """The list for members: who uses it first, then by Province and name. One query."""
    rows = _of_open_bodies(entry).select_related(
        "office",
        "version",
        "body__province_body",
        "body__province__region",
        "body__municipality__province__region",
    )
    lines = [_line(row, on=on) for row in rows.defer("version__text")]
    return sorted(lines, key=lambda line: (_rank(line.state), line.province, line.body))


def adoption_by(body_id: int | None, entry: Entry) -> Adoption | None:
    """What a body said of its use of an entry."""
    return Adoption.objects.filter(entry=entry, body=body_id).first() if body_id else None


def to_ask(*, on: date, after: timedelta) -> QuerySet[Adoption]:
    """Uses of entries still on offer that nobody confirmed for so long."""
    rows = Adoption.objects.to_confirm(on=on, after=after).exclude(entry__audience=Audience.BODY)
    shown = rows.filter(entry__withdrawn_at=None, entry__current__isnull=False)
    return shown.filter(body__closed_on=None).select_related("entry").order_by("pk")


def chosen_lines(
    lines: Sequence[Adopter],
    *,
    states: Sequence[str],
    provinces: Sequence[str],
    areas: Sequence[str],
) -> list[Adopter]:
    """The lines of those states and places; without a choice, all."""
    return [
        line
        for line in lines
        if (not states or line.state in states)
        and (not provinces or line.province in provinces)
        and (not areas or line.area in areas)
    ]


def _of_open_bodies(entry: Entry) -> QuerySet[Adoption]:
    return Adoption.objects.filter(entry=entry, body__closed_on=None)


def _rank(state: str) -> int:
    return STATES.index(Adoption.State(state))


def _line(row: Adoption, *, on: date) -> Adopter:
    province = province_of(row.body)
    uses = row.state in (Adoption.State.IN_USE, Adoption.State.TRIAL)
    return Adopter(
        body=str(row.body),
        url=row.body.get_absolute_url(),
        office=str(row.office),
        province=place_of(row.body),
        area=province.region.macro_area if province else "",
        state=row.state,
        label=row.get_state_display(),
        number=row.version.number if row.version else 0,
        since=row.since,
        confirmed_on=row.confirmed_on,
        why=row.why,
        evidence=row.evidence,
        origin=row.get_origin_display(),
        is_stale=uses and row.is_stale(on=on),
    )
