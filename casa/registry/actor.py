"""The actor: everything an access rule may ask about whoever is making the request.

It is read from the database once per request and then passed by value, so that access rules
are plain functions that never query.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.models import Mandate, NetworkRole, Person

PUBLIC_TOKEN = "pub"  # noqa: S105 -- a word of the search index, not a secret
ACTING_FOR = "acting_for"  # where the session keeps the body acted for
NETWORK_TOKEN = "net"  # noqa: S105 -- idem
Answer = TypeVar("Answer")


def body_token(body_id: int) -> str:
    """The word that opens what only one body may read."""
    return f"body:{body_id}"


@dataclass(frozen=True, slots=True)
class Held:
    """A mandate in force, as the rules need it."""

    body_id: int
    office_id: int
    role: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a person with the mandates in force, for one body at a time.

    `system` marks commands and the worker: they act for nobody and the trail says so. `weak`
    marks whoever has yet to give a second factor (see `weakened`). Such an actor
    knows in `full` what it will be, and notes in `missed` each question that `full` would have
    answered otherwise: a refusal after none of them is one the second factor would not change.
    """

    id: int | None = None
    name: str = ""
    mandates: frozenset[Held] = field(default_factory=frozenset)
    network_roles: frozenset[str] = field(default_factory=frozenset)
    acting_for: int | None = None
    system: bool = False
    weak: bool = False
    full: "Actor | None" = field(default=None, compare=False, repr=False)
    missed: list[object] = field(default_factory=list, compare=False, repr=False)

    @property
    def person_id(self) -> int:
        """The person behind the actor. An anonymous visitor is refused."""
        if self.id is None:
            raise Refused(_("Per questa azione devi accedere con il tuo account."))
        return self.id

    @property
    def is_member(self) -> bool:
        """A member of the network: holds a mandate or a network role."""
        return self._answer(lambda who: bool(who.mandates or who.network_roles))

    @property
    def is_network_manager(self) -> bool:
        return self._answer(lambda who: NetworkRole.Role.MANAGER in who.network_roles)

    @property
    def is_network_reviewer(self) -> bool:
        return self._answer(lambda who: NetworkRole.Role.REVIEWER in who.network_roles)

    @property
    def needs_strong_login(self) -> bool:
        """Administrators and network roles must log in with a second factor."""
        administers = any(held.role == Mandate.Role.ADMINISTRATOR for held in self.mandates)
        return administers or bool(self.network_roles)

    @property
    def body_ids(self) -> frozenset[int]:
        return frozenset(held.body_id for held in self.mandates)

    @property
    def acting_office_id(self) -> int | None:
        """The office in whose name this actor makes things for the body acted for."""
        offices = (held.office_id for held in self.mandates if held.body_id == self.acting_for)
        return min(offices, default=None)

    def may_act_as(self, *roles: Mandate.Role, body_id: int | None) -> bool:
        """Whether the actor holds one of the roles in that body."""
        wanted = {(body_id, role) for role in roles}
        return self._answer(
            lambda who: any((held.body_id, held.role) in wanted for held in who.mandates)
        )

    def belongs_to(self, body_id: int | None) -> bool:
        return body_id in self.body_ids

    def bodies_as(self, *roles: Mandate.Role) -> frozenset[int]:
        return self._answer(
            lambda who: frozenset(held.body_id for held in who.mandates if held.role in roles)
        )

    @property
    def tokens(self) -> frozenset[str]:
        """The words of the search index that this actor may open."""
        member = {NETWORK_TOKEN} if self.is_member else set()
        return frozenset({PUBLIC_TOKEN} | member | {body_token(pk) for pk in self.body_ids})

    def _answer(self, ask: "Callable[[Actor], Answer]") -> "Answer":
        """What this actor answers, noting where the second factor would change it."""
        answer = ask(self)
        if self.full is not None and ask(self.full) != answer:
            self.missed.append(answer)
        return answer


ANONYMOUS = Actor()
SYSTEM = Actor(name="Casa dei Comuni", system=True)


def actor_for(person: Person, *, on: date, acting_for: int | None = None) -> Actor:
    """The actor behind a person on a day. Two queries.

    Without a choice in the session it is the body chosen last, on whatever day that was.
    """
    mandates = frozenset(_held(person, on=on))
    bodies = {held.body_id for held in mandates}
    wishes = (wish for wish in (acting_for, person.acts_for_id) if wish in bodies)
    return Actor(
        id=person.pk,
        name=person.full_name,
        mandates=mandates,
        network_roles=_network_roles(person, on=on),
        acting_for=next(wishes, min(bodies, default=None)),
    )


def weakened(actor: Actor) -> Actor:
    """The same person before the second factor: a reader of their bodies.

    They do what any reader does: what is their own (address, password, kept forms), asking to
    join a body, accepting an invitation. Neither gives a weighty right before the second factor.
    """
    readers = frozenset(replace(held, role=Mandate.Role.READER) for held in actor.mandates)
    return replace(
        actor, mandates=readers, network_roles=frozenset(), weak=True, full=actor, missed=[]
    )


def _held(person: Person, *, on: date) -> Iterable[Held]:
    rows = person.mandates.in_force(on=on).filter(body__closed_on=None)
    for body_id, office_id, role in rows.values_list("body_id", "office_id", "role"):
        yield Held(body_id=body_id, office_id=office_id, role=role)


def _network_roles(person: Person, *, on: date) -> frozenset[str]:
    rows = person.network_roles.in_force(on=on)
    return frozenset(rows.values_list("role", flat=True))
