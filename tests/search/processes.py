"""Followers as real processes, for tests that kill them."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

ROOT = Path(settings.ROOT)
SCRIPT = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "casa.settings.test"
import django
django.setup()
from casa.search import follower
from casa.search.engine.tantivy import building
if "SEARCH_TEST_KEEP" in os.environ:  # commit at every tenth card, slowly
    import time
    building.KEEP_SECONDS, building.REPORT_EVERY = 0.0, 10
    make = building.document_of
    building.document_of = lambda card: time.sleep(0.02) or make(card)
follower.run(lambda words: print(words, file=sys.stderr, flush=True))
"""


def database_url():
    """The address of the database these tests use."""
    at = connection.settings_dict
    port = f":{at['PORT']}" if at["PORT"] else ""
    return f"postgresql://{at['USER']}@{port}/{at['NAME']}?host={at['HOST']}"


def environment(data_dir, url):
    inherited = {k: v for k, v in os.environ.items() if k != "PYTEST_XDIST_WORKER"}
    return inherited | {
        "CASA_DATABASE_URL": url,
        "CASA_DATA_DIR": str(data_dir),
        "CASA_SECRET_KEY": "only-for-tests-" + "0" * 50,
        "PYTHONPATH": str(ROOT),
        "RUST_BACKTRACE": "0",
    }


class FollowerProcess:
    def __init__(self, data_dir, url, *, command=None, extra=None):
        self.log = Path(data_dir) / f"follower-{time.monotonic_ns()}.log"
        self._output = self.log.open("wb")
        self.process = subprocess.Popen(
            command or [sys.executable, "-c", SCRIPT],
            env=environment(data_dir, url) | (extra or {}),
            cwd=ROOT,
            stdout=self._output,
            stderr=self._output,
        )

    def said(self):
        return self.log.read_text(errors="replace")

    def wait_for(self, words, seconds=30):
        """Until it says these words."""
        wait_until(lambda: words in self.said() or self.process.poll() is not None, seconds)
        assert words in self.said(), self.said()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._output.close()

    def stop(self):
        self.process.terminate()
        code = self.process.wait(20)
        self._output.close()
        return code


@contextmanager
def following(data_dir, url=None, **how):
    one = FollowerProcess(data_dir, url or database_url(), **how)
    try:
        yield one
    finally:
        if one.process.poll() is None:
            one.kill()


def wait_until(true, seconds=30, every=0.02):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if true():
            return
        time.sleep(every)
    raise AssertionError(f"not within {seconds} seconds")
