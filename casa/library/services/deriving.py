"""Adapting an entry for one's own body."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake import services as intake
from casa.intake.models import Upload
from casa.library import access
from casa.library.models import Basis, Derivation, Entry, Version
from casa.library.models.choices import Audience
from casa.library.services.clauses import write_clauses
from casa.library.services.drafts import open_entry
from casa.library.services.values import Card, Proposal
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Office, Person
from casa.registry.words import of_body


@transaction.atomic
def derive(*, source: Entry, title: str, office: Office, actor: Actor, now: datetime) -> Version:
    """«Adatta per il mio ente»: a draft of one's own that knows entry and version it comes from.

    Files, card, clause keys and corrected headings are those of the source; only the own body reads
    it until somebody says otherwise. Sent twice by a double click, it is made once.
    """
    version = source.current
    if version is None or not access.may_derive(actor, source):
        raise Refused(
            _("Adatta un modello chi ha un mandato di redazione, se il modello è pubblicato.")
        )
    Person.objects.select_for_update(no_key=True).get(pk=actor.person_id)
    if twin := _twin(version, title=title, office=office, actor=actor):
        return twin
    files = version.files.select_related("upload").order_by("position")
    uploads = [
        intake.duplicate(upload=file.upload, office=office, actor=actor, now=now) for file in files
    ]
    draft = open_entry(
        card=_card(source, title=title, office=office),
        proposal=_proposal(version, uploads, now=now),
        body=office.body,
        actor=actor,
        now=now,
    )
    return _tie(draft, version, actor=actor, now=now)


def _twin(source: Version, *, title: str, office: Office, actor: Actor) -> Version | None:
    """The draft that the same person just made of the same version under the same title."""
    drafts = Version.objects.filter(state=Version.State.DRAFT, author_id=actor.person_id, number=1)
    same = drafts.filter(entry__title=title, entry__office=office, basis__source_version=source)
    return same.select_related("entry__body").first()


def _tie(draft: Version, source: Version, *, actor: Actor, now: datetime) -> Version:
    above = Derivation.objects.filter(entry=source.entry).first()
    Derivation.objects.create(
        entry=draft.entry,
        source=source.entry,
        root_id=above.root_id if above else source.entry_id,
        made_at=now,
    )
    Basis.objects.create(version=draft, source_version=source)
    draft.clauses.all().delete()  # a version without clauses begins with those of its source
    write_clauses(draft)
    trail.record(
        "library.entry.derived",
        draft.entry,
        actor=actor,
        body=draft.entry.body,
        now=now,
        source=str(source),
    )
    return draft


def _card(source: Entry, *, title: str, office: Office) -> Card:
    return Card(
        kind=source.kind,
        title=title,
        object=source.object,
        pillar=source.pillar,
        office=office,
        licence=source.licence,
        procedure_type=source.procedure_type,
        contract_type=source.contract_type,
        criterion=source.criterion,
        amount_band=source.amount_band,
        phase=source.phase,
        cpv_codes=list(source.cpv_codes),
        norms=list(source.norms),
        tags=list(source.tags.all()),
    )


def _proposal(version: Version, uploads: list[Upload], *, now: datetime) -> Proposal:
    entry = version.entry
    said = {"title": entry.title, "n": version.number, "body": of_body(entry.body)}
    return Proposal(
        changes=_("Adattata da «%(title)s», versione %(n)d %(body)s.") % said,
        why=_("Usare nel nostro ente un testo già provato."),
        effective_on=timezone.localdate(now),
        audience=Audience.BODY,
        uploads=uploads,
    )
