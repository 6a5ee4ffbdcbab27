"""Personal data that a person should look at before a file is shared: each value once, masked."""

from collections.abc import Iterable
from dataclasses import dataclass

from casa.drafting import personal
from casa.drafting.personal import PersonalDatum


@dataclass(frozen=True, slots=True)
class Sighting:
    """One value where it was first seen in the text; it stands there `count` times in all."""

    datum: PersonalDatum
    count: int = 1


def sightings(text: str) -> list[Sighting]:
    """What must go or be looked at, the gravest first; what offices publish anyway is left out."""
    found = [datum for datum in personal.find(text) if datum.level != "info"]
    first: dict[tuple[str, str], PersonalDatum] = {}
    counts: dict[tuple[str, str], int] = {}
    for datum in found:
        key = datum.kind, _bare(datum.value)
        first.setdefault(key, datum)
        counts[key] = counts.get(key, 0) + 1
    seen = [Sighting(datum, counts[key]) for key, datum in first.items()]
    return sorted(seen, key=lambda one: (one.datum.level != "blocking", one.datum.start))


def hidden(words: str) -> str:
    """Words with every personal datum masked, whatever its spacing; names of offices stay."""
    for datum in reversed(_told(personal.find(words))):
        words = words[: datum.start] + personal.masked(datum.value) + words[datum.end :]
    return words


def _told(found: Iterable[PersonalDatum]) -> list[PersonalDatum]:
    return [datum for datum in found if datum.level != "info"]


def _bare(value: str) -> str:
    return "".join(value.split()).upper()
