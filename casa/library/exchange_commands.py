"""`casa exchange`: the key, whom to trust, and bundles out and in, on this machine."""

import os
import tempfile
from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.library.exchange.manifest import Manifest
from casa.library.models import Bundle, BundleLine, Installation
from casa.library.services import exchanging
from casa.registry.actor import SYSTEM, Actor, actor_for
from casa.registry.models import Person

FILE = click.Path(path_type=Path)


@click.command()
@click.option("--renew", is_flag=True, help="Fa una chiave nuova: chi si fida va avvisato.")
def key(*, renew: bool) -> None:
    """Dice la chiave pubblica di questa installazione e la sua impronta."""
    if renew:
        exchanging.renew_own_key(actor=SYSTEM, now=timezone.now())
    own = exchanging.own_key()
    click.echo(_("Chiave: %s") % own)
    click.echo(_("Impronta: %s") % own.fingerprint)


@click.command()
@click.argument("name")
@click.argument("publickey")
@click.option("--as", "email", default="", help="Chi lo fa, per il registro delle attività.")
def trust(name: str, publickey: str, email: str) -> None:
    """Si fida di un'altra installazione; con un nome già noto ne cambia la chiave."""
    actor = _actor(email) if email else SYSTEM
    row = exchanging.trust(name, key=publickey, fingerprint=None, actor=actor, now=timezone.now())
    given = exchanging.key_of(row)
    click.echo(
        _("Ci si fida di «%(name)s». Impronta: %(print)s")
        % {
            "name": row.name,
            "print": given.fingerprint,
        }
    )
    click.echo(_("Confrontala al telefono o per PEC con chi gestisce l'altra installazione."))


@click.command()
@click.argument("name")
@click.option("--as", "email", default="", help="Chi lo fa, per il registro delle attività.")
def distrust(name: str, email: str) -> None:
    """Non si fida più di un'altra installazione; ciò che è arrivato resta."""
    row = Installation.objects.filter(name=name, is_own=False).first()
    if row is None:
        raise Refused(_("Nessuna installazione si chiama «%(name)s».") % {"name": name})
    actor = _actor(email) if email else SYSTEM
    exchanging.end_trust(installation=row, actor=actor, now=timezone.now())
    click.echo(_("I pacchetti di «%(name)s» non si accettano più.") % {"name": name})


@click.command("export")
@click.argument("entries", nargs=-1, required=True, metavar="ENTRY…")
@click.argument("file", type=FILE)
@click.option("--as", "email", default="", help="Chi lo fa, per il registro delle attività.")
def export(entries: tuple[str, ...], file: Path, email: str) -> None:
    """Scrive in FILE un pacchetto firmato con queste schede (il loro indirizzo in biblioteca)."""
    actor = _actor(email) if email else SYSTEM
    slugs = [entry.rstrip("/").rpartition("/")[2] for entry in entries]
    manifest = _written(slugs, file, actor)
    versions = sum(len(entry.versions) for entry in manifest.entries)
    click.echo(
        _("%(file)s: schede %(entries)d, versioni %(versions)d.")
        % {"file": file, "entries": len(manifest.entries), "versions": versions}
    )


@click.command("import")
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Controlla e dice che cosa farebbe, senza farlo.")
@click.option("--publish", is_flag=True, help="Pubblica subito ciò che altrove fu rivisto.")
@click.option("--as", "email", required=True, help="Chi importa: gestisce la rete.")
def bring(file: Path, email: str, *, dry_run: bool, publish: bool) -> None:
    """Porta in biblioteca un pacchetto firmato da un'installazione fidata."""
    if not file.is_file():
        raise Refused(_("Il file %(file)s non c'è: controlla il percorso.") % {"file": file})
    actor, now = _actor(email), timezone.now()
    if dry_run:
        installation, lines = exchanging.try_bundle(file, actor=actor)
        click.echo(_("Prova: nulla è stato cambiato. Pacchetto di «%s».") % installation)
        for line in lines:
            _tell(line.outcome, line.described.title, line.described.newest.number, line.sentence)
        return
    bundle = exchanging.receive_bundle(file, name=file.name, actor=actor, now=now)
    bundle = exchanging.bring_now(bundle=bundle, publishes=publish, actor=actor, now=now)
    for row in bundle.lines.order_by("position"):
        _tell(row.outcome, row.title, row.number, row.sentence)
    _close(bundle)


def _close(bundle: Bundle) -> None:
    if bundle.problem:
        raise Refused(bundle.problem)
    refused = bundle.lines.filter(outcome="refused").count()
    if refused:
        raise Refused(_("Schede rifiutate: %d. Le altre sono a posto.") % refused)


def _tell(outcome: str, title: str, number: int, sentence: str) -> None:
    label = BundleLine.Outcome(outcome).label
    said = {"what": label, "title": title, "n": number, "why": sentence}
    click.echo((_("%(what)s: «%(title)s», versione %(n)d. %(why)s") % said).rstrip())


def _written(slugs: list[str], file: Path, actor: Actor) -> Manifest:
    """Written aside, then moved there whole: a refusal leaves no half file."""
    if not file.absolute().parent.is_dir():
        raise Refused(_("La cartella di %(file)s non c'è: controlla il percorso.") % {"file": file})
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "wb") as target:
            made = exchanging.export_entries(slugs, target=target, actor=actor, now=timezone.now())
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
    return made


def _actor(email: str) -> Actor:
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(_("Nessuno può accedere con l'indirizzo %(email)s.") % {"email": email})
    return actor_for(person, on=timezone.localdate())
