"""`casa load starter`: the texts of the newsroom, beside the registry's tables; `casa exchange`."""

import click
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.library.exchange_commands import bring, distrust, export, key, trust
from casa.library.starter import seeding
from casa.library.starter.sources import folder
from casa.registry.commands import load


@load.command()
def starter() -> None:
    """Pubblica i modelli e i kit della Redazione, e propone le loro nuove versioni."""
    told = seeding.seed(folder(), tell=click.echo, now=timezone.now())
    click.echo(
        _(
            "Testi: %(published)s pubblicati, %(proposed)s proposti, %(refused)s rifiutati, "
            "%(same)s già a posto. Kit pubblicati: %(kits)s."
        )
        % {
            **{name: told[name] for name in ("published", "proposed", "refused", "same")},
            "kits": told["kit_published"],
        }
    )


@click.group()
def exchange() -> None:
    """Scambia schede con altre installazioni, in pacchetti firmati."""


for command in (key, trust, distrust, export, bring):
    exchange.add_command(command)

COMMANDS: list[click.Command] = [exchange]
