"""Making a signed bundle of chosen entries."""

from collections.abc import Sequence
from datetime import datetime
from typing import IO

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access
from casa.library.exchange import keys
from casa.library.exchange.describing import Packed, describe
from casa.library.exchange.manifest import FORMAT, MOST_ENTRIES, MOST_VERSIONS, Manifest
from casa.library.exchange.zips import most_bytes, write_bundle
from casa.library.models import Entry, Installation
from casa.library.queries.exchange import exportable
from casa.library.services.exchanging.trusting import own_installation
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import Body


@transaction.atomic
def export_entries(
    slugs: Sequence[str], *, target: IO[bytes], actor: Actor, now: datetime
) -> Manifest:
    """Write the bundle of these entries: only what everybody may read and use, all of it or none.

    The trail keeps who took out what; in the bundle stand bodies, never persons.
    """
    if not actor.system:
        access.demand_exchanger(actor)
    entries = _entries(slugs)
    own = own_installation()
    packed = describe(entries, own=own.uid)
    _refuse_too_much(packed)
    manifest = Manifest(
        format=FORMAT,
        installation=str(own.uid),
        name=own_name(),
        public_key=keys.public_key(own.uid).key,
        made_at=timezone.localtime(now).isoformat(timespec="seconds"),
        entries=packed.entries,
    )
    write_bundle(target, manifest, packed.files, keys.private_key())
    _record(own, entries, actor=actor, now=now)
    return manifest


def own_name() -> str:
    """How this installation presents itself: the network's body, and where it is."""
    network = Body.objects.in_use().filter(kind=Body.Kind.NETWORK, is_demo=False).first()
    return f"{network or 'Casa dei Comuni'} ({settings.SITE_ADDRESS})"[:120]


def _record(own: Installation, entries: Sequence[Entry], *, actor: Actor, now: datetime) -> None:
    slugs = [entry.slug for entry in entries]
    trail.record("library.exchange.exported", own, actor=actor, now=now, entries=slugs)


def _entries(slugs: Sequence[str]) -> list[Entry]:
    """The entries by their address, in one order; what may not go out is named."""
    wanted = list(dict.fromkeys(slugs))
    if not wanted:
        raise Refused(_("Scegli almeno una scheda da esportare."))
    if len(wanted) > MOST_ENTRIES:
        raise Refused(_("Un pacchetto porta al massimo %d schede: fanne più d'uno.") % MOST_ENTRIES)
    found = {entry.slug: entry for entry in exportable().filter(slug__in=wanted)}
    if missing := [slug for slug in wanted if slug not in found]:
        raise Refused(
            _(
                "Non si può esportare: %(slugs)s. Escono solo schede nate qui, pubblicate per "
                "tutti, con licenza aperta, non ritirate e non dimostrative."
            )
            % {"slugs": ", ".join(missing[:10])}
        )
    return [found[slug] for slug in sorted(found)]


def _refuse_too_much(packed: Packed) -> None:
    size = sum(path.stat().st_size for path in packed.files.values())
    if size > most_bytes() or any(len(one.versions) > MOST_VERSIONS for one in packed.entries):
        raise Refused(_("I file scelti sono troppo grandi per un pacchetto: fanne più d'uno."))
