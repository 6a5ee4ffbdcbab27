"""Who this installation is, and whose bundles it takes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library import access
from casa.library.exchange import keys
from casa.library.exchange.keys import PublicKey
from casa.library.models import Installation
from casa.registry import trail
from casa.registry.actor import Actor


def own_installation() -> Installation:
    """This installation, named once for ever."""
    return Installation.objects.get_or_create(is_own=True, defaults={"name": ""})[0]


def own_key() -> PublicKey:
    """Our public key; the pair is made on first need."""
    return keys.public_key(own_installation().uid)


def key_of(installation: Installation) -> PublicKey:
    """The key that another installation signs with."""
    return PublicKey(installation.uid, installation.public_key)


@transaction.atomic
def renew_own_key(*, actor: Actor, now: datetime) -> PublicKey:
    """A new key pair: whoever trusted the old one must be told the new one by a person."""
    _demand(actor)
    before = own_key().fingerprint
    keys.renew_key()
    key = own_key()
    trail.record(
        "library.exchange.key_renewed",
        own_installation(),
        actor=actor,
        now=now,
        before=before,
        after=key.fingerprint,
    )
    return key


@transaction.atomic
def trust(
    name: str, *, key: str, fingerprint: str | None, actor: Actor, now: datetime
) -> Installation:
    """Take the bundles that this key signs. A name that is known changes its key.

    `fingerprint` is what the other side read aloud; the command line shows ours instead (None).
    """
    _demand(actor)
    given = keys.read_public_key(key)
    if fingerprint is not None and not keys.same_fingerprint(fingerprint, given.fingerprint):
        raise Refused(
            _(
                "L'impronta non è quella di questa chiave. Fattela leggere di nuovo da chi "
                "gestisce l'altra installazione, al telefono o per PEC: se non torna, non fidarti."
            )
        )
    known = _known(name.strip(), given)
    if known.public_key == given.key and known.ended_at is None:
        return known
    known.public_key, known.ended_at = given.key, None
    known.trusted_at, known.trusted_by_id = now, actor.id
    known.save()
    trail.record(
        "library.installation.trusted", known, actor=actor, now=now, fingerprint=given.fingerprint
    )
    return known


@transaction.atomic
def end_trust(*, installation: Installation, actor: Actor, now: datetime) -> Installation:
    """Take no more bundles of it; what is here stays."""
    _demand(actor)
    row = Installation.objects.select_for_update(of=("self",)).get(pk=installation.pk)
    if row.ended_at is None and not row.is_own:
        row.ended_at = now
        row.save(update_fields=["ended_at"])
        trail.record("library.installation.ended", row, actor=actor, now=now)
    return row


def _demand(actor: Actor) -> None:
    if not actor.system:
        access.demand_exchanger(actor)


def _known(name: str, given: PublicKey) -> Installation:
    """The row of that installation: its own by the name, none of another's."""
    if not name:
        raise Refused(_("Scrivi il nome con cui vuoi riconoscere l'altra installazione."))
    rows = Installation.objects.select_for_update(of=("self",))
    same = rows.filter(uid=given.uid).first()
    if same and same.is_own:
        raise Refused(_("Questa è la chiave della tua installazione: serve quella dell'altra."))
    if same and same.name != name:
        raise Refused(
            _("Questa installazione è già qui con il nome «%(name)s»: usa lo stesso nome.")
            % {"name": same.name}
        )
    if same is None and rows.filter(name=name).exists():
        raise Refused(
            _("«%(name)s» è già il nome di un'altra installazione: scegline un altro.")
            % {"name": name}
        )
    return same or Installation(uid=given.uid, name=name[:120])
