"""`casa load cpv FILE`: one more table that the registry's `casa load` brings up to date."""

from pathlib import Path

import click
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.actor import SYSTEM
from casa.registry.commands import load
from casa.search.cpv.loading import load_cpv
from casa.search.cpv.reading import read_cpv


@load.command()
@click.argument("file", type=click.Path(path_type=Path))
def cpv(file: Path) -> None:
    """Carica la nomenclatura CPV (CSV o TSV: codice, etichetta) e dice che cosa cambia."""
    try:
        content = file.read_bytes()
    except OSError as reason:
        raise Refused(
            _("Il file %s non si può leggere: controlla percorso e permessi.") % file
        ) from reason
    report = load_cpv(read_cpv(content), source=file.name, actor=SYSTEM)
    for line in report.lines():
        click.echo(line)
