"""`casa load guide [PATH]`: the norms and the rules of the law. `casa guide`: which procedure."""

import json
from pathlib import Path

import click
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from casa.guide.choosing import BadNeed, advise
from casa.guide.choosing.printing import lines
from casa.guide.choosing.typed import need_of
from casa.guide.law import Law
from casa.guide.options import of_need
from casa.guide.queries import law_of
from casa.guide.services import Report, load_norms, load_rules, read_norms, read_rules
from casa.registry.actor import SYSTEM
from casa.registry.commands import load

WRONG_USE = 2


@load.command()
@click.argument("path", type=click.Path(path_type=Path), required=False)
def guide(path: Path | None) -> None:
    """Carica norme (un file TOML) o regole (una cartella); senza PERCORSO quelle della casa."""
    data = Path(settings.ROOT) / "data"
    for one in [path] if path else [data / "norms.toml", data / "guide"]:
        for line in _loaded(one).lines():
            click.echo(line)


def _loaded(path: Path) -> Report:
    now = timezone.now()
    if path.is_dir():
        return load_rules(read_rules(path), source=path.name, actor=SYSTEM, now=now)
    return load_norms(read_norms(path), source=path.name, actor=SYSTEM, now=now)


@click.command("guide")
@of_need
def ask(*, as_json: bool, **typed: str | bool | None) -> None:
    """Dice quale procedura usare e chi la fa: `casa guide --kind services --amount 120000`."""
    try:
        need = need_of(typed, today=timezone.localdate())
    except BadNeed as wrong:
        click.echo(str(wrong), err=True)
        raise SystemExit(WRONG_USE) from wrong
    advice = advise(need, _law())
    if as_json:
        click.echo(json.dumps(advice.as_json(), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines(need, advice)))


def _law() -> Law:
    """The rules of this platform; those of the files where it was never prepared."""
    try:
        law = law_of()
    except DatabaseError:
        law = Law([])
    if law.history("procedures", "code_effective"):
        return law
    return Law(read_rules(Path(settings.ROOT) / "data" / "guide"))


COMMANDS: list[click.Command] = [ask]
