"""Whole pages: `casa up` as it is delivered, asked by k6 with 1, 8 and 32 clients at once."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus
from urllib.request import urlopen

from bench.house import file_cards, house
from bench.measure import milliseconds, surroundings, table
from bench.memory import own_shares, said

SECONDS = int(os.environ.get("BENCH_SECONDS", "10"))
CLIENTS = (1, 8, 32)
SCRIPT = Path(__file__).with_name("pages.js")
START_SECONDS, FOLLOW_SECONDS, STOP_SECONDS = 180.0, 900.0, 60.0
HTTP_OK = 200


def run(size: int) -> str:
    """Measure the pages of a house with so many cards; gives the report in Markdown."""
    k6 = shutil.which("k6", path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
    if k6 is None:
        raise SystemExit("k6 is missing: make setup-test installs it")
    about = surroundings()
    with house() as folder, opened(folder) as at:
        file_cards(size)
        _wait_for_index()
        rows = [row for name, paths in _pages().items() for row in _asked(k6, at, name, paths)]
        idle = said(own_shares())
    head = ["page", "clients", "pages/s", "p50 ms", "p95 ms", "failed", "queries"]
    memory = f"Memory of the whole stack, just after: {idle}"
    return f"# Pages, {size:,} cards\n\n{about}\n\n{table(head, rows)}\n{memory}\n"


@contextmanager
def opened(folder: Path) -> Iterator[str]:
    """`casa up` on a free port; gives its address."""
    port = _free_port()
    env = os.environ | {
        "DJANGO_SETTINGS_MODULE": "casa.settings.prod",
        "CASA_PORT": str(port),
        "CASA_TRUSTED_PROXIES": "1",
        "CASA_WEB_PROCESSES": os.environ.get("CASA_WEB_PROCESSES", "1"),
    }
    env.pop("CASA_SECRET_KEY", None)  # the one of the tests: it makes its own
    log = (folder / "up.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "casa.cli", "up"], env=env, stdout=log, stderr=log
    )
    at = f"http://127.0.0.1:{port}"
    try:
        _wait(lambda: _answers(f"{at}/cerca/"), START_SECONDS, folder / "up.log")
        yield at
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)
        log.close()


def _pages() -> dict[str, list[str]]:
    """Three pages: search for the words people use, the list, one entry of the demonstration."""
    from bench.search import COMMON, Asked
    from casa.search.models import IndexCard

    words = [*COMMON, *Asked().two_words()]
    entry = IndexCard.objects.filter(key__startswith="library:", audience__contains=["pub"]).first()
    pages = {
        "search": [f"/cerca/?q={quote_plus(word)}" for word in words],
        "list": ["/biblioteca/"],
    }
    return pages | ({"entry": [entry.url]} if entry else {})


def _asked(k6: str, at: str, name: str, paths: list[str]) -> Iterator[list[object]]:
    queries = max(_queries_of(path) for path in paths[:5])
    for clients in CLIENTS:
        found = _measured(k6, [at + path for path in paths], clients=clients)
        took, failed = found["http_req_duration"], found["http_req_failed"]["value"]
        rate = found["http_reqs"]["rate"]
        row = [name, clients, f"{rate:.0f}", milliseconds(took["med"]), milliseconds(took["p(95)"])]
        print(*row, flush=True)
        yield [*row, f"{failed:.1%}", queries]


def _measured(k6: str, addresses: list[str], *, clients: int) -> dict[str, dict[str, float]]:
    folder = Path(os.environ["CASA_DATA_DIR"]).parent
    (folder / "addresses.json").write_text(json.dumps(addresses))
    summary = folder / "summary.json"
    env = os.environ | {
        "ADDRESSES": str(folder / "addresses.json"),
        "CLIENTS": str(clients),
        "SECONDS": str(SECONDS),
        "K6_NO_USAGE_REPORT": "true",
    }
    command = [k6, "run", "--quiet", f"--summary-export={summary}", SCRIPT]
    subprocess.run(command, env=env, check=True, stdout=subprocess.DEVNULL)
    return json.loads(summary.read_text())["metrics"]


def _queries_of(path: str) -> int:
    """How many queries the page makes of the database, for a visitor."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client()
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        client.get(path)
    return len(queries)


def _wait_for_index() -> None:
    from django.utils import timezone

    from casa.search import queries

    _wait(lambda: not queries.health(now=timezone.now()).lag, FOLLOW_SECONDS, None)


def _wait(true: Callable[[], bool], seconds: float, log: Path | None) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise SystemExit(log.read_text(errors="replace")[-2000:] if log else "too slow")
        time.sleep(0.2)


def _answers(address: str) -> bool:
    try:
        with urlopen(address, timeout=10) as answer:
            return answer.status == HTTP_OK
    except OSError:
        return False


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])
