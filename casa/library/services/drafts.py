"""Making entries and versions, and changing them until they are proposed."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake.models import Finding, Upload
from casa.library import access, cards
from casa.library.models import Entry, Version, VersionFile
from casa.library.services.clauses import write_clauses
from casa.library.services.values import Card, Proposal
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Office

RESERVED_SLUGS = frozenset({"nuova", "lavori", "aggiorna"})
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
    """Make an entry of the body acted for, with its first version as a draft."""
    if not access.may_create(actor) or body.pk != actor.acting_for:
        raise Refused(
            _("Per creare una scheda serve un mandato di redazione nell'ente per cui operi.")
        )
    entry = Entry(
        slug=_free_slug(card.title), body=body, audience=proposal.audience, created_at=now
    )
    _fill(entry, card)
    trail.record("library.entry.created", entry, actor=actor, body=body)
    return _open(entry, proposal, number=1, actor=actor)


@transaction.atomic
def open_version(*, entry: Entry, proposal: Proposal, actor: Actor) -> Version:
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
    return _open(entry, proposal, number=entry.versions.count() + 1, actor=actor)


@transaction.atomic
def edit_version(*, version: Version, proposal: Proposal, actor: Actor) -> Version:
    """Change an open version before it is proposed (again)."""
    version = locked_version(version)
    if not access.may_edit(actor, version):
        raise Refused(_("Questa versione non si può più modificare: apri una nuova versione."))
    _write(version, proposal)
    trail.record("library.version.edited", version, actor=actor, body=version.entry.body)
    return version


@transaction.atomic
def edit_card(*, entry: Entry, card: Card, actor: Actor) -> Entry:
    """Change the fields of the card; what is published is found by the new ones at once."""
    entry = _locked(entry)
    if not access.may_edit_card(actor, entry):
        raise Refused(_("Non hai un mandato di redazione o revisione per l'ente di questa scheda."))
    _fill(entry, card)
    trail.record("library.entry.edited", entry, actor=actor, body=entry.body)
    if entry.current and not entry.is_withdrawn:
        cards.file_entry(entry, version=entry.current, clauses=entry.current.clauses.all())
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


def _open(entry: Entry, proposal: Proposal, *, number: int, actor: Actor) -> Version:
    version = Version(entry=entry, number=number, author_id=actor.person_id)
    _write(version, proposal)
    trail.record("library.version.opened", version, actor=actor, body=entry.body, number=number)
    return version


def _fill(entry: Entry, card: Card) -> None:
    _refuse_foreign_office(card.office, entry)
    for name in FIELDS:
        setattr(entry, name, getattr(card, name))
    entry.save()
    entry.tags.set(card.tags)


def _refuse_foreign_office(office: Office, entry: Entry) -> None:
    if office.body_id != entry.body_id:
        raise Refused(_("L'ufficio scelto appartiene a un altro ente."))


def _write(version: Version, proposal: Proposal) -> None:
    version.changes = proposal.changes
    version.why = proposal.why
    version.effective_on = proposal.effective_on
    version.audience = proposal.audience
    version.save()
    _attach(version, proposal.uploads)
    write_clauses(version)


def _attach(version: Version, uploads: Sequence[Upload]) -> None:
    """Give the version exactly these files, in this order, each cleared and not used elsewhere."""
    for upload in uploads:
        _refuse_unfit(upload, version)
    version.files.all().delete()
    VersionFile.objects.bulk_create(
        VersionFile(version=version, upload=upload, position=position)
        for position, upload in enumerate(uploads, start=1)
    )


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


def _free_slug(title: str) -> str:
    """An address made of the title, with a number when it is taken."""
    stem = slugify(title)[:100] or "scheda"
    taken = set(Entry.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 1
    while slug in taken | RESERVED_SLUGS:
        number += 1
        slug = f"{stem}-{number}"
    return slug
