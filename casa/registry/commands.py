"""The commands of the registry: `load territory`, `import people`, `demo`, `manager`, `owners`."""

from datetime import datetime
from pathlib import Path

import click
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import demo as demonstration
from casa.registry import importers
from casa.registry.actor import SYSTEM, Actor, actor_for
from casa.registry.models import NetworkRole, Person
from casa.registry.queries.succession import ownerless
from casa.registry.services import accounts, closing, network, people_import, second_factor
from casa.registry.services.territory import load_territory, read_istat

FILE = click.Path(path_type=Path)


@click.group()
def load() -> None:
    """Aggiorna le tabelle della casa da un file ufficiale."""


@load.command()
@click.argument("file", type=FILE)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help="Il giorno dell'elenco (oggi).")
@click.option("--as", "email", default="", help="Chi lo fa, per il registro delle attività.")
def territory(file: Path, on: datetime | None, email: str) -> None:
    """Carica l'elenco dei Comuni dell'ISTAT (CSV) e dice che cosa cambia."""
    report = load_territory(
        read_istat(_read(file)),
        on=on.date() if on else timezone.localdate(),
        source=file.name,
        actor=_actor(email),
        now=timezone.now(),
    )
    for line in report.lines():
        click.echo(line)


class Importers(click.Group):
    """`people` and what upper rooms offer (`casa.registry.importers`); a file's name alone is
    for the first of those: `casa import MANIFEST.csv`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List both kinds."""
        return sorted({*super().list_commands(ctx), *importers.offered()})

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Load the command of an upper room when it is called."""
        return super().get_command(ctx, name) or importers.load(name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Take what is no name of a command for the file of the first that was offered."""
        if args[0] not in self.list_commands(ctx) and importers.offered():
            args = [next(iter(importers.offered())), *args]
        return super().resolve_command(ctx, args)


@click.group("import", cls=Importers)
def import_() -> None:
    """Porta nella casa dati preparati altrove: `casa import MANIFEST.csv`, `casa import people`."""


@import_.command()
@click.argument("file", type=FILE)
@click.option("--dry-run", is_flag=True, help="Controlla e dice che cosa farebbe, senza farlo.")
@click.option("--mail", is_flag=True, help="Scrive alle persone nuove come entrare.")
@click.option("--as", "email", default="", help="Chi lo fa, per il registro delle attività.")
def people(file: Path, email: str, *, dry_run: bool, mail: bool) -> None:
    """Importa enti, uffici, persone e mandati da un CSV: tutto o niente."""
    outcome = people_import.import_people(
        _read(file),
        actor=_actor(email),
        now=timezone.now(),
        dry_run=dry_run,
        tell_by_mail=mail,
    )
    for mistake in outcome.mistakes:
        click.echo(str(mistake), err=True)
    if outcome.mistakes:
        raise Refused(
            _("Errori: %(count)s. Nulla è stato cambiato.") % {"count": len(outcome.mistakes)}
        )
    if dry_run:
        click.echo(_("Prova: nulla è stato cambiato. L'importazione farebbe questo."))
    click.echo(outcome.told)


@click.command()
@click.option("--remove", is_flag=True, help="Toglie la dimostrazione, per sempre.")
@click.option("--code", "email", default="", help="Il codice di accesso di un account (e-mail).")
def demo(email: str, *, remove: bool) -> None:
    """Dice chi sono gli account dimostrativi; li toglie; dà i loro codici."""
    if remove:
        click.echo(demonstration.remove())
    elif email:
        click.echo(demonstration.code(email))
    else:
        click.echo(demonstration.announce() or _("La dimostrazione non c'è."))


@click.command()
@click.argument("email")
@click.option("--name", default="", help="Il nome, se la persona è nuova.")
@click.option("--surname", default="", help="Il cognome, se la persona è nuova.")
@click.option(
    "--role",
    type=click.Choice(NetworkRole.Role.values),
    default="manager",
    help="Gestione (manager) o revisione (reviewer) della rete.",
)
@click.option("--end", is_flag=True, help="Toglie il ruolo invece di darlo.")
@click.option("--as", "by", default="", help="Chi lo fa, per il registro delle attività.")
def manager(email: str, name: str, surname: str, role: str, by: str, *, end: bool) -> None:
    """Dà a una persona la gestione (o la revisione) della rete, o gliela toglie."""
    actor, now = _actor(by), timezone.now()
    if end:
        person = _person(email)
        ended = network.end_network_role(
            person=person, role=NetworkRole.Role(role), actor=actor, now=now
        )
        click.echo(_("Ruolo tolto.") if ended else _("Non aveva questo ruolo."))
        return
    with transaction.atomic():
        person = _person_or_new(email, name=name, surname=surname, actor=actor)
        network.grant_network_role(person=person, role=NetworkRole.Role(role), actor=actor, now=now)
    click.echo(
        _("%(person)s ha il ruolo «%(role)s». Entra da %(address)s con «Password dimenticata».")
        % {
            "person": person,
            "role": NetworkRole.Role(role).label,
            "address": settings.SITE_ADDRESS + reverse("account_login"),
        }
    )


@click.command("reset-factor")
@click.argument("email")
@click.option("--reason", required=True, help="Perché: resta nel registro, lo legge la persona.")
@click.option("--as", "by", default="", help="Chi lo fa, per il registro delle attività.")
def reset_factor(email: str, reason: str, by: str) -> None:
    """Azzera la verifica in due passaggi di chi ha perso telefono e codici di recupero."""
    person = _person(email)
    second_factor.reset_second_factor(
        person=person, reason=reason, actor=_actor(by), now=timezone.now()
    )
    click.echo(_("Verifica azzerata: %(person)s la attiva di nuovo entrando.") % {"person": person})


@click.group("person")
def person_() -> None:
    """Le persone della rete."""


@person_.command("close")
@click.argument("email")
@click.option("--as", "by", default="", help="Chi lo fa, per il registro delle attività.")
def close(email: str, by: str) -> None:
    """Chiude per sempre l'accesso di una persona e ne cancella l'indirizzo."""
    person = closing.close_login(person=_person(email), actor=_actor(by), now=timezone.now())
    click.echo(_("L'accesso di %(person)s è chiuso.") % {"person": person})


@click.command()
def owners() -> None:
    """Elenca ciò di cui nessuno si occupa più: ciò che un mandato finito ha lasciato."""
    found = ownerless(on=timezone.localdate())
    for label, things in found:
        click.echo(f"{label}: {len(things)}")
        for thing in things:
            click.echo(f"  {thing.title} {thing.url}".rstrip())
    if found:
        raise Refused(_("Fai le consegne da «Consegne e riconferme» (/rete/consegne/)."))
    click.echo(_("Tutto ha chi se ne occupa."))


COMMANDS = [load, import_, demo, manager, reset_factor, person_, owners]


def _read(file: Path) -> bytes:
    if not file.is_file():
        raise Refused(_("Il file %(file)s non c'è: controlla il percorso.") % {"file": file})
    try:
        return file.read_bytes()
    except OSError:
        raise Refused(
            _("Il file %(file)s non si può leggere: controlla i permessi.") % {"file": file}
        ) from None


def _actor(email: str) -> Actor:
    """Who acts: the person with that address, else the platform itself."""
    return actor_for(_person(email), on=timezone.localdate()) if email else SYSTEM


def _person(email: str) -> Person:
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(_("Nessuno può accedere con l'indirizzo %(email)s.") % {"email": email})
    return person


def _person_or_new(email: str, *, name: str, surname: str, actor: Actor) -> Person:
    named = Person.objects.filter(email__iexact=email)
    if named.exists() and not accounts.unproved(named).exists():
        return _person(email)
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(_("«%(email)s» non è un indirizzo e-mail.") % {"email": email}) from None
    if not (name and surname):
        raise Refused(_("%(email)s è nuovo: aggiungi --name e --surname.") % {"email": email})
    return network.register_person(
        email=email, given_name=name, family_name=surname, actor=actor, now=timezone.now()
    )
