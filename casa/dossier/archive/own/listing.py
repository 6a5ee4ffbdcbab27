"""Lots, corrigenda and operators of a dossier, as rows and back."""

from typing import TypeVar

from django.db.models import Model
from django.utils.translation import gettext as _

from casa.dossier import access
from casa.dossier.archive import rows as plain
from casa.dossier.archive.own import words
from casa.dossier.archive.parts import Names, Packing, Restoring, Row
from casa.dossier.models import Corrigendum, Lot, Participant
from casa.foundation.templatetags.casa import euro

M = TypeVar("M", bound=Model)


def lot_rows(packing: Packing) -> list[Row]:
    """The lots by number."""
    return [plain.told(lot) for lot in packing.dossier.lots.all()]


def restore_lots(restoring: Restoring, given: list[Row]) -> None:
    """Make the lots again."""
    _restore(restoring, Lot, given)


def lot_told(row: Row, names: Names) -> str:
    """A lot in words."""
    del names
    number = _("Lotto %s") % row["number"]
    cig = row["cig"] or _("da acquisire")
    return words.joined(number, str(row["title"]), euro(row["amount"]), f"CIG {cig}")


def corrigendum_rows(packing: Packing) -> list[Row]:
    """The corrigenda in their order, with the numbers of the documents that they correct."""
    found = packing.dossier.corrigenda.prefetch_related("corrects")
    return [{**plain.told(one), "corrects": _numbers(packing, one)} for one in found]


def _numbers(packing: Packing, one: Corrigendum) -> list[int]:
    return sorted(
        packing.papers[paper.pk] for paper in one.corrects.all() if paper.pk in packing.papers
    )


def restore_corrigenda(restoring: Restoring, given: list[Row]) -> None:
    """Make the corrigenda again; of their documents those that came back."""
    for made, row in zip(_restore(restoring, Corrigendum, given), given, strict=True):
        found = (restoring.papers.get(int(number)) for number in row.get("corrects", []))
        made.corrects.set([paper for paper in found if paper])


def corrigendum_told(row: Row, names: Names) -> str:
    """A corrigendum in words."""
    del names
    said = {
        "day": words.day(row["published_on"]),
        "reason": row["reason"],
        "term": words.moment(row["offers_due_at"]),
    }
    return _("%(day)s: %(reason)s; offerte entro il %(term)s") % said


def participant_rows(packing: Packing) -> list[Row]:
    """Who was invited and who made an offer, for those who may read it now; else that is told."""
    if not access.may_read_participants(packing.actor, packing.dossier, packing.now):
        packing.leave_out(
            _(
                "Elenco degli operatori, documenti e risposte riservati: li legge solo chi conduce "
                "la gara, fino alla scadenza delle offerte dove ce n'è una (art. 35 del Codice)."
            )
        )
        return []
    return [plain.told(one) for one in packing.dossier.participants.order_by("role", "name")]


def restore_participants(restoring: Restoring, given: list[Row]) -> None:
    """Write the operators down again."""
    _restore(restoring, Participant, given)


def participant_told(row: Row, names: Names) -> str:
    """An operator in words."""
    del names
    return f"{row['name']}: {dict(Participant.Role.choices).get(row['role'], '')}"


def _restore(restoring: Restoring, model: type[M], given: list[Row]) -> list[M]:
    found = []
    for row in given:
        made = model(dossier=restoring.dossier, **plain.understood(model, row))
        made.clean_fields(exclude=["dossier"])
        made.save()
        found.append(made)
    return found
