"""From draft to published, through a second pair of eyes."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake.models import Finding
from casa.library import access, cards, kit_cards
from casa.library.models import Review, Rewriting, Version
from casa.library.queries.rewriting import sheet_of
from casa.library.services.bases import count_behind
from casa.library.services.campaigns import leave_lists
from casa.library.services.drafts import locked_version
from casa.library.services.obliging import refuse_unexplained
from casa.library.services.values import Answer, Waiver
from casa.library.signals import version_published
from casa.registry import trail
from casa.registry.actor import Actor

CONFIRM_AFTER = timedelta(days=365)


@transaction.atomic
def propose_version(*, version: Version, actor: Actor, now: datetime) -> Version:
    """Send an open version to review; what only one's own body ever read is published at once."""
    version = locked_version(version)
    if not access.may_edit(actor, version):
        raise Refused(_("Questa versione non è una bozza tua da inviare: aggiorna la pagina."))
    _refuse_incomplete(version)
    _refuse_unsaved(version)
    refuse_unexplained(version, now=now)
    alone = access.may_publish_alone(actor, version)
    version.state = Version.State.IN_REVIEW
    version.proposed_at = now
    version.editor_ids = list(dict.fromkeys([*version.editor_ids, actor.person_id]))
    version.save(update_fields=["state", "proposed_at", "editor_ids"])
    trail.record("library.version.proposed", version, actor=actor, body=version.entry.body)
    if alone:
        _publish(version, actor=actor, now=now)
    return version


@transaction.atomic
def publish_version(
    *,
    version: Version,
    checklist: Sequence[Answer],
    waivers: Sequence[Waiver],
    note: str,
    actor: Actor,
    now: datetime,
) -> Version:
    """Approve a version in review: it becomes the current one and search knows in the same act."""
    version = locked_version(version)
    _refuse_wrong_reviewer(version, actor)
    _refuse_incomplete(version)
    if not all(answer.yes for answer in checklist):
        raise Refused(
            _("Un punto della lista di controllo manca: spuntalo, o rimanda il testo all'autore.")
        )
    _refuse_unexplained_warnings(version, waivers)
    Review.objects.create(
        version=version,
        reviewer_id=actor.person_id,
        outcome=Review.Outcome.PUBLISHED,
        checklist=[asdict(answer) for answer in checklist],
        waived=[asdict(waiver) for waiver in waivers],
        reason=note,
        reviewed_at=now,
    )
    version.reviewer_id = actor.person_id
    _publish(version, actor=actor, now=now)
    return version


@transaction.atomic
def return_version(
    *,
    version: Version,
    checklist: Sequence[Answer],
    reason: str,
    actor: Actor,
    now: datetime,
) -> Version:
    """Send a version back to its author with the reason; the author corrects and proposes again."""
    version = locked_version(version)
    _refuse_wrong_reviewer(version, actor)
    if not reason.strip():
        raise Refused(_("Scrivi all'autore che cosa correggere: senza motivo non può farlo."))
    Review.objects.create(
        version=version,
        reviewer_id=actor.person_id,
        outcome=Review.Outcome.RETURNED,
        checklist=[asdict(answer) for answer in checklist],
        reason=reason,
        reviewed_at=now,
    )
    version.state = Version.State.RETURNED
    version.save(update_fields=["state"])
    trail.record("library.version.returned", version, actor=actor, body=version.entry.body)
    return version


@transaction.atomic
def publish_unreviewed(*, version: Version, actor: Actor, now: datetime) -> Version:
    """Publish a draft of an archive that nobody has reviewed; the trail and the pages say so.

    What the checks found to be weighed needs a person: such a draft is refused.
    """
    version = locked_version(version)
    if not access.may_publish_unreviewed(actor) or not access.may_edit(actor, version):
        raise Refused(_("Senza revisione pubblica solo chi gestisce la rete e redige per l'ente."))
    _refuse_incomplete(version)
    refuse_unexplained(version, now=now)
    _refuse_unexplained_warnings(version, ())
    _publish(version, actor=actor, now=now, unreviewed=True)
    return version


@transaction.atomic
def publish_received(*, version: Version, actor: Actor, now: datetime) -> Version:
    """Publish what came from another installation, where it was reviewed; pages say so."""
    version = locked_version(version)
    arrived = version.entry.is_received and version.state == Version.State.IN_REVIEW
    if not access.may_exchange(actor) or not arrived:
        raise Refused(_("Senza revisione qui pubblica solo chi gestisce la rete, da un pacchetto."))
    _refuse_incomplete(version)
    _refuse_unexplained_warnings(version, ())
    _publish(version, actor=actor, now=now, unreviewed=True)
    return version


def _publish(version: Version, *, actor: Actor, now: datetime, unreviewed: bool = False) -> None:
    """Move the pointer, write the card and the trail; then tell the rooms above."""
    entry = version.entry
    version.state = Version.State.PUBLISHED
    version.published_at = now
    version.save(update_fields=["state", "published_at", "reviewer"])
    entry.current = version
    entry.audience = version.audience
    entry.review_by = timezone.localdate(now + CONFIRM_AFTER)
    entry.save(update_fields=["current", "audience", "review_by"])
    cards.file_entry(entry, version=version, clauses=version.clauses.order_by("position"))
    kit_cards.file_kits_of(entry)
    count_behind(version)
    leave_lists(version, now=now)
    trail.record(
        "library.version.published",
        version,
        actor=actor,
        body=entry.body,
        number=version.number,
        audience=version.audience,
        unreviewed=unreviewed,
        now=now,
    )
    transaction.on_commit(lambda: version_published.send_robust(Version, version=version))


def _refuse_wrong_reviewer(version: Version, actor: Actor) -> None:
    if version.state != Version.State.IN_REVIEW:
        raise Refused(_("La versione non è in revisione: forse un collega ha già deciso."))
    if actor.id in version.editor_ids:
        raise Refused(_("Non puoi rivedere un testo a cui hai lavorato: serve un'altra persona."))
    if not access.may_review(actor, version):
        raise Refused(
            _(
                "Può rivedere chi ha un mandato di revisione nell'ente, nella sua Provincia "
                "o nella rete."
            )
        )


def _refuse_incomplete(version: Version) -> None:
    if version.entry.is_withdrawn:
        raise Refused(_("La scheda è stata ritirata: non riceve nuove versioni."))
    if not version.files.exists():
        raise Refused(_("Aggiungi almeno un file: una versione senza testo non si pubblica."))
    blocking = _findings(version).filter(severity=Finding.Severity.BLOCKING).first()
    if blocking:
        raise Refused(
            _("«%(name)s»: %(message)s Correggi il file e caricalo di nuovo.")
            % {"name": blocking.upload.name, "message": blocking.message}
        )


def _refuse_unsaved(version: Version) -> None:
    """What somebody wrote into its clauses is not left behind unseen."""
    row = Rewriting.objects.filter(version=version).first()
    if row is None:
        return
    if row.state == Rewriting.State.WORKING:
        raise Refused(
            _("Il documento con le ultime modifiche è in preparazione: riprova fra poco.")
        )
    sheet = sheet_of(version.entry, row) if row.texts else None
    if sheet and sheet.changed:
        raise Refused(
            _(
                "Ci sono clausole cambiate e non ancora salvate nella bozza: apri «Cambia il testo "
                "qui», salvale o lasciale com'erano, poi riprova."
            )
        )


def _refuse_unexplained_warnings(version: Version, waivers: Sequence[Waiver]) -> None:
    """Every warning needs the reviewer's reason, one by one."""
    explained = {waiver.finding for waiver in waivers if waiver.reason.strip()}
    for finding in _findings(version).filter(severity=Finding.Severity.WARNING):
        if str(finding.pk) not in explained:
            raise Refused(
                _("Manca il motivo per accettare: «%(message)s»") % {"message": finding.message}
            )


def _findings(version: Version) -> QuerySet[Finding]:
    return Finding.objects.filter(upload__version_file__version=version).select_related("upload")
