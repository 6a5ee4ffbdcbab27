"""The folders that jails work in, and those left by a worker that was killed."""

import os
import shutil
import tempfile
from pathlib import Path

from casa.foundation.processes import is_running

PREFIX = "casa-jail-"


def work_folder(where: Path | None) -> tempfile.TemporaryDirectory[str]:
    """A folder for one run, below `where`; its name says which process made it."""
    if where is not None:
        where.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=where)


def remove_strays(where: Path) -> int:
    """Remove what processes that are gone left behind, copies of uploads; gives how many.

    Call it before this process has run anything: what bears its number is of one before it.
    """
    strays = [path for path in where.glob(f"{PREFIX}*") if _is_forsaken(path)]
    for path in strays:
        shutil.rmtree(path, ignore_errors=True)
    return len(strays)


def _is_forsaken(path: Path) -> bool:
    owner = path.name.removeprefix(PREFIX).partition("-")[0]
    return owner.isdigit() and (int(owner) == os.getpid() or not is_running(int(owner)))
