"""`casa dossier`: archives from the command line."""

from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.dossier.models import Dossier
from casa.dossier.services import archiving
from casa.foundation.errors import Refused
from casa.registry.actor import SYSTEM, Actor, actor_for
from casa.registry.models import Person

FILE = click.Path(path_type=Path)
AS = click.option("--as", "email", default="", help="Chi lo fa (se manca, la piattaforma).")


@click.group()
def dossier() -> None:
    """Archivia un fascicolo in un file ZIP, o lo rifà da quel file."""


@dossier.command()
@click.argument("number", metavar="ID", type=int)
@click.argument("file", type=FILE)
@AS
def archive(number: int, file: Path, email: str) -> None:
    """Scrive l'archivio di un fascicolo, con ciò che chi lo chiede può leggere adesso."""
    actor = _actor(email)
    rows = Dossier.objects.select_related("case__office__body", "case__supporter")
    found = (rows if actor.system else rows.visible_to(actor)).filter(pk=number).first()
    if found is None:
        raise Refused(_("Il fascicolo %d non c'è, o non lo può leggere chi lo chiede.") % number)
    try:
        with file.open("xb") as target:
            written = archiving.pack(found, target, actor=actor, now=timezone.now())
    except OSError as problem:
        why = problem.strerror or str(problem)
        said = {"file": file, "why": why}
        raise Refused(_("Il file %(file)s non si può scrivere: %(why)s.") % said) from problem
    click.echo(_("Archivio scritto: %(count)d file.") % {"count": len(written.manifest["files"])})
    for sentence in written.left_out:
        click.echo(_("Non c'è: %s") % sentence, err=True)


@dossier.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Controlla e dice che cosa farebbe, senza farlo.")
@AS
def restore(file: Path, email: str, *, dry_run: bool) -> None:
    """Rifà il fascicolo di un archivio; se c'è già non cambia nulla."""
    if not file.is_file():
        raise Refused(_("Il file %s non c'è: controlla il percorso.") % file)
    made = archiving.restore(file, actor=_actor(email), now=timezone.now(), trial=dry_run)
    for note in made.notes:
        click.echo(note, err=True)
    click.echo(_told(made, dry_run=dry_run))


def _told(made: archiving.Restored, *, dry_run: bool) -> str:
    if not made.is_new:
        return _("Il fascicolo «%s» c'è già: non è cambiato nulla.") % made.title
    if dry_run or made.dossier is None:
        return _("Prova: l'archivio è integro, nascerebbe il fascicolo «%s».") % made.title
    said = {"title": made.title, "number": made.dossier.pk}
    return _("Importato il fascicolo %(number)d, «%(title)s».") % said


def _actor(email: str) -> Actor:
    if not email:
        return SYSTEM
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(_("Nessuno può accedere con l'indirizzo %(email)s.") % {"email": email})
    return actor_for(person, on=timezone.localdate())


COMMANDS: list[click.Command] = [dossier]
