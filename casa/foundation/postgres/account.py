"""Who the private server runs as: ourselves, or an unprivileged account when we are root.

PostgreSQL refuses to run as root. The account `casa-postgres` is created once, without a password
or a shell; where it cannot be created the distribution's own `postgres` account serves.
"""

import os
import pwd
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from casa.foundation.postgres.errors import CannotStart

NAME = "casa-postgres"
HOME = Path("/var/lib/casa-postgres")
SYSTEM_PATH = "/usr/sbin:/sbin:/usr/bin:/bin"


@dataclass(frozen=True)
class Account:
    """The system account of the server."""

    name: str
    uid: int
    gid: int

    @property
    def is_us(self) -> bool:
        """Say whether the server runs as the person who starts it."""
        return self.uid == os.geteuid()

    @property
    def owner(self) -> tuple[int, int] | None:
        """Give what `processes.launch` must change to; nothing when the server is ours."""
        return None if self.is_us else (self.uid, self.gid)


def server_account() -> Account:
    """Give the account of the server, creating it if we are root and it is missing."""
    if os.geteuid() != 0:
        return _account_of_user(os.geteuid())
    return _account_named(NAME) or _create() or _account_named("postgres") or _no_account()


def own_name() -> str:
    """Give the name of the system account we run as: PostgreSQL recognises us by it."""
    return _account_of_user(os.geteuid()).name


def _account_of_user(uid: int) -> Account:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        raise CannotStart(
            f"L'utente numero {uid} non ha un nome su questo computer e PostgreSQL non può "
            "riconoscerlo: aggiungilo a /etc/passwd o indica un database in CASA_DATABASE_URL."
        ) from None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _account_named(name: str) -> Account | None:
    try:
        entry = pwd.getpwnam(name)
    except KeyError:
        return None
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _create() -> Account | None:
    useradd = shutil.which("useradd", path=SYSTEM_PATH)
    if useradd is None:
        return None
    options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    command = [useradd, *options, "--home-dir", str(HOME), NAME]
    subprocess.run(command, capture_output=True, check=False)  # noqa: S603 -- all words are ours
    return _account_named(NAME)  # a start at the same moment may have made it instead of us


def _no_account() -> Account:
    raise CannotStart(
        "PostgreSQL non può girare come root e non riesco a creare un utente apposta: crea "
        f"l'utente di sistema {NAME} (useradd --system {NAME}) o avvia come utente normale."
    )
