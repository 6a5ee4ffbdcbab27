"""What moved when an office changed something, and why."""

from dataclasses import dataclass
from datetime import date

from casa.dossier.timeline.asked import Timeline


@dataclass(frozen=True, slots=True)
class Moved:
    """One day that is elsewhere now; `was` or `now` is None where the day came or went."""

    title: str
    was: date | None
    now: date | None
    why: str


def moves(old: Timeline, new: Timeline) -> list[Moved]:
    """The days that are not where they were, in order, each with the reason of its new place."""
    before = {day.code: day for day in old.days}
    found = [
        Moved(day.title, before[day.code].on if day.code in before else None, day.on, day.how)
        for day in new.days
        if day.code not in before or before[day.code].on != day.on
    ]
    now = {day.code for day in new.days}
    why = "Questa gara non ne ha più bisogno."
    gone = [Moved(day.title, day.on, None, why) for day in old.days if day.code not in now]
    return [*found, *gone]
