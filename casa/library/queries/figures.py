"""How much there is, and how much a thing is used."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from casa.library.models import BodyUse, Entry, Tally
from casa.library.models.choices import Audience


@dataclass(frozen=True, slots=True)
class Figures:
    """What the home page says of the library: public entries and the bodies that share them."""

    entries: int
    bodies: int


@dataclass(frozen=True, slots=True)
class Use:
    """The counters of an entry over all its versions. Nobody is followed."""

    views: int
    downloads: int
    bodies: int


def figures() -> Figures:
    offered = Entry.objects.offered().filter(audience=Audience.PUBLIC)
    row = offered.aggregate(entries=Count("pk"), bodies=Count("body", distinct=True))
    return Figures(entries=row["entries"], bodies=row["bodies"])


def use_of(entry: Entry) -> Use:
    """Two queries."""
    tallies = Tally.objects.filter(version__entry=entry)
    row = tallies.aggregate(views=Sum("views"), downloads=Sum("downloads"))
    uses = BodyUse.objects.filter(version__entry=entry)
    bodies = uses.aggregate(bodies=Count("body", distinct=True))["bodies"]
    return Use(views=row["views"] or 0, downloads=row["downloads"] or 0, bodies=bodies)
