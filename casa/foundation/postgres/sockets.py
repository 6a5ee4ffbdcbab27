"""The short private folder where the server listens; the house never opens a network port for it.

A socket path may have 107 characters at most, so the folder stands in /tmp, not among the data. Its
name ends in a random word and it is made anew by each run with mode 0700, so nobody can put his own
in its place beforehand.
"""

import hashlib
import os
import shutil
import stat
import tempfile
from pathlib import Path

from casa.foundation.postgres.account import Account
from casa.foundation.postgres.errors import CannotStart

SHORT = Path("/tmp")  # noqa: S108 -- mkdtemp makes the folder, for us alone
PORT = 5432  # only names the socket file


def make_socket_folder(data: Path, *, account: Account) -> Path:
    """Make the folder for the server of these data and clear those of earlier, dead runs."""
    prefix = _prefix(data)
    for old in SHORT.glob(f"{prefix}*"):
        _clear(old, account=account)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=SHORT))
    _give(folder, account=account)
    return folder


def keep_socket_folder(folder: Path, *, account: Account) -> None:
    """Make the folder again if somebody cleared /tmp, and refuse one that is not ours."""
    if not folder.exists():
        folder.mkdir(mode=0o700)
        _give(folder, account=account)
    if not _is_private(folder, account=account):
        raise CannotStart(
            f"La cartella {folder} non è più privata (altro proprietario o permessi): "
            "ferma tutto e riavvia."
        )


def remove_socket_folder(folder: Path) -> None:
    """Clear the folder at the end of a run."""
    shutil.rmtree(folder, ignore_errors=True)


def _prefix(data: Path) -> str:
    return f"casa-{hashlib.sha256(os.fsencode(data.absolute())).hexdigest()[:10]}-"


def _give(folder: Path, *, account: Account) -> None:
    if not account.is_us:
        os.chown(folder, account.uid, account.gid)


def _is_private(folder: Path, *, account: Account) -> bool:
    facts = folder.lstat()
    ours = facts.st_uid in (account.uid, os.geteuid())
    return stat.S_ISDIR(facts.st_mode) and ours and stat.S_IMODE(facts.st_mode) == 0o700  # noqa: PLR2004


def _clear(folder: Path, *, account: Account) -> None:
    if _is_private(folder, account=account):
        remove_socket_folder(folder)
