"""A throw-away server for one run of the tests, as a plugin of pytest.

`-p casa.foundation.postgres.testing` in pyproject.toml. It starts before anybody reads the
settings; the helpers of xdist inherit its address. Each run has its own, in its own folder.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from casa.foundation.postgres.server import PrivatePostgres
from casa.foundation.processes import is_running

PREFIX = "casa-tests-"
_running: list[PrivatePostgres] = []


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests() -> Iterator[None]:
    """Start the server unless a database was given, or a controller of ours already did."""
    if "CASA_DATABASE_URL" not in os.environ:
        _sweep()
        folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        folder.chmod(0o711)  # as root the server's account must pass
        _running.append(PrivatePostgres(folder / "postgres", durable=False))
        os.environ["CASA_DATABASE_URL"] = _running[0].start()
        os.environ.setdefault("CASA_DATA_DIR", str(folder / "var"))
    return (yield)


def pytest_unconfigure() -> None:
    """Stop the server, whatever happened to the tests."""
    while _running:
        server = _running.pop()
        server.stop()
        os.environ.pop("CASA_DATABASE_URL", None)
        shutil.rmtree(server.data.parent, ignore_errors=True)


def _sweep() -> None:
    """Clear what runs that were killed could not clear."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not is_running(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)
