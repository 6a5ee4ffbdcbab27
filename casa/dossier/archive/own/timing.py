"""How the days of a tender are counted, in its archive. The days themselves are counted anew."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from casa.dossier.archive.parts import Names, Packing, Part, Restoring, Row
from casa.dossier.archive.rows import told, understood
from casa.dossier.models import Timetable
from casa.dossier.timeline import LONGEST, YEARS

MOVED = ("title", "was", "now", "why")


def rows(packing: Packing) -> list[Row]:
    """The timetable, if anybody said how the days are counted."""
    found = Timetable.objects.filter(dossier=packing.dossier)
    return [{**told(one), "saved_by": packing.people.who(one.saved_by_id)} for one in found]


def restore(restoring: Restoring, given: list[Row]) -> None:
    """The same timetable. ValueError for days and durations that no office could have written."""
    for row in given:
        table = Timetable(dossier=restoring.dossier, **understood(Timetable, row))
        table.saved_by = restoring.people.somebody(row["saved_by"])
        table.chosen = {str(code): _day(day) for code, day in row["chosen"].items()}
        table.lasting = {str(code): _length(days) for code, days in row["lasting"].items()}
        table.moved = [{name: str(one[name]) for name in MOVED} for one in row["moved"]]
        for one in table.moved:
            for name in ("was", "now"):
                one[name] = one[name] and _day(one[name])
        _day(table.day.isoformat())
        table.full_clean(exclude=["dossier"])
        table.save()


def in_words(row: Row, names: Names) -> str:
    """How the days are counted, by whom."""
    return f"{row['changed']} ({names.get(row['saved_by'] or '', '')}, {row['day']})"


def _day(text: Any) -> str:
    day = date.fromisoformat(str(text))
    if day.year not in YEARS:
        raise ValueError(text)
    return day.isoformat()


def _length(days: Any) -> int:
    if not isinstance(days, int) or not 0 <= days <= LONGEST:
        raise ValueError(days)
    return days


PART = Part(
    rank=90,
    name="tempi",
    label=_("Tempi"),
    about=_("Come si contano i giorni della gara, che cosa ha cambiato l'ufficio e perché."),
    rows=rows,
    restore=restore,
    told=in_words,
)
