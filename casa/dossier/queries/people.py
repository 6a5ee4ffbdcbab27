"""Who may be an officer, which body may help."""

from datetime import date

from django.db.models import Exists, OuterRef, QuerySet

from casa.registry.actor import Actor
from casa.registry.models import Body, Mandate, Person


def officers_of(body_id: int, *, on: date) -> "QuerySet[Person]":
    """The people with a mandate in a body on a day, by name."""
    held = Mandate.objects.in_force(on=on).filter(body_id=body_id).values("person")
    return Person.objects.filter(pk__in=held).order_by("family_name", "given_name")


def helpers_of(actor: Actor) -> "QuerySet[Body]":
    """The Province of the body acted for, first of all; then the other Provinces by name."""
    others = Body.objects.filter(kind=Body.Kind.PROVINCE, closed_on=None)
    own = Exists(Body.objects.filter(pk=actor.acting_for or 0, province_body=OuterRef("pk")))
    return others.exclude(pk=actor.acting_for or 0).order_by(own.desc(), "name")
