"""The sections of a dossier's page. A part that comes later registers its own in `ready()`."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Section:
    """One section: its place in the row, its words, an address that takes the dossier's key."""

    rank: int
    label: str | Promise
    route: str


@dataclass(frozen=True, slots=True)
class Link:
    """A section of one dossier, marked where the page stands in it."""

    label: str
    url: str
    current: bool


_sections: list[Section] = []


def register(rank: int, label: str | Promise, route: str) -> None:
    """Offer a section: `register(20, _("Tempi"), "timeline:dossier")`."""
    section = Section(rank, label, route)
    if section not in _sections:
        _sections.append(section)


def links(dossier_pk: int, path: str) -> list[Link]:
    """The sections of one dossier in order, for `dossier/_sections.html`."""
    return [
        Link(label=str(one.label), url=url, current=path == url)
        for one in sorted(_sections, key=lambda one: one.rank)
        for url in [reverse(one.route, args=[dossier_pk])]
    ]
