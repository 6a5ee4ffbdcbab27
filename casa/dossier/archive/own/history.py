"""The trail of a dossier, as rows and back.

What comes back says in its details that it came from an archive: nobody takes it for a line that
this platform wrote itself. Lines about archives are no part of an archive.
"""

from django.utils.translation import gettext as _

from casa.dossier import queries
from casa.dossier.archive import rows as plain
from casa.dossier.archive.own import words
from casa.dossier.archive.parts import Names, Packing, Restoring, Row
from casa.registry import trail
from casa.registry.models import TrailLine

ARCHIVED, RESTORED = "dossier.dossier.archived", "dossier.dossier.restored"
MARK = "restored_on"
ROOMS = ("dossier.", "casework.")


def rows(packing: Packing) -> list[Row]:
    """The lines that this reader may read, the oldest first."""
    dossier = packing.dossier
    found = queries.history(packing.actor, dossier, now=packing.now)
    case_key = trail.key_of(dossier.case)
    return [
        {
            "at": plain.plain(line.at),
            "act": line.act,
            "who": packing.people.who(line.person_id),
            "side": _side(line, packing),
            "about": "case" if line.subject_key == case_key else "dossier",
            "name": line.subject_name,
            "details": {name: one for name, one in line.details.items() if name != MARK},
        }
        for line in found.exclude(act__in=(ARCHIVED, RESTORED)).order_by("at", "pk")
    ]


def restore(restoring: Restoring, given: list[Row]) -> None:
    """Write the lines again, each marked as taken from an archive."""
    TrailLine.objects.bulk_create([_line(restoring, row) for row in given])


def told(row: Row, names: Names) -> str:
    """A line in words."""
    act = trail.labels().get(row["act"], row["act"])
    who = words.name(row["who"], names)
    sentence = f"{who[:1].upper()}{who[1:]} {act} «{row['name']}»"
    return _("%(when)s: %(sentence)s") % {"when": words.moment(row["at"]), "sentence": sentence}


def _side(line: TrailLine, packing: Packing) -> str:
    case = packing.dossier.case
    if line.body_id == case.office.body_id:
        return "owner"
    return "supporter" if line.body_id and line.body_id == case.supporter_id else ""


def _line(restoring: Restoring, row: Row) -> TrailLine:
    dossier, act, details = restoring.dossier, str(row["act"]), row["details"]
    at = plain.moment(row["at"])
    if not act.startswith(ROOMS) or act in (ARCHIVED, RESTORED) or at > restoring.now:
        raise ValueError(act)
    if not isinstance(details, dict):
        raise TypeError(details)
    case = dossier.case
    sides = {"owner": case.office.body_id, "supporter": case.supporter_id, "": None}
    line = TrailLine(
        at=at,
        act=act,
        person=restoring.people.person(row["who"]),
        body_id=sides[row["side"]],
        subject_key=trail.key_of(case if row["about"] == "case" else dossier),
        subject_name=str(row["name"]),
        details={**details, MARK: f"{restoring.now:%d/%m/%Y}"},
    )
    line.clean_fields(exclude=["person", "body", "details"])
    return line
