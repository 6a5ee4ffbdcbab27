"""People of an archive: each once, under a short id; found again by a digest, never by a key.

The digest is made of the e-mail of the log-in (of the name where there is none), so that the
archive carries no address.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from casa.registry.models import Mandate, Person

Rows = list[dict[str, Any]]


class People:
    """The people named so far, in the order in which they were named."""

    def __init__(self) -> None:
        self._ids: dict[int, str] = {}

    def who(self, person_id: int | None) -> str | None:
        """The id of a person in the archive; None for nobody."""
        if person_id is None:
            return None
        return self._ids.setdefault(person_id, f"p{len(self._ids) + 1}")

    def rows(self, *, sides: Mapping[str, int | None]) -> Rows:
        """Each person with name, digest and the last role in one of the two bodies. Two queries."""
        persons = Person.objects.in_bulk(list(self._ids))
        roles = _roles(list(self._ids), sides)
        return [
            {
                "id": own_id,
                "key": key_of(persons[pk]),
                "given_name": persons[pk].given_name,
                "family_name": persons[pk].family_name,
                "side": roles.get(pk, ("", ""))[0],
                "role": roles.get(pk, ("", ""))[1],
            }
            for pk, own_id in self._ids.items()
        ]


class Found:
    """The people of an archive in this database; who is missing comes back without a log-in."""

    def __init__(self, rows: Rows, *, body_ids: Sequence[int]) -> None:
        self._rows = {str(row["id"]): row for row in rows}
        held = Person.objects.filter(mandates__body__in=body_ids).order_by("-pk").distinct()
        self._known = {key_of(one): one for one in held}
        self.missing: list[str] = []

    def person(self, own_id: object) -> Person | None:
        """The person of an id; None for nobody. KeyError for an id that nobody has."""
        if own_id is None:
            return None
        row = self._rows[str(own_id)]
        key = str(row["key"])
        if key not in self._known:
            self._known[key] = self._without_login(row)
        return self._known[key]

    def somebody(self, own_id: object) -> Person:
        """The same where there must be one."""
        found = self.person(own_id)
        if found is None:
            raise ValueError(own_id)
        return found

    def _without_login(self, row: Mapping[str, Any]) -> Person:
        names = {name: row[name] for name in ("given_name", "family_name")}
        known = Person.objects.filter(**names, email="", is_active=False, mandates=None).first()
        person = known or Person(**names, is_active=False)
        if known is None:
            person.set_unusable_password()
            person.clean_fields(exclude=["email", "acts_for"])
            person.save()
        self.missing.append(person.full_name)
        return person


def key_of(person: Person) -> str:
    """What a person is found again by."""
    said = person.email.lower() or person.full_name
    return hashlib.sha256(f"casa:person:{said}".encode()).hexdigest()[:32]


def _roles(pks: list[int], sides: Mapping[str, int | None]) -> dict[int, tuple[str, str]]:
    """By person the side and the role of the last mandate in one of the two bodies."""
    bodies = {body_id: side for side, body_id in sides.items() if body_id is not None}
    rows = Mandate.objects.filter(person__in=pks, body__in=bodies).order_by("starts_on", "pk")
    return {row.person_id: (bodies[row.body_id], row.role) for row in rows}
