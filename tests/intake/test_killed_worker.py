"""A worker killed with -9 in the middle of an inspection: the file is inspected again."""

import os
import signal
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.utils import timezone

from casa.intake.models import Finding, Reading, Upload
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.intake.makers import receive

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ARTICLES = 10_000  # more than a second of reading
LONG_TEXT = "\n\n".join(
    f"Art. {number} - Titolo\n\n1. Un comma.\n\n2. Un altro." for number in range(1, ARTICLES)
).encode()


@pytest.fixture
def worker(tmp_path, settings):
    """Starts real workers on the test's database and files; kills what is left of them."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    started = []
    surroundings = {
        **os.environ,
        "CASA_DATABASE_URL": address_of_database(),
        "CASA_DATA_DIR": str(tmp_path),
        "CASA_SECRET_KEY": settings.SECRET_KEY,
        "DJANGO_SETTINGS_MODULE": "casa.settings.prod",
    }

    def start() -> subprocess.Popen:
        command = [sys.executable, "-m", "casa.cli", "worker"]
        log = (tmp_path / f"worker-{len(started)}.log").open("wb")
        started.append(subprocess.Popen(command, env=surroundings, stdout=log, stderr=log))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def address_of_database() -> str:
    known = connection.settings_dict
    query = {"host": known["HOST"], "user": known["USER"], "port": known["PORT"]}
    query |= {name: value for name, value in known["OPTIONS"].items() if isinstance(value, str)}
    words = urlencode({name: value for name, value in query.items() if value}, quote_via=quote)
    return f"postgresql:///{quote(known['NAME'])}?{words}"


def wait_for(upload: Upload, reached, seconds: float = 60) -> None:
    deadline = time.monotonic() + seconds
    while not reached(upload):
        assert time.monotonic() < deadline, f"{upload.state} {upload.step} {upload.attempts}"
        time.sleep(0.05)
        upload.refresh_from_db()


def jails_of(worker: subprocess.Popen) -> set[int]:
    """The jails, of whatever kind, in which this worker has a file read now."""
    running = [int(process.name) for process in Path("/proc").iterdir() if process.name.isdigit()]
    return {pid for pid in running if is_reading(pid) and worker.pid in above(pid)}


def is_reading(pid: int) -> bool:
    return "casa.drafting" in command_of(Path(f"/proc/{pid}"))


def above(pid: int) -> list[int]:
    """The processes that started this one, the nearest first."""
    found = []
    while pid > 1:
        try:
            pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            break
        found.append(pid)
    return found


def command_of(process: Path) -> str:
    try:
        return (process / "cmdline").read_text(errors="replace")
    except OSError:
        return ""


def test_the_inspection_of_a_killed_worker_is_repeated(person, worker):
    author = person("author", BodyFactory())
    long_ago = timezone.now() - timedelta(minutes=1)
    upload = receive(author, "lungo.txt", LONG_TEXT, now=long_ago)

    first = worker()
    wait_for(upload, lambda upload: upload.step.startswith("passo 3") and jails_of(first))
    time.sleep(0.3)  # the jail has closed behind the program
    jails = jails_of(first)
    assert jails
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed_at = time.monotonic()
    while any(map(is_reading, jails)):  # the jail dies with its worker
        assert time.monotonic() - killed_at < 20
        time.sleep(0.05)
    upload.refresh_from_db()
    assert (upload.state, upload.attempts) == (Upload.State.QUARANTINED, 1)

    worker()
    wait_for(upload, lambda upload: not upload.is_waiting)
    assert (upload.state, upload.attempts) == (Upload.State.CLEARED, 2)
    assert Reading.objects.filter(upload=upload).count() == 1
    assert not Finding.objects.exists()
    assert TrailLine.objects.filter(act="intake.upload.cleared").count() == 1
