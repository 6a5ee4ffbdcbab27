"""One owner at a time: a lock that falls by itself when its holder dies."""

import fcntl
import os
from pathlib import Path
from typing import IO

from casa.foundation.postgres.errors import AlreadyRunning


def hold_lock(path: Path, *, refusal: str) -> IO[str]:
    """Take the lock beside `path`, or say who has it; it falls when it is closed or we die.

    `refusal` is the sentence for whoever comes second; `{owner}` in it becomes the number of the
    process that has the lock.
    """
    path.parent.mkdir(mode=0o711 if os.geteuid() == 0 else 0o700, parents=True, exist_ok=True)
    lock = path.with_name(f"{path.name}.lock").open("a+")
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.seek(0)
        owner = lock.read().strip() or "?"
        lock.close()
        raise AlreadyRunning(refusal.replace("{owner}", owner)) from None
    lock.truncate(0)
    lock.write(f"{os.getpid()}\n")
    lock.flush()
    return lock
