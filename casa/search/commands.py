"""The commands of search: `casa follower`, `casa reindex`, `casa search`."""

import json
import re
import time
from dataclasses import asdict
from datetime import date
from html import unescape

import click
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.progress import Progress

from casa.foundation import locks
from casa.foundation.errors import Refused
from casa.registry.actor import SYSTEM, Actor, actor_for
from casa.registry.models import Person
from casa.search import follower as following
from casa.search import indexing, queries
from casa.search.cpv import command as _load_cpv  # noqa: F401 -- adds to `casa load`
from casa.search.engine.seam import EngineBusy, EngineUnavailable
from casa.search.models import IndexState

WATCH_SECONDS = 0.2
SILENCE_SECONDS = 60.0


@click.command()
def follower() -> None:
    """Tiene l'indice della ricerca al passo con le schede (lo avvia già `casa up`)."""
    following.run(lambda words: click.echo(words, err=True))


@click.command()
def reindex() -> None:
    """Ricostruisce l'indice della ricerca da capo, senza che si smetta di trovare."""
    if not settings.SEARCH_SOURCE and locks.take(following.TURN):
        _rebuild_here()
    else:
        _have_it_rebuilt()
    click.echo(_("L'indice è ricostruito."), err=True)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Stampa i risultati in JSON.")
@click.option("--page", default=1, show_default=True, help="Quale pagina di risultati.")
@click.option("--as", "email", default="", help="Cerca come questa persona (senza: chiunque).")
def search(words: tuple[str, ...], page: int, email: str, *, as_json: bool) -> None:
    """Cerca come la pagina /cerca/ e stampa che cosa si trova."""
    result = queries.find(_actor(email), words=" ".join(words), page=page)
    if as_json:
        click.echo(json.dumps(asdict(result), ensure_ascii=False, indent=2, default=_plain))
        return
    for hit in result.hits:
        _print(hit)
    _print_notes(result)


COMMANDS = [follower, reindex, search]


def _rebuild_here() -> None:
    """No follower works: this process does it."""
    with Progress() as bar:
        task = bar.add_task(_("schede"), total=None)
        try:
            indexing.rebuild(
                indexing.present(),
                lambda done, total: bar.update(task, completed=done, total=total),
            )
        except (EngineUnavailable, EngineBusy) as reason:
            raise Refused(_("L'indice non si ricostruisce: %s") % reason) from reason
        finally:
            locks.let_go(following.TURN)


def _have_it_rebuilt() -> None:
    """The follower at work does it; this process watches."""
    indexing.ask_for_rebuild()
    with Progress() as bar:
        task = bar.add_task(_("schede"), total=None)
        while (state := IndexState.objects.get()).rebuild_wanted:
            if state.is_rebuilding:
                bar.update(task, completed=state.done, total=state.total)
            _expect_news(state)
            time.sleep(WATCH_SECONDS)


def _expect_news(state: IndexState) -> None:
    silent = (timezone.now() - state.beat_at).total_seconds() if state.beat_at else 0.0
    if silent > SILENCE_SECONDS:
        raise Refused(
            _("Il follower non risponde da un minuto. Guarda il suo registro, poi riprova.")
        )


def _actor(email: str) -> Actor:
    if not email:
        return SYSTEM
    person = Person.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise Refused(_("Nessuna persona con l'indirizzo %s può accedere.") % email)
    return actor_for(person, on=timezone.localdate())


def _print(hit: queries.Hit) -> None:
    click.secho(hit.title, bold=True)
    where = f" [{hit.clause.name}]" if hit.clause else ""
    click.echo(f"  {_in_bold(str(hit.passage))}{where}")
    day = hit.dated_on.strftime("%d/%m/%Y") if hit.dated_on else ""
    facts = [hit.kind, hit.body, day, hit.clause.url if hit.clause else hit.url]
    click.echo(f"  {' · '.join(fact for fact in facts if fact)}\n")


def _print_notes(result: queries.Result) -> None:
    if result.problem:
        click.echo(result.problem, err=True)
    if result.did_you_mean:
        click.echo(_("Forse cercavi: %s") % result.did_you_mean, err=True)
    if result.partial and result.hits:
        click.echo(_("Nessuna scheda contiene tutte le parole."), err=True)
    click.echo(_("Schede trovate: %d") % result.total, err=True)


def _in_bold(html: str) -> str:
    bold = re.sub(r"<mark>(.*?)</mark>", lambda match: click.style(match[1], bold=True), html)
    return unescape(bold)


def _plain(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else str(value)
