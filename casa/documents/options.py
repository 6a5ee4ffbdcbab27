"""What the document commands share: kinds of arguments, `--json`, and how a refusal ends them."""

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from casa.drafting import Unreadable

REFUSED = 1
FILE = click.Path(path_type=Path, dir_okay=False)
NEW_FILE = click.Path(path_type=Path, dir_okay=False, writable=True)

as_json = click.option("--json", "as_json", is_flag=True, help="Stampa in JSON.")


def sentence(command: Callable[..., None]) -> Callable[..., None]:
    """A file that cannot be read ends the command with its sentence and exit code 1."""

    @wraps(command)
    def told(**values: Any) -> None:
        try:
            command(**values)
        except Unreadable as refusal:
            click.echo(refusal.message, err=True)
            raise SystemExit(REFUSED) from refusal

    return told
