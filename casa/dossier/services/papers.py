"""Documents at the steps of a dossier."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.casework.models import Step
from casa.dossier import access, tasks
from casa.dossier.models import Dossier, Paper
from casa.dossier.services.locking import locked, remember, remember_secretly
from casa.foundation.errors import Refused
from casa.intake.models import Upload
from casa.library.models import Version
from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is laid at a step: a version of the library or a file, and whether it is reserved."""

    version: Version | None = None
    upload: Upload | None = None
    reserved: bool = False


@transaction.atomic
def lay(pk: int, step_pk: int, sheet: Sheet, *, actor: Actor, now: datetime) -> Paper:
    """Lay a document at a step; the worker reads what a model asks. Twice changes nothing."""
    dossier = locked(pk)
    step = _step(dossier, step_pk, actor)
    _refuse_unfit(sheet, actor)
    made, new = Paper.objects.get_or_create(
        step=step,
        version=sheet.version,
        upload=sheet.upload,
        defaults={"reserved": sheet.reserved, "person_id": actor.person_id, "laid_at": now},
    )
    if new and sheet.version:
        version_id = sheet.version.pk
        transaction.on_commit(lambda: tasks.read_model.enqueue(version_id))
    if new and sheet.reserved:
        remember_secretly("laid", dossier, actor=actor, now=now)
    elif new:
        remember("laid", dossier, actor=actor, now=now, step=step.title)
    return made


@transaction.atomic
def take_away(pk: int, paper_pk: int, *, actor: Actor, now: datetime) -> None:
    """Take a document from a step. What is already gone stays gone."""
    dossier = locked(pk)
    paper = Paper.objects.filter(pk=paper_pk, step__case=dossier.case).first()
    if paper is None:
        return
    step = _step(dossier, paper.step_id, actor)
    if paper.products.exists():
        raise Refused(
            _("Da questo modello è già stato prodotto un documento: resta nel fascicolo.")
        )
    paper.delete()
    if paper.reserved:
        remember_secretly("taken", dossier, actor=actor, now=now)
    else:
        remember("taken", dossier, actor=actor, now=now, step=step.title)


def _step(dossier: Dossier, step_pk: int, actor: Actor) -> Step:
    step = Step.objects.select_related("case__office").get(pk=step_pk, case=dossier.case)
    if access.may_lay(actor, dossier, step):
        return step
    if access.is_closed(dossier, step):
        raise Refused(
            _(
                "La gara è pubblicata: i suoi documenti non cambiano più. Fai una rettifica e "
                "metti il documento corretto nel passo dei chiarimenti."
            )
        )
    raise Refused(_("Questo passo tocca all'altro ente: i documenti li mette chi ci lavora."))


def _refuse_unfit(sheet: Sheet, actor: Actor) -> None:
    if (sheet.version is None) == (sheet.upload is None):
        raise Refused(_("Scegli un modello della biblioteca oppure un file, uno dei due."))
    if sheet.version and not (
        sheet.version.published_at
        and Version.objects.visible_to(actor).filter(pk=sheet.version.pk).exists()
    ):
        raise Refused(_("Si mette nel fascicolo solo una versione pubblicata che puoi leggere."))
    if sheet.upload and not Upload.objects.usable_by(actor).filter(pk=sheet.upload.pk).exists():
        raise Refused(_("Si mette nel fascicolo solo un file del tuo ente, già controllato."))
