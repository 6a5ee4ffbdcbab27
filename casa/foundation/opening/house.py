"""`casa up`: database, preparation, workers, follower and web in one supervised group."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from casa.foundation.opening.door import address_of, open_door
from casa.foundation.opening.plan import (
    Plan,
    keep_secret_key,
    prepare_data_dir,
    set_surroundings,
)
from casa.foundation.opening.web import PULSE
from casa.foundation.postgres import CannotStart, PrivatePostgres
from casa.foundation.postgres.lock import hold_lock
from casa.foundation.queues import ALL, MAIL
from casa.foundation.supervisor import CommandPart, DatabasePart, Probe, StopAsked, Supervisor

PAGE = "/stato/vivo"
Tell = Callable[[str], None]


def open_house(plan: Plan, *, follows: bool, tell: Tell) -> None:
    """Open the house and keep it open until somebody asks to close it.

    `follows` says whether there is a follower to run. Raises `CannotStart` with the reason.
    """
    prepare_data_dir(plan.data_dir)
    with ExitStack() as until_closed:
        until_closed.enter_context(
            hold_lock(
                plan.data_dir / "up",
                refusal=f"La casa è già aperta con i dati di {plan.data_dir} (processo "
                "{owner}): fermala, oppure indica un'altra cartella in CASA_DATA_DIR.",
            )
        )
        door = until_closed.enter_context(open_door(plan.host, plan.port))
        keep_secret_key(plan.data_dir)
        supervisor = Supervisor(tell)
        try:
            with supervisor.listening():
                _ground(plan, supervisor=supervisor, port=door.getsockname()[1])
                said = _prepare(plan, supervisor=supervisor)
                for web in _webs(plan, door=door.fileno()):
                    supervisor.add(web)
                _wait_for_page(plan, supervisor=supervisor, address=door.getsockname()[:2])
                for helper in helpers(plan, follows=follows):
                    supervisor.add(helper)
                _welcome(door.getsockname()[:2], plan=plan, said=said, tell=tell)
                supervisor.watch()
        except StopAsked:
            tell("tutto fermo, il database per ultimo")


def _ground(plan: Plan, *, supervisor: Supervisor, port: int) -> None:
    url = plan.database_url
    if not url:
        server = PrivatePostgres(plan.database_dir)
        if not plan.database_dir.exists():
            supervisor.tell("creo il database")
        supervisor.add(DatabasePart(server), ground=True)
        url = server.url
    set_surroundings(plan, database_url=url, port=port)


def _prepare(plan: Plan, *, supervisor: Supervisor) -> str:
    """Let one process prepare everything; it tells its steps on our terminal."""
    said = plan.data_dir / "announcement.txt"
    said.unlink(missing_ok=True)
    errand = CommandPart(
        "la preparazione", [*_casa("prepare"), "--announcement", said], env=os.environ, log=None
    )
    code = supervisor.run_once(errand)
    if code:
        raise CannotStart("La casa resta chiusa: la preparazione non è riuscita.")
    words = said.read_text() if said.exists() else ""
    said.unlink(missing_ok=True)
    return words


def _webs(plan: Plan, *, door: int) -> list[CommandPart]:
    return [_web(plan, door=door, number=number + 1) for number in range(plan.web_processes)]


def helpers(plan: Plan, *, follows: bool) -> Iterator[CommandPart]:
    """Give the parts no page waits for: they start when the first page has answered."""
    for number in range(1, plan.workers + 1):
        yield _worker(plan, number=number)
    if follows:
        yield CommandPart(
            "l'indicizzatore della ricerca (follower)",
            _casa("follower"),
            env=os.environ,
            log=plan.log("follower"),
        )


def _worker(plan: Plan, *, number: int) -> CommandPart:
    """Give a worker. The last of several serves mails only: no mail waits behind a long reading."""
    mails_only = plan.workers > 1 and number == plan.workers
    which = f" {number}" if number > 1 else ""
    return CommandPart(
        f"l'esecutore {'della posta' if mails_only else 'dei lavori'} (worker{which})",
        [*_casa("worker"), f"--number={number}", f"--queue={MAIL if mails_only else ALL}"],
        env=os.environ,
        log=plan.log("worker"),
    )


def _web(plan: Plan, *, door: int, number: int) -> CommandPart:
    """Give a web process: it shares the door with the others and has one of its own to be asked."""
    pulse = open_door("127.0.0.1", 0)
    own = pulse.detach()
    which = f" {number}" if plan.web_processes > 1 else ""
    return CommandPart(
        f"il server web{which}",
        [*_casa("web"), f"--door={door}", f"--door={own}"],
        env=os.environ,
        log=plan.log("web"),
        pass_fds=(door, own),
        probe=Probe(address_of(own), path=PULSE),
    )


def _wait_for_page(plan: Plan, *, supervisor: Supervisor, address: tuple[str, int]) -> None:
    """Wait for a real page, which also loads what the first visitor would wait for."""
    probe = Probe((_reachable(address[0]), address[1]), path=PAGE, longest=float("inf"))

    def answered() -> bool:
        probe.is_hung()
        return probe.answered

    supervisor.wait_until(answered)
    if b" 500 " in probe.answer + b" ":
        supervisor.tell(f"attenzione: la pagina dà errore, il perché è in {plan.log('web')}")


def _welcome(address: tuple[str, int], *, plan: Plan, said: str, tell: Tell) -> None:
    host = _reachable(address[0])
    shown = f"[{host}]" if ":" in host else host
    if said.strip():
        tell(said.strip())
    tell(f"i messaggi di ogni parte, e le e-mail di prova, sono in {plan.log('web').parent}/")
    tell(f"la Casa dei Comuni è aperta: http://{shown}:{address[1]}/ (Ctrl-C la chiude)")


def _reachable(host: str) -> str:
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104


def _casa(command: str) -> list[str | Path]:
    return [sys.executable, "-m", "casa.cli", command]
