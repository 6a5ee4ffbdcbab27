"""`casa load guide [FILE]`: the table of norms, beside the registry's other tables."""

from pathlib import Path

import click
from django.conf import settings
from django.utils import timezone

from casa.guide.services import load_norms, read_norms
from casa.registry.actor import SYSTEM
from casa.registry.commands import load


@load.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
def guide(file: Path | None) -> None:
    """Carica la tabella delle norme (TOML; senza FILE quella della casa) e dice che cosa cambia."""
    path = file or Path(settings.ROOT) / "data" / "norms.toml"
    report = load_norms(read_norms(path), source=path.name, actor=SYSTEM, now=timezone.now())
    for line in report.lines():
        click.echo(line)


COMMANDS: list[click.Command] = []
