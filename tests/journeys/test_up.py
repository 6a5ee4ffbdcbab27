"""`casa up` as its operator lives it: opening, parts that are killed, closing, opening again.

Everything is real: processes, database, pages. The house has a data folder of its own.
"""

import contextlib
import os
import queue
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from casa.foundation.processes import command_of, is_running

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("up")]
ROOT = Path(__file__).parents[2]
FIRST_START = 240.0
OPEN = re.compile(r"aperta: (http://\S+)")
PARTS = {
    "il server web": "casa.cli web",
    "l'esecutore dei lavori (worker)": "casa.cli worker --number=1",
    "l'esecutore della posta (worker 2)": "casa.cli worker --number=2",
    "l'indicizzatore della ricerca (follower)": "casa.cli follower",
    "il database (PostgreSQL)": "postgres -D",
}
AS_NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
OURS = ("CASA_", "DJANGO_SETTINGS_MODULE", "PYTEST_")


def back_again() -> float:
    """Ten seconds, the promise; as many times that as each core has others waiting for it."""
    return 10.0 * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


class House:
    """A `casa up` under way: what it says, its parts, its first page."""

    def __init__(self, data_dir: Path, *, prefix: list[str] | None = None, **settings) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
        env = kept | {"CASA_DATA_DIR": str(data_dir), "CASA_PORT": "0"} | settings
        command = [*(prefix or []), sys.executable, "-m", "casa.cli", "up"]
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True, start_new_session=True
        )
        self.said: list[str] = []
        self._heard: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._listen, daemon=True).start()
        self.url = ""

    def _listen(self) -> None:
        for line in self.process.stderr:
            self._heard.put(line.rstrip())

    def hear(self) -> list[str]:
        with contextlib.suppress(queue.Empty):
            while True:
                self.said.append(self._heard.get_nowait())
        return self.said

    def until(self, reached: Callable[[], bool], *, seconds: float) -> float:
        began = time.monotonic()
        while not reached():
            assert time.monotonic() - began < seconds, "\n".join(self.hear())
            time.sleep(0.05)
        return time.monotonic() - began

    def until_open(self, *, seconds: float) -> float:
        self.until(lambda: self._is_open() or self.process.poll() is not None, seconds=seconds)
        assert self.process.poll() is None, "\n".join(self.hear())
        return time.monotonic() - self.began

    def _is_open(self) -> bool:
        found = [match[1] for line in self.hear() if (match := OPEN.search(line))]
        self.url = found[0] if found else ""
        return bool(found)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(self.url, timeout=back_again()) as page:
                return page.status == 200
        except OSError:
            return False

    def parts(self, words: str) -> list[int]:
        return [pid for pid in children_of(self.process.pid) if words in " ".join(command_of(pid))]

    def all_pids(self) -> list[int]:
        return children_of(self.process.pid)

    def interrupt(self, request: int = signal.SIGINT) -> int:
        self.process.send_signal(request)
        return self.end()

    def end(self) -> int:
        code = self.process.wait(timeout=60)
        time.sleep(0.2)
        self.hear()
        return code


def children_of(parent: int) -> list[int]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and fields[0] != "Z":
                found.append(int(folder.name))
    return found


@pytest.fixture(scope="module")
def data_dir() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="casa-up-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def house(data_dir: Path) -> Iterator[House]:
    house = House(data_dir)
    house.until_open(seconds=FIRST_START)
    yield house
    if house.process.poll() is None:
        house.interrupt()


@pytest.fixture
def opened(data_dir: Path, house: House) -> Iterator[Callable[..., House]]:
    """Open the same data again, after the first house was closed."""
    made: list[House] = []

    def again(**settings) -> House:
        if house.process.poll() is None:
            house.interrupt()
        made.append(House(data_dir, **settings))
        return made[-1]

    yield again
    for one in made:
        if one.process.poll() is None:
            one.interrupt()


def test_the_house_opens_and_says_where(house: House) -> None:
    assert house.url.startswith("http://127.0.0.1:")
    assert house.answers()


def test_the_data_are_closed_to_other_accounts(house: House, data_dir: Path) -> None:
    assert oct((data_dir / "secret_key").stat().st_mode)[-3:] == "600"
    assert oct((data_dir / "postgres").resolve().stat().st_mode)[-3:] == "700"
    assert oct((data_dir / "log").stat().st_mode)[-3:] == "700"


@pytest.mark.parametrize("label", PARTS)
def test_a_killed_part_comes_back_and_one_line_names_it(house: House, label: str) -> None:
    pids = house.parts(PARTS[label])
    if not pids:
        pytest.skip(f"no such part yet: {label}")
    before = len(house.hear())
    os.kill(pids[0], signal.SIGKILL)
    house.until(house.answers, seconds=back_again())
    house.until(lambda: len(house.hear()) > before, seconds=back_again())
    house.until(lambda: len(house.parts(PARTS[label])) == len(pids), seconds=back_again())
    time.sleep(3)  # long enough for a second line to betray itself
    lines = house.hear()[before:]  # a busy machine may say more, of other falls than this one
    (line,) = [line for line in lines if "si è fermato (segnale 9): riavviato" in line]
    assert label in line


def test_a_frozen_web_process_is_replaced(house: House) -> None:
    before = len(house.hear())
    frozen = house.parts(PARTS["il server web"])[0]
    os.kill(frozen, signal.SIGSTOP)
    house.until(lambda: len(house.hear()) > before, seconds=30)
    assert "il server web" in house.hear()[before]
    assert "non rispondeva più" in house.hear()[before]
    house.until(house.answers, seconds=back_again())
    assert not is_running(frozen)


def test_a_second_house_on_the_same_data_is_refused(house: House, data_dir: Path) -> None:
    second = House(data_dir)
    assert second.end() == 1
    assert "La casa è già aperta con i dati di" in second.said[-1]
    assert house.answers()


def test_a_port_in_use_is_refused_with_another_to_try(house: House) -> None:
    with tempfile.TemporaryDirectory() as other:
        port = house.url.rstrip("/").rpartition(":")[2]
        second = House(Path(other), CASA_PORT=port)
        assert second.end() == 1
        assert f"La porta {port} è già in uso" in second.said[-1]
        assert f"CASA_PORT={int(port) + 1}" in second.said[-1]
    assert house.answers()


def test_ctrl_c_closes_everything_and_the_next_start_is_quicker(opened) -> None:
    first = opened()
    whole = first.until_open(seconds=FIRST_START)
    pids = first.all_pids()
    assert first.interrupt() == 0
    assert "tutto fermo" in first.said[-1]
    assert [pid for pid in pids if is_running(pid)] == []
    took = []
    while not took or (took[-1] >= whole and len(took) < 3):  # others may use the computer
        again = opened()
        took.append(again.until_open(seconds=FIRST_START))
        assert again.interrupt(signal.SIGTERM) == 0
    assert min(took) < whole


@pytest.mark.parametrize("whom", ["the supervisor alone", "everybody"])
def test_after_kill_9_nothing_is_left_and_the_next_start_is_clean(opened, whom: str) -> None:
    first = opened()
    first.until_open(seconds=FIRST_START)
    pids = first.all_pids()
    for pid in [first.process.pid, *(pids if whom == "everybody" else [])]:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    first.process.wait()
    second = opened()
    second.until_open(seconds=FIRST_START)
    assert second.answers()
    assert [pid for pid in pids if is_running(pid)] == []
    assert second.interrupt() == 0


def test_five_falls_of_one_part_close_the_house_with_the_reason(opened, data_dir: Path) -> None:
    house = opened(CASA_WEB_PROCESSES="1")
    house.until_open(seconds=FIRST_START)
    killed: set[int] = set()

    def kill_again() -> bool:
        for pid in set(house.parts(PARTS["l'esecutore dei lavori (worker)"])) - killed:
            killed.add(pid)
            os.kill(pid, signal.SIGKILL)
        return house.process.poll() is not None

    house.until(kill_again, seconds=60)
    assert house.end() == 1
    assert len(killed) == 5
    assert any("si è fermato 5 volte in un minuto" in line for line in house.said)


def test_a_wrong_setting_is_named(tmp_path: Path) -> None:
    house = House(tmp_path, CASA_PORT="ottomila")
    assert house.end() == 1
    assert house.said[-1] == "CASA_PORT deve essere un numero da 0 a 65535, non «ottomila»."


def _nobody_can_run_python() -> bool:
    """Ask through a shell: `setpriv` itself still has root's rights when it starts its program."""
    if os.geteuid() != 0 or not shutil.which("setpriv"):
        return False
    try_it = f"'{sys.executable}' -c 'open(\"{ROOT / 'casa' / 'cli.py'}\")'"
    words = [*AS_NOBODY, "sh", "-c", try_it]
    return subprocess.run(words, check=False, capture_output=True, cwd="/").returncode == 0


@pytest.mark.may_skip("account")
@pytest.mark.skipif(
    not _nobody_can_run_python(),
    reason="only root, with its Python and this folder readable by all, can act as another account",
)
def test_an_ordinary_account_opens_it_too() -> None:
    folder = Path(tempfile.mkdtemp(prefix="casa-up-nobody-"))
    shutil.chown(folder, "nobody", "nogroup")
    house = House(folder, prefix=AS_NOBODY, HOME=str(folder))
    try:
        house.until_open(seconds=FIRST_START)
        assert house.answers()
        assert house.interrupt() == 0
    finally:
        house.process.kill()
        shutil.rmtree(folder, ignore_errors=True)
