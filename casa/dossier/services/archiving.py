"""A dossier as one ZIP, and a dossier back from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils.translation import gettext as _

from casa.casework.models import Case
from casa.dossier.archive import bodies, parts, reading, rights, writing
from casa.dossier.archive import rows as plain
from casa.dossier.archive.own.describing import OFFICERS
from casa.dossier.archive.own.history import ARCHIVED, RESTORED
from casa.dossier.archive.people import Found
from casa.dossier.models import Dossier
from casa.dossier.services.locking import remember
from casa.dossier.services.turning import pass_turn
from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.registry.actor import Actor
from casa.registry.models import Body, Office

BAD = (KeyError, TypeError, ValueError, OverflowError, ValidationError, DatabaseError)


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of an archive: the dossier, whether it is new, and what is not as it was."""

    dossier: Dossier | None
    title: str
    is_new: bool
    notes: tuple[str, ...] = ()


@transaction.atomic
def pack(
    dossier: Dossier, target: IO[bytes], *, actor: Actor, now: datetime, told: bool = True
) -> writing.Written:
    """Write the archive of a dossier as the actor may read it now; the trail says that it went."""
    if told:
        remember(ARCHIVED.rpartition(".")[2], dossier, actor=actor, now=now)
    return writing.write(parts.Packing(dossier=dossier, actor=actor, now=now), target)


def restore(path: Path, *, actor: Actor, now: datetime, trial: bool = False) -> Restored:
    """Make the dossier of an archive again, whole or not at all; one that is here stays as it is.

    The archive is checked against its manifest, scanned and read in the jail before anything is
    believed. Its files go through the quarantine like any other. A trial does everything and
    keeps nothing.
    """
    with reading.opened(path) as archive:
        intake.examine(path, name=path.name, limits=reading.limits())
        with transaction.atomic():
            made = _restored(archive, actor=actor, now=now)
            transaction.set_rollback(trial)
    return replace(made, dossier=None) if trial and made.is_new else made


def _restored(archive: reading.Archive, *, actor: Actor, now: datetime) -> Restored:
    with _part(_("Dati")):
        row = _only_row(archive)
        body = _body(row, actor)
        Body.objects.select_for_update(no_key=True).get(pk=body.pk)
        if here := _here(row, body):
            return Restored(here, here.case.title, is_new=False)
        supporter = _supporter(row)
        people = Found(
            archive.rows(writing.PEOPLE) or [],
            body_ids=[one.pk for one in (body, supporter) if one],
        )
        dossier = _dossier(row, _office(row, body), supporter, people)
    restoring = parts.Restoring(
        archive=archive, dossier=dossier, people=people, actor=actor, now=now
    )
    _take_back(restoring)
    remember(RESTORED.rpartition(".")[2], dossier, actor=actor, now=now)
    if not dossier.is_closed:
        pass_turn(dossier, now=now)
    return Restored(dossier, dossier.case.title, is_new=True, notes=_notes(restoring))


def _take_back(restoring: parts.Restoring) -> None:
    """Each part in turn; rows that do not fit undo everything, with the name of the part."""
    known = parts.known()
    for part in known:
        with _part(str(part.label)):
            given = restoring.archive.rows(part.name)
            if given is not None:
                part.restore(restoring, given)
    ours = {part.name for part in known} | {writing.PEOPLE}
    for name in sorted(restoring.archive.parts() - ours):
        restoring.note(_("La parte «%s» questa piattaforma non la conosce.") % name)


def _notes(restoring: parts.Restoring) -> tuple[str, ...]:
    missing = [
        _("%s non è in questo ente: resta il nome, senza accesso.") % name
        for name in dict.fromkeys(restoring.people.missing)
    ]
    left_out = restoring.archive.manifest.get("left_out") or []
    told = [_("Nell'archivio mancava: %s") % str(one)[:500] for one in left_out]
    return (*missing, *restoring.notes, *told)


@contextmanager
def _part(label: str) -> Iterator[None]:
    """Rows that do not fit become a refusal that names their part."""
    try:
        yield
    except Refused:
        raise
    except BAD as reason:
        raise Refused(
            _("L'archivio è danneggiato nella parte «%s»: non è stato importato nulla.") % label
        ) from reason


def _only_row(archive: reading.Archive) -> parts.Row:
    [row] = archive.rows("fascicolo") or []
    return row


def _body(row: parts.Row, actor: Actor) -> Body:
    body = bodies.found(row["body"])
    if body is None:
        raise Refused(
            _("L'archivio è di «%s», che su questa piattaforma non c'è: prima si iscrive l'ente.")
            % str(row["body"]["name"])[:200]
        )
    if not rights.may_import(actor, body):
        raise Refused(
            _(
                "L'archivio è di «%s»: lo importa solo chi scrive, rivede o amministra per "
                "quell'ente."
            )
            % body
        )
    return body


def _supporter(row: parts.Row) -> Body | None:
    if row["supporter"] is None:
        return None
    found = bodies.found(row["supporter"])
    if found is None:
        raise Refused(
            _("La gara la conduceva «%s», che su questa piattaforma non c'è: prima si iscrive.")
            % str(row["supporter"]["name"])[:200]
        )
    return found


def _here(row: parts.Row, body: Body) -> Dossier | None:
    """The dossier of the archive where it is here already: the same body, the same moment."""
    opened_at = plain.moment(row["opened_at"])
    found = Dossier.objects.filter(case__office__body=body, case__opened_at=opened_at)
    dossier: Dossier | None = found.select_related("case__office__body", "case__supporter").first()
    return dossier


def _office(row: parts.Row, body: Body) -> Office:
    """The office of the same name, else the default one."""
    offices = Office.objects.select_related("body").filter(body=body, closed_on=None)
    named = offices.filter(name=str(row["office"])).first()
    return named or offices.get(is_default=True)


def _dossier(row: parts.Row, office: Office, supporter: Body | None, people: Found) -> Dossier:
    case = Case(
        title=str(row["title"]),
        office=office,
        supporter=supporter,
        opened_at=plain.moment(row["opened_at"]),
    )
    case.clean_fields(exclude=["office", "supporter"])
    case.save()
    officers = {name: people.person(row[name]) for name in OFFICERS}
    dossier = Dossier(case=case, **officers, **plain.understood(Dossier, row))
    dossier.clean_fields(exclude=["case", *OFFICERS])
    dossier.save()
    return dossier
