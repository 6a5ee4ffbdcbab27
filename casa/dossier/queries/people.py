"""Who may be an officer, which body may help."""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from casa.dossier.models import Dossier
from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Person


def officers_of(body_id: int, *, on: date, named: int | None = None) -> "QuerySet[Person]":
    """The people with a mandate in a body on a day, by name; and who is named already.

    `in_office` tells the two apart: a mandate that ends takes nobody out of a dossier.
    """
    held = Mandate.objects.in_force(on=on).filter(body_id=body_id, person=OuterRef("pk"))
    people = Person.objects.annotate(in_office=Exists(held))
    found = people.filter(Q(in_office=True) | Q(pk=named or 0))
    return found.order_by("family_name", "given_name")


def gone(dossier: Dossier, *, on: date) -> frozenset[int]:
    """Which of the two officers no longer have a mandate in their body. One query, or none."""
    officers = {
        dossier.rup_id: dossier.case.office.body_id,
        dossier.award_officer_id: dossier.case.supporter_id,
    }
    named = {person: body for person, body in officers.items() if person and body}
    if not named:
        return frozenset()
    held = Mandate.objects.in_force(on=on).filter(person__in=named)
    there = {(one.person_id, one.body_id) for one in held}
    return frozenset(person for person, body in named.items() if (person, body) not in there)


def helpers_of(actor: Actor) -> "QuerySet[Body]":
    """The Province of the body acted for, first of all; then the other Provinces by name."""
    others = Body.objects.filter(kind=Body.Kind.PROVINCE, closed_on=None)
    own = Exists(Body.objects.filter(pk=actor.acting_for or 0, province_body=OuterRef("pk")))
    return others.exclude(pk=actor.acting_for or 0).order_by(own.desc(), "name")
