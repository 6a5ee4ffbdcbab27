"""Making entries and versions, and changing them until they are proposed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake.models import Finding, Upload
from casa.library import access, cards, kit_cards
from casa.library.models import Entry, Version, VersionFile
from casa.library.services.bases import follow_on
from casa.library.services.clauses import write_clauses
from casa.library.services.crediting import credit
from casa.library.services.slugs import reserve_slug
from casa.library.services.values import Card, Proposal
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Office

FIELDS = (
    "kind",
    "title",
    "object",
    "pillar",
    "office",
    "licence",
    "procedure_type",
    "contract_type",
    "criterion",
    "amount_band",
    "phase",
    "cpv_codes",
    "norms",
)


@transaction.atomic
def open_entry(
    *, card: Card, proposal: Proposal, body: Body, actor: Actor, now: datetime
) -> Version:
    """Make an entry of the body acted for, with its first version as a draft.

    Sent twice by a double click, it is made once.
    """
    if not access.may_create(actor) or body.pk != actor.acting_for:
        raise Refused(
            _("Per creare una scheda serve un mandato di redazione nell'ente per cui operi.")
        )
    _lock(proposal.uploads)
    if twin := _twin(card, proposal, actor=actor):
        return twin
    entry = Entry(body=body, audience=proposal.audience, created_at=now)
    entry.slug = reserve_slug(card.title)
    _fill(entry, card, now=now)
    trail.record("library.entry.created", entry, actor=actor, body=body)
    return _open(entry, proposal, number=1, actor=actor, now=now)


@transaction.atomic
def open_version(*, entry: Entry, proposal: Proposal, actor: Actor, now: datetime) -> Version:
    """Begin the next version of an entry. One open version at a time."""
    entry = _locked(entry)
    if not access.may_write(actor, entry):
        raise Refused(_("Non hai un mandato di redazione per l'ente di questa scheda."))
    if entry.is_withdrawn:
        raise Refused(_("La scheda è stata ritirata: non riceve nuove versioni."))
    if entry.versions.exclude(state=Version.State.PUBLISHED).exists():
        raise Refused(
            _("C'è già una versione in lavorazione: completala o eliminala, poi aprine un'altra.")
        )
    _lock(proposal.uploads)
    return _open(entry, proposal, number=entry.versions.count() + 1, actor=actor, now=now)


@transaction.atomic
def edit_version(*, version: Version, proposal: Proposal, actor: Actor, now: datetime) -> Version:
    """Change an open version before it is proposed (again)."""
    version = locked_version(version)
    if not access.may_edit(actor, version):
        raise Refused(_("Questa versione non si può più modificare: apri una nuova versione."))
    _lock(proposal.uploads)
    _write(version, proposal, actor=actor, now=now)
    credit(version)
    trail.record("library.version.edited", version, actor=actor, body=version.entry.body)
    return version


@transaction.atomic
def edit_card(*, entry: Entry, card: Card, actor: Actor, now: datetime) -> Entry:
    """Change the fields of the card; what is published is found by the new ones at once."""
    entry = _locked(entry)
    if not access.may_edit_card(actor, entry):
        raise Refused(_("Non hai un mandato di redazione o revisione per l'ente di questa scheda."))
    if entry.is_withdrawn:
        raise Refused(_("La scheda è stata ritirata: non si modifica più."))
    _fill(entry, card, now=now)
    trail.record("library.entry.edited", entry, actor=actor, body=entry.body)
    if entry.current:
        cards.file_entry(entry, version=entry.current, clauses=entry.current.clauses.all())
        kit_cards.file_kits_of(entry)
    return entry


@transaction.atomic
def discard_version(*, version: Version, actor: Actor) -> None:
    """Throw an open version away; its files stay in the intake. An empty entry goes with it."""
    version = locked_version(version)
    if not access.may_edit(actor, version):
        raise Refused(_("Si può eliminare solo una bozza, e solo chi la redige."))
    entry = version.entry
    trail.record("library.version.discarded", version, actor=actor, body=entry.body)
    version.delete()
    if not entry.versions.exists():
        entry.delete()


def locked_version(version: Version) -> Version:
    """The version with its entry and body, both rows locked until the end of the transaction."""
    rows = Version.objects.select_for_update(of=("self", "entry"))
    return rows.select_related("entry__body").get(pk=version.pk)


def _locked(entry: Entry) -> Entry:
    rows = Entry.objects.select_for_update(of=("self",)).select_related("body", "current")
    return rows.get(pk=entry.pk)


def _open(entry: Entry, proposal: Proposal, *, number: int, actor: Actor, now: datetime) -> Version:
    version = Version(entry=entry, number=number, author_id=actor.person_id)
    _write(version, proposal, actor=actor, now=now)
    follow_on(version)
    credit(version)
    trail.record("library.version.opened", version, actor=actor, body=entry.body, number=number)
    return version


def _fill(entry: Entry, card: Card, *, now: datetime) -> None:
    _refuse_foreign_office(card.office, entry)
    entry.edited_at = now
    for name in FIELDS:
        setattr(entry, name, getattr(card, name))
    entry.save()
    entry.tags.set(card.tags)


def _refuse_foreign_office(office: Office, entry: Entry) -> None:
    if office.body_id != entry.body_id:
        raise Refused(_("L'ufficio scelto appartiene a un altro ente."))


def _write(version: Version, proposal: Proposal, *, actor: Actor, now: datetime) -> None:
    _refuse_backdated(version, proposal)
    version.edited_at = now
    version.editor_ids = list(dict.fromkeys([*version.editor_ids, actor.person_id]))
    version.changes = proposal.changes
    version.why = proposal.why
    version.effective_on = proposal.effective_on
    version.audience = proposal.audience
    version.save()
    _attach(version, proposal.uploads)


def _refuse_backdated(version: Version, proposal: Proposal) -> None:
    """A version takes effect after the one it follows: on each day one text holds."""
    current = version.entry.current
    if current and proposal.effective_on < current.effective_on:
        raise Refused(
            _("La versione in vigore vale dal %(day)s: scegli lo stesso giorno o uno successivo.")
            % {"day": date_format(current.effective_on, "j F Y")}
        )


def _attach(version: Version, uploads: Sequence[Upload]) -> None:
    """Give the version exactly these files, in this order, each cleared and not used elsewhere."""
    before = version.files.order_by("position").values_list("upload_id", flat=True)
    if list(before) == [upload.pk for upload in uploads]:
        return
    for upload in uploads:
        _refuse_unfit(upload, version)
    version.files.all().delete()
    VersionFile.objects.bulk_create(
        VersionFile(version=version, upload=upload, position=position)
        for position, upload in enumerate(uploads, start=1)
    )
    write_clauses(version)


def _refuse_unfit(upload: Upload, version: Version) -> None:
    if upload.body_id != version.entry.body_id:
        raise Refused(_("Il file «%(name)s» appartiene a un altro ente.") % {"name": upload.name})
    if upload.state != Upload.State.CLEARED:
        raise Refused(
            _("Il file «%(name)s» non ha ancora superato i controlli.") % {"name": upload.name}
        )
    if upload.findings.filter(severity=Finding.Severity.BLOCKING).exists():
        raise Refused(
            _("Il file «%(name)s» ha un rilievo da correggere: correggilo e caricalo di nuovo.")
            % {"name": upload.name}
        )
    used = VersionFile.objects.filter(upload=upload).exclude(version=version)
    if used.exists():
        raise Refused(
            _("Il file «%(name)s» è già in un'altra versione: caricalo di nuovo.")
            % {"name": upload.name}
        )


def _lock(uploads: Sequence[Upload]) -> None:
    """Whoever else wants the same files waits until this transaction ends."""
    keys = [upload.pk for upload in uploads]
    list(Upload.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk"))


def _twin(card: Card, proposal: Proposal, *, actor: Actor) -> Version | None:
    """The draft that the same person just made of the same file under the same title."""
    drafts = Version.objects.filter(state=Version.State.DRAFT, author_id=actor.person_id)
    same = drafts.filter(entry__title=card.title, files__upload__in=proposal.uploads[:1])
    return same.select_related("entry").first()
