"""`casa import MANIFEST.csv`: an archive from a folder of this machine."""

from pathlib import Path

import click
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import Progress

from casa.foundation.errors import Refused
from casa.library.queries.imports import Summary, summary
from casa.library.services import importing
from casa.registry.actor import Actor, actor_for
from casa.registry.models import Body, Person

FILE = click.Path(path_type=Path)


@click.command()
@click.argument("manifest", type=FILE)
@click.option("--dry-run", is_flag=True, help="Controlla e dice che cosa farebbe, senza farlo.")
@click.option("--publish", is_flag=True, help="Pubblica senza revisione (gestione della rete).")
@click.option("--body", "slug", default="", help="L'ente, per chi scrive per più enti.")
@click.option("--as", "email", required=True, help="Chi importa: redige per l'ente.")
def archive(manifest: Path, slug: str, email: str, *, dry_run: bool, publish: bool) -> None:
    """Importa un archivio di documenti da un CSV e dai file accanto."""
    actor = _actor(email, slug)
    body, content = _body_of(actor), _read(manifest)
    files = importing.FolderFiles(manifest.parent, body)
    trial = importing.try_manifest(content, body=body, files=files, actor=actor)
    _tell(trial)
    if dry_run:
        click.echo(_("Prova: nulla è stato cambiato. L'importazione farebbe questo."))
        click.echo(trial.told)
        return
    run = importing.start_run(
        content,
        name=manifest.name,
        body=body,
        publishes=publish,
        actor=actor,
        now=timezone.now(),
        folder=str(manifest.resolve().parent),
    )
    with Progress(console=Console(stderr=True)) as bar:
        task = bar.add_task(_("righe"), total=run.rows)
        importing.bring_in(
            run=run,
            files=files,
            actor=actor,
            now=timezone.now(),
            progress=lambda done, total: bar.update(task, completed=done, total=total),
        )
    _close(summary(run))


def _tell(trial: importing.Trial) -> None:
    for mistake in trial.mistakes:
        click.echo(str(mistake), err=True)
    if trial.mistakes:
        raise Refused(
            _("Errori: %(count)s. Nulla è stato cambiato.") % {"count": len(trial.mistakes)}
        )
    for twin in trial.twins:
        facts = {"line": twin.line, "sentence": twin.sentence}
        click.echo(_("Riga %(line)s: %(sentence)s.") % facts, err=True)


def _close(done: Summary) -> None:
    for row in done.to_see:
        facts = {"line": row.line, "title": row.title, "sentence": row.sentence}
        if row.sentence:
            click.echo(_("Riga %(line)s, «%(title)s»: %(sentence)s") % facts, err=True)
        if row.twin:
            facts = {"line": row.line, "much": row.likeness, "twin": row.twin}
            words = _("Riga %(line)s: uguale al %(much)s%% a «%(twin)s».")
            click.echo(words % facts, err=True)
    click.echo(done.told)
    if done.refused:
        raise Refused(
            _("Righe non importate: %(count)s. Correggi e ripeti lo stesso comando.")
            % {"count": done.refused}
        )


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:
        raise Refused(
            _("Il file %(file)s non c'è o non si può leggere: controlla il percorso.")
            % {"file": file}
        ) from None


def _actor(email: str, slug: str) -> Actor:
    """The person who imports, acting for the body named or for the only one."""
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(_("Nessuno può accedere con l'indirizzo %(email)s.") % {"email": email})
    body = Body.objects.filter(slug=slug).first() if slug else None
    if slug and body is None:
        raise Refused(_("Nessun ente ha l'indirizzo «%(slug)s».") % {"slug": slug})
    today = timezone.localdate()
    return actor_for(person, on=today, acting_for=body.pk if body else None)


def _body_of(actor: Actor) -> Body:
    if actor.acting_for is None:
        raise Refused(_("Questa persona non opera per nessun ente: dalle un mandato di redazione."))
    return Body.objects.get(pk=actor.acting_for)
