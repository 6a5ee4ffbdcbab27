"""The supervisor with small parts: what falls stands up again, and everything ends in order."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casa.foundation.postgres import CannotStart
from casa.foundation.processes import is_running
from casa.foundation.supervisor import CommandPart, Part, Probe, StopAsked, Supervisor
from casa.foundation.supervisor import supervisor as loop
from casa.foundation.supervisor.logs import LARGEST, keep_small, last_lines

SLEEPER = ["sleep", "600"]
FAILING = ["sh", "-c", "echo non trovo il file; exit 3"]


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def supervisor(told: list[str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(told.append)
    yield supervisor
    supervisor.stop()


@pytest.fixture
def part(tmp_path: Path) -> Callable[..., CommandPart]:
    def make(label: str, command: list[str], **extra) -> CommandPart:
        return CommandPart(label, command, env=os.environ, log=tmp_path / f"{label}.log", **extra)

    return make


def kill_and_wait(part: CommandPart, supervisor: Supervisor) -> None:
    before = part.pid
    os.kill(before, signal.SIGKILL)
    within(supervisor, lambda: part.pid != before)


def within(supervisor: Supervisor, reached: Callable[[], bool], *, seconds: float = 10.0) -> None:
    deadline = time.monotonic() + seconds
    supervisor.wait_until(lambda: reached() or time.monotonic() > deadline)
    assert reached(), "it never came to that"


def test_a_killed_part_runs_again_and_one_line_names_it(supervisor, part, told) -> None:
    web, other = part("il server web", SLEEPER), part("l'altro", SLEEPER)
    supervisor.add(web)
    supervisor.add(other)
    untouched = other.pid
    kill_and_wait(web, supervisor)
    assert told == ["il server web si è fermato (segnale 9): riavviato"]
    assert is_running(web.pid)
    assert other.pid == untouched


def test_an_exit_code_is_named_as_such(supervisor, part, told, tmp_path) -> None:
    once = f"test -e {tmp_path}/seen && exec sleep 600; touch {tmp_path}/seen; exit 7"
    supervisor.add(part("il worker", ["sh", "-c", once]))
    within(supervisor, lambda: bool(told))
    assert told == ["il worker si è fermato (codice 7): riavviato"]


def test_five_falls_in_a_minute_end_it_with_the_reason(supervisor, part, told) -> None:
    supervisor.add(part("il worker", FAILING))
    with pytest.raises(CannotStart) as refusal:
        supervisor.watch()
    assert str(refusal.value).startswith(
        "il worker si è fermato 5 volte in un minuto (l'ultima: codice 3): fermo tutto."
    )
    assert "non trovo il file" in str(refusal.value)
    assert len(told) == 4


def test_falls_far_from_each_other_are_forgiven(part) -> None:
    told, skipped = [], [0.0]
    supervisor = Supervisor(told.append, clock=lambda: time.monotonic() + skipped[0])
    patient = part("il server web", SLEEPER)
    supervisor.add(patient)
    for _ in range(6):
        skipped[0] += 31.0
        kill_and_wait(patient, supervisor)
    supervisor.stop()
    assert len(told) == 6


def test_what_falls_with_the_database_comes_back_without_a_word(
    supervisor, part, told, tmp_path
) -> None:
    ground = part("il database", SLEEPER)
    leaning = part(
        "il worker",
        [
            "sh",
            "-c",
            f"while test ! -e {tmp_path}/gone; do sleep 0.1; done; rm {tmp_path}/gone; exit 1",
        ],
    )
    supervisor.add(ground, ground=True)
    supervisor.add(leaning)
    before = leaning.pid
    os.kill(ground.pid, signal.SIGKILL)
    (tmp_path / "gone").touch()
    within(supervisor, lambda: leaning.pid != before and leaning.returncode() is None)
    assert told == ["il database si è fermato (segnale 9): riavviato"]


def test_a_part_killed_beside_the_database_is_still_named(supervisor, part, told) -> None:
    ground, web = part("il database", SLEEPER), part("il server web", SLEEPER)
    supervisor.add(ground, ground=True)
    supervisor.add(web)
    kill_and_wait(ground, supervisor)
    kill_and_wait(web, supervisor)
    assert told[1] == "il server web si è fermato (segnale 9): riavviato"


def test_what_a_part_left_behind_ends_with_it(supervisor, part, tmp_path) -> None:
    parent = part("il worker", ["sh", "-c", f"sleep 600 & echo $! > {tmp_path}/child; wait"])
    supervisor.add(parent)
    within(supervisor, (tmp_path / "child").exists)
    time.sleep(0.1)
    child = int((tmp_path / "child").read_text())
    kill_and_wait(parent, supervisor)
    assert not is_running(child)


def test_stopping_goes_from_the_top_down_and_the_ground_last(supervisor, part, tmp_path) -> None:
    for name in ("ground", "worker", "web"):
        note = f"trap 'sleep 0.{3 if name == 'worker' else 1}; echo {name} >> {tmp_path}/order; exit 0' TERM; touch {tmp_path}/{name}; while :; do sleep 0.05; done"
        supervisor.add(part(name, ["sh", "-c", note]), ground=name == "ground")
    within(supervisor, lambda: all((tmp_path / n).exists() for n in ("ground", "worker", "web")))
    supervisor.stop()
    assert (tmp_path / "order").read_text().split() == ["web", "worker", "ground"]


def test_a_part_that_will_not_stop_is_ended(supervisor, part, told, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(loop, "PATIENCE", 0.5)
    stubborn = part(
        "il worker", ["sh", "-c", f"trap '' TERM; touch {tmp_path}/up; while :; do sleep 0.1; done"]
    )
    supervisor.add(stubborn)
    within(supervisor, (tmp_path / "up").exists)
    pid = stubborn.pid
    supervisor.stop()
    assert not is_running(pid)
    assert told == ["il worker non si ferma: lo chiudo"]


def test_an_errand_is_waited_for_and_its_end_is_given(supervisor, part) -> None:
    assert supervisor.run_once(part("la preparazione", ["sh", "-c", "exit 0"])) == 0
    assert supervisor.run_once(part("la preparazione", ["sh", "-c", "exit 4"])) == 4


SCRIPT = """
    import os, sys
    from pathlib import Path
    from casa.foundation.supervisor import CommandPart, StopAsked, Supervisor
    here = Path(sys.argv[1])
    supervisor = Supervisor(lambda words: print(words, flush=True))
    part = CommandPart("il server web", {command}, env=os.environ, log=here / "log")
    try:
        with supervisor.listening():
            supervisor.add(part)
            print(part.pid, flush=True)
            supervisor.watch()
    except StopAsked:
        print("closed", flush=True)
"""


def in_another_process(where: Path, command: list[str]) -> tuple[subprocess.Popen[str], int]:
    code = textwrap.dedent(SCRIPT).format(command=command)
    words = [sys.executable, "-c", code, str(where)]
    other = subprocess.Popen(words, stdout=subprocess.PIPE, text=True)
    return other, int(other.stdout.readline())


@pytest.mark.parametrize("request_to_stop", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_stop_ends_everything_and_is_no_failure(tmp_path, request_to_stop) -> None:
    other, child = in_another_process(tmp_path, SLEEPER)
    other.send_signal(request_to_stop)
    assert other.wait(timeout=10) == 0
    assert other.stdout.read() == "closed\n"
    assert not is_running(child)


def test_the_parts_of_a_killed_supervisor_die_with_it(tmp_path) -> None:
    other, child = in_another_process(tmp_path, SLEEPER)
    other.kill()
    other.wait()
    deadline = time.monotonic() + 5
    while is_running(child):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_second_ctrl_c_does_not_wait_any_longer(tmp_path) -> None:
    stubborn = ["sh", "-c", f"trap '' TERM; touch {tmp_path}/up; while :; do sleep 0.1; done"]
    other, child = in_another_process(tmp_path, stubborn)
    while not (tmp_path / "up").exists():
        time.sleep(0.02)
    other.send_signal(signal.SIGINT)
    time.sleep(0.5)
    assert other.poll() is None
    other.send_signal(signal.SIGINT)
    assert other.wait(timeout=5) == 130
    assert not is_running(child)


def test_a_request_to_stop_before_the_first_part_is_heard(supervisor, part) -> None:
    with supervisor.listening():
        os.kill(os.getpid(), signal.SIGTERM)
        with pytest.raises(StopAsked):
            supervisor.add(part("il server web", SLEEPER))


class Server:
    """A listener that can be told to go mute."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = self.listener.getsockname()
        self.mute = False
        self.status = b"200 OK"
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        held = []
        while True:
            link, _ = self.listener.accept()
            if self.mute:
                held.append(link)
                continue
            link.recv(1024)
            link.sendall(b"HTTP/1.1 %s\r\n\r\n" % self.status)
            link.close()


@pytest.fixture
def server() -> Server:
    return Server()


def ask(probe: Probe, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if probe.is_hung():
            return True
        time.sleep(0.01)
    return False


def test_a_server_that_answers_is_not_hung(server) -> None:
    probe = Probe(server.address, path="/", longest=0.3)
    assert not ask(probe, seconds=2.5)
    assert probe.answer == b"HTTP/1.1 200 OK"


def test_a_server_that_no_longer_answers_is_hung(server) -> None:
    probe = Probe(server.address, path="/", longest=0.3)
    assert not ask(probe, seconds=0.5)
    server.mute = True
    assert ask(probe, seconds=3)


def test_a_server_that_says_nothing_moves_any_more_is_hung(server) -> None:
    probe = Probe(server.address, path="/", longest=60)
    assert not ask(probe, seconds=0.5)
    server.status = b"503 Service Unavailable"
    assert ask(probe, seconds=3)
    probe.forget()
    server.status = b"200 OK"
    assert not ask(probe, seconds=0.5)


def test_a_server_that_never_answered_yet_is_given_time(server) -> None:
    server.mute = True
    probe = Probe(server.address, path="/", longest=0.3)
    assert not ask(probe, seconds=2)
    assert not probe.answered


def test_a_closed_port_is_not_a_hung_server() -> None:
    probe = Probe(("127.0.0.1", 1), path="/", longest=0.3)
    assert not ask(probe, seconds=1.5)


class Hung:
    """A part that says of itself that it hangs, until it is started again."""

    label = "il server web"

    def __init__(self) -> None:
        self.starts = self.kills = 0

    def start(self) -> None:
        self.starts += 1

    def returncode(self) -> int | None:
        return None if self.starts > self.kills else -9

    def is_hung(self) -> bool:
        return self.starts == 1

    def ask_to_stop(self) -> None:
        self.kills = self.starts

    def kill(self) -> None:
        self.kills += 1

    def last_words(self) -> str:
        return ""

    def tidy(self) -> None: ...


def test_a_hung_part_is_ended_and_started_again(supervisor, told) -> None:
    hung: Part = Hung()
    supervisor.add(hung)
    within(supervisor, lambda: hung.starts == 2)
    assert told == ["il server web si è fermato (non rispondeva più): riavviato"]


def test_a_long_log_is_moved_aside_while_its_writer_goes_on(tmp_path) -> None:
    path = tmp_path / "web.log"
    with path.open("ab", buffering=0) as writer:
        writer.write(b"x" * LARGEST + b"\n")
        keep_small(path)
        assert path.stat().st_size == 0
        writer.write(b"and then\n")
    assert path.read_text() == "and then\n"
    assert (tmp_path / "web.log.1").stat().st_size == LARGEST + 1


def test_the_last_lines_of_a_log_explain_a_fall(tmp_path) -> None:
    path = tmp_path / "web.log"
    assert last_lines(path) == ""
    path.write_text("\n".join(str(number) for number in range(1000)))
    assert last_lines(path, count=2) == "998\n999"
