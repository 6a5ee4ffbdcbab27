"""What a mandate holds and who has it after: rooms say what, the registry asks at the end of one.

A room calls `succession.register(Part(…))` in `ready()`. Nothing here knows what a model, a
dossier or a search is: a part gives what somebody holds as plain things, and passes it on.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.utils.functional import Promise

from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Office, Person, Way

WORKERS = (Mandate.Role.AUTHOR, Mandate.Role.REVIEWER, Mandate.Role.ADMINISTRATOR)


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that somebody looks after, by its name."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Leaving:
    """An ending mandate and what it leaves behind, on a day.

    `works_on`: the person goes on working for the body by another mandate. `alone`: nobody else
    works in the office. `last_keeper`: nobody administers the body from then on, and this mandate
    administered it or was the last that works there.
    `by_oneself`: the person is looking, and may see what is private.
    """

    mandate: Mandate
    on: date
    works_on: bool = False
    alone: bool = False
    last_keeper: bool = False
    by_oneself: bool = False

    @property
    def person(self) -> Person:
        return self.mandate.person

    @property
    def body(self) -> Body:
        return self.mandate.body

    @property
    def office(self) -> Office:
        return self.mandate.office


@dataclass(frozen=True, slots=True)
class Heir:
    """Who has it after: a person with the office they work in, an office, or nobody in person."""

    way: Way
    person: Person | None = None
    office: Office | None = None

    @property
    def code(self) -> str:
        """How a form and a half-done hand-over name it."""
        known = self.person or self.office
        kept = self.person if self.way == Way.PERSON else self.office if known else None
        return f"{self.way}:{kept.pk}" if kept else str(self.way)


@dataclass(frozen=True, slots=True)
class Attended:
    """Which offices have somebody who looks after them; `people` are pairs of person and body."""

    offices: frozenset[int]
    people: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One kind of thing that passes on.

    `held` lists what ends with the mandate, `ways` what may become of it (the first is proposed),
    `pass_on` does it inside the transaction of the hand-over; the right to was asked already.
    `ownerless` lists what nobody looks after, in the whole house. `roles` are those of whom it may
    go to. What is `private` is passed on by the person alone.
    """

    code: str
    rank: int
    label: str | Promise
    help: str | Promise
    held: Callable[[Leaving], Sequence[Thing]]
    ways: Sequence[Way]
    pass_on: Callable[[Leaving, Heir, Actor, datetime], None]
    roles: Sequence[str] = WORKERS
    words: Mapping[Way, str | Promise] = field(default_factory=dict)
    private: bool = False
    ownerless: Callable[[Attended], Sequence[Thing]] | None = None


_parts: dict[str, Part] = {}


def register(part: Part) -> None:
    """Offer a part. The same code again replaces it."""
    _parts[part.code] = part


def parts() -> list[Part]:
    """All of them, in the order of the page."""
    return sorted(_parts.values(), key=lambda part: (part.rank, part.code))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """Things of an office: what stands there, and how it goes to another office of the body."""

    held: Callable[[Office], Sequence[Thing]]
    move: Callable[[Office, Office, datetime], None]
    ownerless: Callable[[Attended], Sequence[Thing]]


def register_shelf(
    code: str,
    shelf: Shelf,
    *,
    rank: int,
    label: str | Promise,
    help: str | Promise,  # noqa: A002
) -> None:
    """Offer what belongs to offices: it passes on when the last person of an office goes."""

    def held(leaving: Leaving) -> Sequence[Thing]:
        return shelf.held(leaving.office) if leaving.alone else ()

    def pass_on(leaving: Leaving, heir: Heir, actor: Actor, now: datetime) -> None:
        del actor
        if heir.office and heir.office != leaving.office:
            shelf.move(leaving.office, heir.office, now)

    ways = (Way.OFFICE, Way.PERSON)
    register(
        Part(
            code=code, rank=rank, label=label, help=help,
            held=held, ways=ways, pass_on=pass_on, ownerless=shelf.ownerless,
        )
    )  # fmt: skip
