"""A produced document that comes back, for instance signed or corrected, lies in its dossier."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.dossier.models import Paper
from casa.dossier.queries.recognising import Recognised, recognised
from casa.dossier.services.papers import Sheet, lay
from casa.foundation.errors import Refused
from casa.intake.models import Upload
from casa.intake.queries import draft_of
from casa.library import services as library
from casa.library.models import Adoption
from casa.registry.actor import Actor


@transaction.atomic
def link(upload: Upload, *, actor: Actor, now: datetime) -> Paper:
    """Lay a recognised file at the step of the document that it is; twice changes nothing.

    The model counts as used by the body of the dossier, as when the document was produced.
    """
    found = look(upload, actor=actor, now=now)
    if found is None:
        raise Refused(_("Questo file non è un documento prodotto da un tuo fascicolo."))
    held = found.product.paper
    sheet = Sheet(upload=upload, reserved=held.reserved)
    paper = lay(found.dossier.pk, held.step_id, sheet, actor=actor, now=now)
    note_use(found, now=now)
    return paper


def look(upload: Upload, *, actor: Actor, now: datetime) -> Recognised | None:
    """What a file is, if it is a produced document of a dossier of the actor's."""
    draft = draft_of(upload)
    return recognised(actor, upload, draft, now=now) if draft else None


def note_use(found: Recognised, *, now: datetime) -> None:
    """Propose to the register that the body of the dossier uses the model."""
    version = found.product.paper.version
    if version:
        library.note_use(
            entry=version.entry,
            version=version,
            office=found.dossier.case.office,
            origin=Adoption.Origin.FILLED,
            now=now,
        )
