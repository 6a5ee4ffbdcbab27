"""The entry of a shared tender: its sheet, its cleaned copies, its figures. By the worker."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import cast

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.casework.models import Phase
from casa.dossier import figures, summary
from casa.dossier.models import Closing, Dossier, SharedTender, Sharing
from casa.dossier.queries.sharing import documents_of, dossier_of, models_used
from casa.dossier.services.guarding import refuse_unclean
from casa.dossier.services.locking import held
from casa.foundation import jail, locks
from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.library import services as library
from casa.library.models import Entry, Version, VersionFile
from casa.library.models.choices import AmountBand, Kind, Licence
from casa.registry.actor import Actor, actor_for
from casa.registry.models import Office, Pillar

LOCK = "dossier.sharing"
PILLAR = "sua"


def carry_out_sharing(*, sharing_id: int, now: datetime) -> None:
    """Make the entry and propose it for review. A problem is told on the page, nothing is lost."""
    with locks.held(LOCK, sharing_id) as mine:
        rows = Sharing.objects.filter(pk=sharing_id, state=Sharing.State.WAITING)
        row = rows.select_related("person", "body").first() if mine else None
        if row is None:
            return
        try:
            _make_entry(row, now=now)
        except (Refused, jail.NoJail, jail.JailBroken) as problem:
            told = str(problem) if isinstance(problem, Refused) else _not_made()
            rows.update(state=Sharing.State.FAILED, problem=told[:1000])
        except Exception:  # a bug, which surfaces; but the sweep does not ask for it for ever
            rows.update(state=Sharing.State.FAILED, problem=_not_made())
            raise


def _make_entry(row: Sharing, *, now: datetime) -> None:
    actor = actor_for(row.person, on=timezone.localdate(now), acting_for=row.body_id)
    dossier = dossier_of(row)
    if not dossier.is_closed:
        raise Refused(_("Intanto il fascicolo è stato riaperto: chiudilo e condividi di nuovo."))
    copies = _copies(row, dossier, actor)
    used = models_used(dossier)
    sheet = _sheet(row, dossier, copies, used)
    upload = _brought_in(summary.as_docx(sheet), row, actor=actor, now=now)
    with transaction.atomic():
        held(dossier.pk)
        _copies(row, dossier, actor)  # as they are now, not as they were when we began
        files = [upload, *_own(copies, upload, actor=actor, now=now)]
        version = _proposed(row, dossier, files, actor=actor, now=now)
        _write_figures(version.entry, dossier, used)
        row.version, row.state = version, Sharing.State.DONE
        row.save(update_fields=["version", "state"])


def _copies(row: Sharing, dossier: Dossier, actor: Actor) -> list[Upload]:
    """The files that were chosen, in the order of the steps."""
    documents = documents_of(actor, dossier)
    refuse_unclean(documents, row.copies)
    chosen = [one.cleaned for one in documents if one.cleaned and one.cleaned.pk in row.copies]
    return [one.copy for one in chosen if one.copy]


def _own(copies: Sequence[Upload], sheet: Upload, *, actor: Actor, now: datetime) -> list[Upload]:
    """The copies as files of the entry's body: those of the other body, and those that another
    version holds, are duplicated."""
    taken = set(VersionFile.objects.filter(upload__in=copies).values_list("upload_id", flat=True))
    return [
        one
        if one.body_id == sheet.body_id and one.pk not in taken
        else intake.duplicate(upload=one, office=sheet.office, actor=actor, now=now)
        for one in copies
    ]


def _brought_in(data: bytes, row: Sharing, *, actor: Actor, now: datetime) -> Upload:
    """The sheet, checked like any other file."""
    office = Office.objects.select_related("body").get(pk=actor.acting_office_id or 0)
    with transaction.atomic():
        (upload,) = intake.receive(
            files=[File(io.BytesIO(data), name=summary.NAME)],
            body=row.body,
            office=office,
            actor=actor,
            now=now,
        )
    intake.inspect(upload_id=upload.pk, now=now)
    upload.refresh_from_db()
    if not upload.is_cleared:
        raise Refused(upload.reason or _("La scheda è ancora in controllo: riprova tra poco."))
    return upload


def _proposed(
    row: Sharing, dossier: Dossier, files: list[Upload], *, actor: Actor, now: datetime
) -> Version:
    card = library.Card(
        kind=Kind.PROCEDURE,
        title=row.title,
        object=row.object,
        pillar=Pillar.objects.get(code=PILLAR),
        office=files[0].office,
        licence=Licence.CC_BY,
        procedure_type=figures.procedure_type_of(dossier.procedure),
        contract_type=dossier.kind,
        amount_band=figures.band_of(dossier.amount),
        cpv_codes=figures.code_of(dossier.cpv),
    )
    proposal = library.Proposal(
        changes=_("La gara com'è andata: tempi, offerte, ribasso e documenti usati."),
        why=_("Aiutare chi prepara una gara simile."),
        effective_on=timezone.localdate(now),
        audience=row.audience,
        uploads=files,
    )
    version = library.open_entry(card=card, proposal=proposal, body=row.body, actor=actor, now=now)
    return library.propose_version(version=version, actor=actor, now=now)


def _write_figures(entry: Entry, dossier: Dossier, used: Sequence[Entry]) -> SharedTender:
    closing = dossier.closing
    days = _days(dossier)
    made = SharedTender.objects.create(
        entry=entry,
        outcome=closing.outcome,
        procedure=dossier.procedure,
        kind=dossier.kind,
        division=figures.division_of(dossier.cpv),
        amount_band=figures.band_of(dossier.amount),
        days=dict(days),
        total_days=sum(days.values()),
        bidders=closing.bidders,
        discount=closing.discount,
        criterion=closing.criterion,
        appeals=closing.appeals,
        closed_on=cast("date", dossier.closed_on),  # only what is closed is shared
    )
    made.models_used.set(used)
    return made


def _sheet(
    row: Sharing, dossier: Dossier, copies: Sequence[Upload], used: Sequence[Entry]
) -> summary.Sheet:
    closing = dossier.closing
    words = {str(phase): str(phase.label) for phase in Phase}
    unawarded = closing.outcome == Closing.Outcome.UNAWARDED
    return summary.Sheet(
        title=row.title,
        object=row.object,
        facts=_facts(dossier, closing),
        days=[
            (words[phase], summary.days_in_words(days)) for phase, days in _days(dossier).items()
        ],
        documents=[one.name for one in copies],
        models=[one.title for one in used],
        reason=closing.reason if unawarded else "",
    )


def _facts(dossier: Dossier, closing: Closing) -> list[summary.Row]:
    band = AmountBand(figures.band_of(dossier.amount))
    facts = [
        (_("Come è finita"), str(closing.get_outcome_display())),
        (_("Procedura"), str(dossier.get_procedure_display())),
        (_("Tipo di contratto"), str(dossier.get_kind_display())),
        (_("Fascia di importo"), str(band.label)),
        (_("Ramo CPV"), figures.division_of(dossier.cpv) or summary.NOT_TOLD),
        (_("Giorni in tutto"), str(sum(_days(dossier).values()))),
        (_("Offerte arrivate"), _number(closing.bidders)),
    ]
    if closing.outcome == Closing.Outcome.CONCLUDED:
        facts.append((_("Ribasso"), summary.percentage(closing.discount)))
    if closing.criterion:
        facts.append((_("Criterio"), str(closing.get_criterion_display())))
    if closing.appeals is not None:
        facts.append((_("Ricorsi"), str(closing.appeals)))
    return facts


def _number(value: int | None) -> str:
    return summary.NOT_TOLD if value is None else str(value)


def _days(dossier: Dossier) -> dict[str, int]:
    opened = timezone.localdate(dossier.case.opened_at)
    return dict(figures.days_by_phase(opened, dossier.case.steps.all()))


def _not_made() -> str:
    return _("La scheda non si è potuta preparare: riprova più tardi. Le tue scelte sono rimaste.")
