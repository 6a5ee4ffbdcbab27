"""The command `casa`: opens the house, runs its parts, and carries the commands of the rooms."""

import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path

import click

from casa.foundation.errors import Refused
from casa.foundation.opening.italian import in_italian, speak_italian
from casa.foundation.opening.plan import Plan, read_plan
from casa.foundation.opening.rooms import (
    at_home,
    just_looking,
    room_commands,
    start_django,
)
from casa.foundation.postgres import CannotStart
from casa.foundation.processes import stop_with_parent

REFUSED = 1
speak_italian()


class Rooms(click.Group):
    """The commands below and those of the rooms."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """List both kinds without loading the second."""
        return sorted({*super().list_commands(ctx), *room_commands()})

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of the help page."""
        summaries = {name: command.summary for name, command in room_commands().items()}
        for name in super().list_commands(ctx):
            summaries[name] = self.commands[name].get_short_help_str(90)
        with formatter.section("Comandi"):
            formatter.write_dl(sorted(summaries.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Load the command of a room, with what it needs around it."""
        name = args[0]
        if name in self.commands or name not in room_commands():
            return super().resolve_command(ctx, args)
        command = room_commands()[name]
        if not command.alone:
            ctx.with_resource(just_looking() if "--help" in args else at_home())
        return name, command.load(), args[1:]


@click.group(cls=Rooms, context_settings={"help_option_names": ["-h", "--help"]})
def casa() -> None:
    """La Casa dei Comuni da riga di comando."""


@casa.command()
def up() -> None:
    """Apre la piattaforma e la tiene in piedi (è quello che fa `make run`)."""
    from casa.foundation.opening.house import open_house

    if "MAKELEVEL" in os.environ:  # `make run`: who kills make means us
        stop_with_parent()
    plan = read_plan_here()
    open_house(plan, follows="follower" in room_commands(), tell=tell)


@casa.command()
@click.option("--announcement", type=click.Path(path_type=Path), hidden=True)
def prepare(announcement: Path | None) -> None:
    """Prepara database, file e stanze senza aprire (lo fa già `casa up`)."""
    with at_home():
        start_django()
        from casa.foundation.opening import preparation
        from casa.foundation.opening.database import wait_for_database

        wait_for_database()
        preparation.prepare_house(tell)
        words = preparation.announcement()
    if announcement is None:
        click.echo(words)
    else:
        announcement.write_text(words, encoding="utf-8")


@casa.command()
@click.option("--door", "doors", type=int, multiple=True, hidden=True)
@click.option("--reload", "reloads", is_flag=True, help="Riparte quando il codice cambia.")
def web(doors: tuple[int, ...], *, reloads: bool) -> None:
    """Risponde alle pagine (un processo)."""
    from casa.foundation.opening import door
    from casa.foundation.opening import web as pages

    plan = read_plan_here()
    with at_home():
        if reloads:
            pages.serve_reloading(plan.host, plan.port)
            return
        own = [door.borrow_door(number) for number in doors]
        pages.serve(own or [door.open_door(plan.host, plan.port)])


@casa.command()
@click.option("--number", default=1, help="Distingue più worker sullo stesso computer.")
@click.option("--queue", default="*", help="La coda da servire: «mail», oppure tutte.")
def worker(number: int, queue: str) -> None:
    """Esegue i lavori in coda."""
    plan = read_plan_here()
    with at_home():
        start_django()
        from casa.foundation.opening.database import wait_for_database
        from casa.foundation.opening.worker import work

        wait_for_database()
        work(plan, number=number, queue=queue)


@casa.command()
def doctor() -> None:
    """Dice in che stato sono la casa e il computer."""
    from casa.foundation.opening.doctor import examine

    healthy = True
    for finding in examine(read_plan_here()):
        click.echo(f"{finding.mark} {finding.about}: {finding.words}")
        healthy &= finding.fine
    if not healthy:
        raise SystemExit(REFUSED)


@casa.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": []},
    add_help_option=False,
)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def manage(words: tuple[str, ...]) -> None:
    """Passa a Django: `casa manage migrate`, `casa manage shell` …"""
    with at_home():
        from django.core.management import execute_from_command_line

        execute_from_command_line(["casa manage", *words])


in_italian(casa)


def read_plan_here() -> Plan:
    """Read the environment of this process."""
    return read_plan(os.environ)


def tell(words: str) -> None:
    """Say one line to whoever started the command, if they are still there."""
    with suppress(OSError):
        click.echo(f"· {words}", err=True)


def _refusals() -> tuple[type[Exception], ...]:
    """What stops a command with a sentence. Django is asked for only when something stopped."""
    from django.core.exceptions import ImproperlyConfigured

    return CannotStart, ImproperlyConfigured, Refused


def main() -> None:
    """Run the command line. 0 done, 1 refused with a reason on stderr, 2 wrong use."""
    for stream in (sys.stdout, sys.stderr):  # a terminal may not know every letter
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        casa()
    except _refusals() as reason:
        click.echo(f"\n{reason}", err=True)
        sys.exit(REFUSED)


if __name__ == "__main__":
    main()
