"""What people read in place of the raw codes of facets. Each room offers the words of its own.

A room calls `register` in `ready()`; only facets with a label are shown on pages. The same facet
may be registered by several rooms (each adds its kinds): the first label stays, values add up.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

from django.utils.functional import Promise

from casa.search.facets import FACETS

Labels = Mapping[str, str | Promise]
Values = Labels | Callable[[Collection[str]], Labels]
"""A table of code → Italian word, or a function that gives it for the codes asked (one query)."""
Finder = Callable[[str], Collection[str]]
"""The codes that an official's word stands for, where the whole table is too long to read."""


@dataclass(slots=True)
class Registered:
    label: str | Promise
    sources: list[Values] = field(default_factory=list)
    find: Finder | None = None


_registered: dict[str, Registered] = {}


def register(
    name: str, *, label: str | Promise, values: Values, find: Finder | None = None
) -> None:
    """Offer the words of a facet. Repeating the same call changes nothing."""
    if name not in FACETS:
        raise ValueError(f"Unknown facet: {name}")
    entry = _registered.setdefault(name, Registered(label=label))
    if values not in entry.sources:
        entry.sources.append(values)
    entry.find = find or entry.find


def shown() -> dict[str, str]:
    """The facets that have a label, in the order of pages: name → label."""
    return {name: str(_registered[name].label) for name in FACETS if name in _registered}


def words_for(name: str, codes: Collection[str]) -> dict[str, str]:
    """The Italian word of each code; a code nobody knows is shown as it is."""
    known: dict[str, str] = {}
    entry = _registered.get(name)
    for source in entry.sources if entry and codes else ():
        table = source(codes) if callable(source) else source
        known |= {code: str(table[code]) for code in codes if code in table}
    return {code: known.get(code, code) for code in codes}


def codes_for(name: str, word: str) -> tuple[str, ...]:
    """The codes that `tipo:modello` or `ente:treviso` means: the code itself or a word's start."""
    entry = _registered.get(name)
    if entry is None:
        return (word,)
    wanted = word.casefold()
    found = {word} | set(entry.find(word) if entry.find else ())
    for source in entry.sources:
        table = {} if callable(source) else source
        found |= {code for code, label in table.items() if _begins(str(label), wanted)}
    return tuple(sorted(found))


def _begins(label: str, wanted: str) -> bool:
    folded = label.casefold()
    return any(part.startswith(wanted) for part in (folded, *folded.split()))
