"""Filters of a list: facets with counts at the left, what is chosen as removable chips.

Rooms build these plain values from the request's GET and give them to the page; the template
`foundation/components/facets.html` and `chips.html` show them as links, so that a list can be
filtered without JavaScript and every state of it has an address.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a facet: how many things have it, and the address that adds or removes it."""

    value: str
    label: str
    count: int
    chosen: bool
    url: str


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    label: str
    options: tuple[Option, ...]

    @property
    def open(self) -> bool:
        """A facet in use is shown open."""
        return any(option.chosen for option in self.options)


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    value: str
    url: str


def facet(
    name: str,
    label: str,
    counts: Mapping[str, int],
    labels: Mapping[str, str | Promise],
    query: QueryDict,
) -> Facet:
    """A facet from the counts of its values (chosen ones stay even at zero), biggest first."""
    chosen = set(query.getlist(name))
    values = sorted(set(counts) | chosen, key=lambda value: (-counts.get(value, 0), value))
    options = tuple(
        Option(
            value=value,
            label=str(labels.get(value, value)),
            count=counts.get(value, 0),
            chosen=value in chosen,
            url=address_with(query, name, value),
        )
        for value in values
    )
    return Facet(name=name, label=label, options=options)


def chips(facets: Iterable[Facet]) -> list[Chip]:
    """What is chosen, each with the address of the list without it."""
    return [
        Chip(label=facet.label, value=option.label, url=option.url)
        for facet in facets
        for option in facet.options
        if option.chosen
    ]


def address_with(query: QueryDict, name: str, value: str) -> str:
    """The list's address with this value added, or removed when it was there; page one again."""
    changed = query.copy()
    values = changed.getlist(name)
    changed.pop("pagina", None)
    kept = [other for other in values if other != value]
    changed.setlist(name, kept if value in values else [*values, value])
    return f"?{changed.urlencode()}"
