"""One log file per part, kept small while the part goes on writing to it."""

import shutil
from pathlib import Path
from typing import IO

LARGEST = 20 * 1024 * 1024


def open_log(path: Path) -> IO[bytes]:
    """Open a log to append to, private to whoever runs the house."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    return path.open("ab")


def keep_small(path: Path) -> None:
    """Move a large log aside by copying: its writer keeps the file it has open."""
    if path.exists() and path.stat().st_size > LARGEST:
        shutil.copyfile(path, path.with_suffix(".log.1"))
        path.with_suffix(".log.1").chmod(0o600)
        with path.open("r+b") as log:
            log.truncate(0)


def last_lines(path: Path, *, count: int = 8) -> str:
    """Give the end of a log, for whoever must find out why."""
    if not path.exists():
        return ""
    with path.open("rb") as log:
        log.seek(max(0, path.stat().st_size - 8192))
        return "\n".join(log.read().decode(errors="replace").splitlines()[-count:])
