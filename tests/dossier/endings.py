"""Tenders that are over, and cleaned copies as the worker leaves them. Invented."""

from decimal import Decimal

from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Dossier, Sharing
from casa.dossier.services import filing, sharing
from casa.dossier.services.closing import End, close
from casa.intake.models import CleanedCopy
from tests.dossier.makers import need, opened
from tests.library.makers import NOON, PillarFactory, UploadFactory

FIRM = "Alfa di Prova S.r.l."
CONCLUDED = End(outcome="concluded", bidders=3, discount=Decimal("12.50"))
EMPTY = End(outcome="unawarded", reason="Nessuna offerta.")


def signed(author) -> Dossier:
    """A direct award of the Comune alone, with its contract."""
    PillarFactory()
    made = opened(author, asked=need("120000", cpv="55523100"), title="Refezione scolastica")
    now, today = timezone.now(), timezone.localdate()
    services.verify(made.pk, on=today, actor=author, now=now)
    services.award(made.pk, on=today, cig="B1A2C3D4E5", actor=author, now=now)
    services.sign(made.pk, on=today, actor=author, now=now)
    return fresh(made)


def fresh(dossier) -> Dossier:
    return Dossier.objects.select_related("case__office__body", "case__supporter").get(
        pk=dossier.pk
    )


def end(dossier, actor, how=CONCLUDED, now=None) -> Dossier:
    close(dossier.pk, how, actor=actor, now=now or timezone.now())
    return fresh(dossier)


def lay(dossier, actor, *, code="specifications", reserved=False, **sheet):
    step = dossier.case.steps.get(code=code)
    given = services.Sheet(reserved=reserved, **sheet)
    return services.lay(dossier.pk, step.pk, given, actor=actor, now=timezone.now())


def cleaned(upload, actor, text="Art. 1 – Oggetto\n1. Pasti per le scuole.\n", **fields):
    """A cleaned copy as the worker leaves it, here without the worker."""
    copy = UploadFactory(body=upload.body, text=text, name=f"{upload.name} (copia ripulita).txt")
    values = {"state": "done", "name": "copia", "requested_at": NOON, "copy": copy, **fields}
    return CleanedCopy.objects.create(original=upload, person_id=actor.person_id, **values)


def chosen(*copies, **words) -> sharing.Chosen:
    given = {"title": "Refezione 2027", "object": "Com'è andata.", "audience": "public", **words}
    return sharing.Chosen(copies=[one.pk for one in copies], **given)


def share(dossier, actor, *copies, **words) -> Sharing:
    return sharing.share(dossier.pk, chosen(*copies, **words), actor=actor, now=timezone.now())


def carried_out(row) -> Sharing:
    filing.carry_out_sharing(sharing_id=row.pk, now=timezone.now())
    row.refresh_from_db()
    return row
