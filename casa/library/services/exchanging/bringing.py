"""Bringing a bundle in: entry by entry, through the quarantine, each a transaction of its own.

What is there already is left alone, so a bundle can be stopped anywhere and repeated.
"""

from collections import Counter
from datetime import datetime
from functools import partial
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation import locks
from casa.foundation.errors import Refused
from casa.library import access, tasks
from casa.library.exchange.manifest import Described, Edition
from casa.library.exchange.zips import Opened
from casa.library.models import Arrival, Bundle, BundleLine, Version
from casa.library.queries.exchange import Line, foresee
from casa.library.services.exchanging.owners import owner_of
from casa.library.services.exchanging.receiving import opened_bundle
from casa.library.services.exchanging.tying import tie_again
from casa.library.services.exchanging.writing import arrive, edition_open, reconfirm, uploads_of
from casa.library.services.reviews import publish_received
from casa.registry import trail
from casa.registry.actor import Actor, actor_for

LOCK = "library.bundle"
Outcome = BundleLine.Outcome


@transaction.atomic
def start_bundle(*, bundle: Bundle, publishes: bool, actor: Actor, now: datetime) -> Bundle:
    """A person saw what it would do and wants it; the worker does it."""
    row = _wanted(bundle, publishes=publishes, actor=actor, now=now)
    if row.state == Bundle.State.WORKING:
        transaction.on_commit(partial(tasks.bring_bundle.enqueue, bundle_id=row.pk))
    return row


def bring_now(*, bundle: Bundle, publishes: bool, actor: Actor, now: datetime) -> Bundle:
    """The same on the command line, at once."""
    bundle = _wanted(bundle, publishes=publishes, actor=actor, now=now)
    carry_bundle_on(bundle_id=bundle.pk, now=now)
    bundle.refresh_from_db()
    if bundle.state == Bundle.State.WORKING:
        raise Refused(_("Lo sta già portando in biblioteca un altro processo: guarda «Scambio»."))
    return bundle


def carry_bundle_on(*, bundle_id: int, now: datetime) -> None:
    """The worker's part, for the person who asked. One process at a time; safe to repeat."""
    with locks.held(LOCK, bundle_id) as mine:
        bundle = Bundle.objects.select_related("person").get(pk=bundle_id)
        if mine and bundle.state == Bundle.State.WORKING:
            actor = actor_for(bundle.person, on=timezone.localdate(now))
            bring_bundle(bundle=bundle, actor=actor, now=now)


def wake_bundles(*, now: datetime) -> int:
    """When the worker starts: ask again for what a stop of the house interrupted."""
    del now
    left = Bundle.objects.filter(state=Bundle.State.WORKING).values_list("pk", flat=True)
    for pk in (found := list(left)):
        tasks.bring_bundle.enqueue(bundle_id=pk)
    return len(found)


def bring_bundle(*, bundle: Bundle, actor: Actor, now: datetime) -> Bundle:
    """Bring in all that is new or newer; what goes wrong with one entry stops no other."""
    try:
        access.demand_exchanger(actor)
        with opened_bundle(Path(default_storage.path(bundle.stored))) as (opened, installation):
            lines = foresee(opened.manifest, installation)
            for at, line in enumerate(lines, start=1):
                _bring(bundle, at, line, opened=opened, actor=actor, now=now)
        tie_again(now=now)
    except Refused as refusal:
        bundle.problem = str(refusal)[:600]
    return _finish(bundle, actor=actor)


@transaction.atomic
def _wanted(bundle: Bundle, *, publishes: bool, actor: Actor, now: datetime) -> Bundle:
    access.demand_exchanger(actor)
    row = Bundle.objects.select_for_update(of=("self",)).get(pk=bundle.pk)
    if row.state == Bundle.State.LAPSED:
        raise Refused(_("Il pacchetto non c'è più: portalo di nuovo."))
    if row.waits:
        row.state, row.publishes, row.person_id = Bundle.State.WORKING, publishes, actor.person_id
        row.save(update_fields=["state", "publishes", "person"])
        trail.record("library.bundle.started", row, actor=actor, now=now, publishes=publishes)
    return row


def _bring(
    bundle: Bundle, at: int, line: Line, *, opened: Opened, actor: Actor, now: datetime
) -> None:
    """One entry; its outcome is written down whatever it is. What was brought stays told so."""
    row = bundle.lines.get(position=at)
    if row.outcome in {Outcome.PROPOSED, Outcome.PUBLISHED}:
        return
    row.outcome, row.sentence = line.outcome, line.sentence[:600]
    if line.arrival and line.outcome == Outcome.THERE:
        reconfirm(line.arrival, line.described, now=now)
    if line.is_wanted:
        try:
            _bring_wanted(row, line, opened=opened, actor=actor, now=now)
        except Refused as refusal:
            if row.outcome not in {Outcome.PROPOSED, Outcome.PUBLISHED}:
                row.outcome = Outcome.REFUSED
            row.sentence = str(refusal)[:600]
    row.save()


def _bring_wanted(
    row: BundleLine, line: Line, *, opened: Opened, actor: Actor, now: datetime
) -> None:
    """Where it is published at once the whole history comes, else the newest version alone."""
    bundle, described = row.bundle, line.described
    newest = _newest(line.arrival) if line.arrival else 0
    missing = [one for one in described.versions if one.number > newest]
    todo = missing if bundle.publishes else missing[-1:]
    for edition in todo:
        told = _told(edition, [] if bundle.publishes else missing[:-1])
        version = _arrived(
            bundle, described, edition, told=told, opened=opened, actor=actor, now=now
        )
        row.entry, row.outcome = version.entry, Outcome.PROPOSED
        if bundle.publishes:
            _publish(version, edition, actor=actor, now=now)
            row.outcome = Outcome.PUBLISHED


def _arrived(
    bundle: Bundle,
    described: Described,
    edition: Edition,
    *,
    told: str,
    opened: Opened,
    actor: Actor,
    now: datetime,
) -> Version:
    """The files through the intake first, then entry and version in one transaction."""
    body = owner_of(described, bundle.installation, actor=actor, now=now)
    uploads = uploads_of(edition, opened, body=body, actor=actor, now=now)
    with transaction.atomic():
        arrival = arrive(described, bundle.installation, body=body, actor=actor, now=now)
        return edition_open(arrival, edition, told=told, uploads=uploads, actor=actor, now=now)


def _publish(version: Version, edition: Edition, *, actor: Actor, now: datetime) -> None:
    if not edition.reviewed:
        raise Refused(_("Aspetta una revisione qui: dove è nata nessuno l'ha rivista."))
    try:
        publish_received(version=version, actor=actor, now=now)
    except Refused as refusal:
        raise Refused(_("Aspetta una revisione qui. %(why)s") % {"why": refusal}) from None


def _newest(arrival: Arrival) -> int:
    return max(arrival.entry.versions.values_list("number", flat=True), default=0)


def _told(edition: Edition, skipped: list[Edition]) -> str:
    """What changes, with the notes of the versions in between that nobody here read."""
    parts = [edition.changes]
    parts += [_("Versione %d: %s") % (one.number, one.changes) for one in reversed(skipped)]
    return "\n\n".join(parts)[:2000]


def _finish(bundle: Bundle, *, actor: Actor) -> Bundle:
    bundle.state, bundle.finished_at = Bundle.State.DONE, timezone.now()
    stored, bundle.stored = bundle.stored, ""
    bundle.save(update_fields=["state", "finished_at", "stored", "problem"])
    counts = dict(Counter(bundle.lines.values_list("outcome", flat=True)))
    trail.record("library.bundle.brought", bundle, actor=actor, outcomes=counts)
    default_storage.delete(stored)
    return bundle
