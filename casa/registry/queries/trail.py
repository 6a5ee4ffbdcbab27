"""Asking the trail: who did what, for whom, when."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import CharField, Func, QuerySet, Value
from django.db.models.functions import Concat
from django.utils import timezone

from casa.registry.actor import Actor
from casa.registry.models import Body, Person, TrailLine

FIRST_DAY = date(1900, 1, 1)  # long before any line


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for; everything empty asks for all."""

    q: str = ""
    persona: str = ""
    ente: str = ""
    atto: str = ""
    dal: date | None = None
    al: date | None = None


def lines(actor: Actor, asked: Asked) -> QuerySet[TrailLine]:
    """The lines an actor may read, newest first."""
    found = TrailLine.objects.visible_to(actor).about(asked.q)
    if asked.persona:
        found = found.filter(person__in=_persons(asked.persona))
    if asked.ente:
        found = found.filter(body__in=Body.objects.named_like(asked.ente))
    if asked.atto:
        found = found.filter(act=asked.atto)
    if asked.dal:
        found = found.filter(at__gte=_midnight(asked.dal))
    if asked.al and asked.al < date.max:
        found = found.filter(at__lt=_midnight(asked.al + timedelta(days=1)))
    return found.select_related("person", "body").order_by("-at", "-pk")


def _persons(words: str) -> QuerySet[Person]:
    """Persons whose name or address holds every word."""
    name = Concat(
        "given_name",
        Value(" "),
        "family_name",
        Value(" "),
        "email",
        output_field=CharField(),
    )
    persons = Person.objects.annotate(sortable=Func(name, function="casa_sortable"))
    for word in words.split():
        persons = persons.filter(sortable__contains=Func(Value(word), function="casa_sortable"))
    return persons


def _midnight(day: date) -> datetime:
    """The moment a day begins; of the days no database holds, the first it does."""
    return timezone.make_aware(datetime.combine(max(day, FIRST_DAY), time.min))
