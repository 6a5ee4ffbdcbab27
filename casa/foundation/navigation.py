"""The places of the main navigation. A place appears only when its room registered it."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation, with its rank in look.md's order."""

    rank: int
    label: str | Promise
    route: str


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    current: bool


_places: list[Place] = []


def register(rank: int, label: str | Promise, route: str) -> None:
    """Offer a place; rooms call this in `ready()`."""
    place = Place(rank=rank, label=label, route=route)
    if place not in _places:
        _places.append(place)


def places(path: str) -> list[Link]:
    """The links of the navigation, the one the page stands in marked as current."""
    links = []
    for place in sorted(_places, key=lambda place: place.rank):
        url = reverse(place.route)
        links.append(Link(label=str(place.label), url=url, current=path.startswith(url)))
    return links
