"""Reading a bundle that arrived: believed when a trusted key signed it, kept until decided."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import file_digest
from pathlib import Path
from uuid import UUID, uuid4

from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.intake.names import clean_name
from casa.library import access
from casa.library.exchange import zips
from casa.library.exchange.manifest import made_at
from casa.library.exchange.reading import claimed_by
from casa.library.exchange.zips import Opened
from casa.library.models import Bundle, BundleLine, Installation
from casa.library.queries.exchange import Line, foresee
from casa.library.services.exchanging.trusting import key_of
from casa.registry import trail
from casa.registry.actor import Actor

KEPT = timedelta(days=7)


@contextmanager
def opened_bundle(path: Path) -> Iterator[tuple[Opened, Installation]]:
    """The bundle and whose it is; refused with the reason when it can't be believed."""
    with zips.claimed(path) as (_archive, content, _signature):
        installation = _signer(*claimed_by(content))
    with zips.opened(path, key_of(installation)) as bundle:
        yield bundle, installation


def try_bundle(path: Path, *, actor: Actor) -> tuple[Installation, list[Line]]:
    """What the bundle would do, changing nothing."""
    access.demand_exchanger(actor)
    with opened_bundle(path) as (bundle, installation):
        return installation, foresee(bundle.manifest, installation)


@transaction.atomic
def receive_bundle(path: Path, *, name: str, actor: Actor, now: datetime) -> Bundle:
    """Keep a bundle that was found good, with what it would do; the same one waiting is found."""
    access.demand_exchanger(actor)
    with path.open("rb") as file:
        sha256 = file_digest(file, "sha256").hexdigest()
    with opened_bundle(path) as (opened, installation):
        if same := Bundle.objects.filter(sha256=sha256, state=Bundle.State.READ).first():
            return same
        lines = foresee(opened.manifest, installation)
        made = made_at(opened.manifest)
    bundle = Bundle(name=clean_name(name), sha256=sha256, installation=installation, made_at=made)
    bundle.person_id, bundle.received_at = actor.person_id, now
    with path.open("rb") as file:
        bundle.stored = default_storage.save(f"exchange/{uuid4().hex}", File(file))
    bundle.save()
    BundleLine.objects.bulk_create(_row(bundle, at, line) for at, line in enumerate(lines, start=1))
    trail.record("library.bundle.received", bundle, actor=actor, now=now, sha256=sha256)
    return bundle


def forget_bundles(*, now: datetime) -> int:
    """Every night: what nobody decided about for a week lapses, its file goes."""
    old = Bundle.objects.filter(state=Bundle.State.READ, received_at__lt=now - KEPT)
    for bundle in (found := list(old)):
        default_storage.delete(bundle.stored)
        bundle.state, bundle.stored, bundle.finished_at = Bundle.State.LAPSED, "", now
        bundle.save(update_fields=["state", "stored", "finished_at"])
    return len(found)


def _signer(uid: UUID, key: str) -> Installation:
    """The trusted installation with that name and key; else what to do."""
    known = Installation.objects.filter(uid=uid).first()
    if known and known.is_own:
        raise Refused(_("Questo pacchetto è di questa stessa installazione: qui c'è già tutto."))
    if known is None or known.ended_at is not None:
        raise Refused(
            _(
                "Il pacchetto viene da un'installazione di cui non ci si fida (ancora). Chiedi a "
                "chi la gestisce la sua chiave, confronta l'impronta al telefono o per PEC, "
                "aggiungila in «Scambio» fra le installazioni fidate, poi porta di nuovo il "
                "pacchetto."
            )
        )
    if known.public_key != key:
        raise Refused(
            _(
                "Il pacchetto dice di venire da «%(name)s», ma la chiave non è quella di cui ci si "
                "fida. Se l'hanno cambiata, fatti dare la nuova e aggiungila con lo stesso nome; "
                "altrimenti avvisali: qualcuno si fa passare per loro."
            )
            % {"name": known.name}
        )
    return known


def _row(bundle: Bundle, at: int, line: Line) -> BundleLine:
    return BundleLine(
        bundle=bundle,
        position=at,
        title=line.described.title,
        number=line.described.newest.number,
        outcome=line.outcome,
        sentence=line.sentence[:600],
        entry=line.arrival.entry if line.arrival else None,
    )
