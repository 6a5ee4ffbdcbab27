"""One owner per data folder: a lock that falls by itself when its holder dies."""

import fcntl
import os
from pathlib import Path
from typing import IO

from casa.foundation.postgres.errors import AlreadyRunning


def hold_lock(data: Path) -> IO[str]:
    """Take the lock that makes us the only owner of these data; it falls when we die."""
    data.parent.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    lock = data.with_name(f"{data.name}.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        owner = lock.read().strip() or "?"
        lock.close()
        raise AlreadyRunning(
            f"Il database in {data} è già in uso dal processo {owner}: "
            "fermalo, oppure indica un'altra cartella in CASA_DATA_DIR."
        ) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock
