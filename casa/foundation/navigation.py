"""The places of the main navigation, a member's own places, and the links of the footer.

A place or a link appears only when its room registered it, so a page never names a room that is
not there.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Place:
    """One entry of the navigation, with its rank in look.md's order."""

    rank: int
    label: str | Promise
    route: str
    for_body: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    label: str
    url: str
    current: bool
    for_body: bool


_places: list[Place] = []
_own: list[Place] = []
_footer: list[Place] = []


def register(rank: int, label: str | Promise, route: str) -> None:
    """Offer a place; rooms call this in `ready()`."""
    _keep(_places, Place(rank=rank, label=label, route=route))


def register_own(rank: int, label: str | Promise, route: str, *, for_body: bool = False) -> None:
    """Offer a place of members, as «Il mio lavoro»; rooms call it in `ready()`.

    With `for_body` only whoever acts for a body sees it.
    """
    _keep(_own, Place(rank=rank, label=label, route=route, for_body=for_body))


def register_footer(rank: int, label: str | Promise, route: str) -> None:
    """Offer a link of the footer, as «Privacy»; rooms call this in `ready()`."""
    _keep(_footer, Place(rank=rank, label=label, route=route))


def places(path: str) -> list[Link]:
    """The links of the navigation, the one the page stands in marked as current."""
    return _links(_places, path)


def own_places(path: str) -> list[Link]:
    """The links that only members of the network see."""
    return _links(_own, path)


def footer_links(path: str) -> list[Link]:
    """The links of the footer."""
    return _links(_footer, path)


def _keep(kept: list[Place], place: Place) -> None:
    if place not in kept:
        kept.append(place)


def _links(kept: list[Place], path: str) -> list[Link]:
    links = []
    for place in sorted(kept, key=lambda place: place.rank):
        url = reverse(place.route)
        current = path.startswith(url)
        links.append(
            Link(label=str(place.label), url=url, current=current, for_body=place.for_body)
        )
    return links
