"""Answers of a dossier, all of them, as rows and back."""

from django.utils.translation import gettext as _

from casa.dossier import queries
from casa.dossier.archive import rows as plain
from casa.dossier.archive.own import words
from casa.dossier.archive.parts import Names, Packing, Restoring, Row
from casa.dossier.models import Answer


def rows(packing: Packing) -> list[Row]:
    """Every answer ever given, in order, without those that this reader may not read yet."""
    dossier = packing.dossier
    secret = queries.secret_names(packing.actor, dossier, now=packing.now)
    found = dossier.answers.exclude(name__in=secret).order_by("pk")
    return [{**plain.told(one), "who": packing.people.who(one.given_by_id)} for one in found]


def restore(restoring: Restoring, given: list[Row]) -> None:
    """Give the answers again, in the same order."""
    made = []
    for row in given:
        one = Answer(dossier=restoring.dossier, **plain.understood(Answer, row))
        one.given_by = restoring.people.somebody(row["who"])
        one.clean_fields(exclude=["dossier", "given_by", "value"])
        made.append(one)
    Answer.objects.bulk_create(made)


def told(row: Row, names: Names) -> str:
    """An answer in words."""
    value = _("ritirata") if row["value"] is None else _shown(row["value"])
    said = {
        "name": str(row["name"]).replace("_", " "),
        "value": value,
        "who": words.name(row["who"], names),
        "when": words.moment(row["given_at"]),
    }
    return _("%(name)s: %(value)s (%(who)s, %(when)s)") % said


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return _("sì") if value else _("no")
    if isinstance(value, list):
        return "; ".join(_shown(one) for one in value)
    if isinstance(value, dict):
        return " | ".join(_shown(one) for one in value.values())
    return str(value)
