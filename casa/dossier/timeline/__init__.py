"""The days of a tender: from the wanted signing back to today, or from today on. No Django here."""

from casa.dossier.timeline.asked import LONGEST, YEARS, Asked, Day, Timeline
from casa.dossier.timeline.calendar import Calendar, Saint
from casa.dossier.timeline.computing import least_row, timeline
from casa.dossier.timeline.links import Link, every_link
from casa.dossier.timeline.moving import Moved, moves
from casa.dossier.timeline.stretches import is_noticed

__all__ = [
    "LONGEST",
    "YEARS",
    "Asked",
    "Calendar",
    "Day",
    "Link",
    "Moved",
    "Saint",
    "Timeline",
    "every_link",
    "is_noticed",
    "least_row",
    "moves",
    "timeline",
]
