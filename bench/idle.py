"""The memory of the whole stack at rest: every process of `casa up`, as `make run` starts it.

A platform of its own is started on a new data folder with its own database, visited once page by
page, and left alone for `BENCH_SECONDS` (60). `BENCH_PID` names a running `casa up` (the process
that `make run` becomes): then that one is looked at as it is.
"""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

from bench.measure import surroundings, table
from bench.memory import Share, by_kind, own_shares, shares_of

SECONDS = float(os.environ.get("BENCH_SECONDS", "60"))
RUNNING = "BENCH_PID"
MOST = 700
"""MB: what the whole stack may hold at rest."""
VISITED = ("/", "/cerca/?q=mensa+scolastica", "/biblioteca/", "/guida/")


def run(_size: int) -> str:
    """Gives the report in Markdown; the number of documents plays no part."""
    about = surroundings()
    running = os.environ.get(RUNNING)
    if running:
        return _report(f"process {running}, as it was found", about, _of(int(running)))
    with _started():
        time.sleep(SECONDS)
        return _report(f"new, visited, then {SECONDS:.0f} s at rest", about, own_shares())


def _of(number: int) -> list[Share]:
    shares = shares_of(number, itself=True)
    if not shares:
        raise SystemExit(f"No process {number} whose memory can be read.")
    return shares


@contextmanager
def _started() -> Iterator[None]:
    """`casa up` with everything of its own, visited."""
    from bench.pages import opened

    os.environ.pop("CASA_DATABASE_URL", None)  # it starts its own, as delivered
    with tempfile.TemporaryDirectory(prefix="casa-idle-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        folder.chmod(0o711)  # as root the server's account must pass
        os.environ["CASA_DATA_DIR"] = str(folder / "var")
        with opened(folder) as at:
            for path in VISITED:
                with urlopen(at + path, timeout=60) as answer:
                    answer.read()
            yield


def _report(state: str, about: str, shares: list[Share]) -> str:
    rows = [
        [kind, len(own), f"{sum(s.rss for s in own):.0f}", f"{sum(s.pss for s in own):.0f}"]
        for kind, own in by_kind(shares).items()
    ]
    pss = sum(share.pss for share in shares)
    rows.append(["**all**", len(shares), f"{sum(s.rss for s in shares):.0f}", f"**{pss:.0f}**"])
    held = "held" if pss <= MOST else "NOT held"
    head = ["processes", "number", "RSS MB", "PSS MB"]
    return (
        f"# Memory at rest: {state}\n\n{about}\n\n{table(head, rows)}\n"
        f"RSS counts shared pages once per process, PSS divides them: the sum of PSS is what the\n"
        f"machine gives. At most {MOST} MB: {held}.\n"
    )
