"""The data folder of the private server: made once, whole or not at all."""

import os
import re
import secrets
import shutil
import subprocess
from pathlib import Path

from casa.foundation.postgres.account import HOME, Account, own_name
from casa.foundation.postgres.errors import CannotStart
from casa.foundation.postgres.programs import Programs

ROLE = "casa"
SUPERUSER = "postgres"
BUILTIN_LOCALE_SINCE = 17
ORIGIN = ".origin"  # beside data kept away from their house: whose they are

HBA = f"""# The kernel tells the server which system account asks (peer); nobody else gets in.
local all {SUPERUSER} peer map=house
local all {ROLE} peer map=house
local replication all reject
"""


def cluster_version(data: Path) -> int | None:
    """Give the major version of the data, or nothing where there are none yet."""
    if data.is_symlink() and not data.exists():
        raise CannotStart(
            f"I dati del database dovrebbero essere in {data.readlink()} ma non ci sono: "
            f"rimettili al loro posto, oppure togli {data} per cominciare da zero."
        )
    try:
        return int((data / "PG_VERSION").read_text())
    except FileNotFoundError:
        return None
    except PermissionError:
        raise CannotStart(_belongs_to_another(data)) from None


def check_owner(data: Path, *, account: Account) -> None:
    """Refuse data of another account: PostgreSQL would, with words nobody understands."""
    if data.stat().st_uid != account.uid:
        raise CannotStart(_belongs_to_another(data))


def make_cluster(data: Path, *, programs: Programs, account: Account, durable: bool) -> None:
    """Make a new data folder at `data`; a start cut short leaves nothing that looks like one."""
    _demand_empty(data)
    home = _place_for(data, account=account)
    draft = home.with_name(f"{home.name}.new")
    shutil.rmtree(draft, ignore_errors=True)
    _make_folder(draft, account=account)
    _run_initdb(draft, programs=programs, account=account, durable=durable)
    _write_access_rules(draft)
    draft.rename(home)
    if home != data:
        home.with_suffix(ORIGIN).write_text(f"{data}\n")
        data.symlink_to(home)


def forsaken_clusters() -> list[Path]:
    """Give the data kept in our own home whose house no longer points at them."""
    notes = sorted((HOME / "data").glob(f"*{ORIGIN}"))
    houses = {note.with_suffix(""): Path(note.read_text().strip()) for note in notes}
    return [home for home, house in houses.items() if home.exists() and house.resolve() != home]


def _demand_empty(data: Path) -> None:
    if not data.exists():
        return
    if any(data.iterdir()):
        raise CannotStart(f"In {data} ci sono file che non sono un database: spostali altrove.")
    data.rmdir()


def _belongs_to_another(data: Path) -> str:
    return (
        f"La cartella {data} è di un altro utente: avvia con l'utente di prima, oppure indica "
        "un'altra cartella in CASA_DATA_DIR."
    )


def _place_for(data: Path, *, account: Account) -> Path:
    """Give where the data can really be: under a closed folder such as /root the server can't."""
    data.parent.mkdir(parents=True, exist_ok=True)
    if account.is_us or _may_enter(data.parent, account=account):
        return data
    place = HOME / "data"
    for folder in (HOME, place):
        folder.mkdir(mode=0o755, exist_ok=True)
        folder.chmod(0o755)
    return place / secrets.token_hex(8)


def _may_enter(folder: Path, *, account: Account) -> bool:
    done = subprocess.run(  # noqa: S603
        ["/usr/bin/test", "-x", str(folder)],
        check=False,
        cwd="/",
        user=account.uid,
        group=account.gid,
        extra_groups=[],
    )
    return done.returncode == 0


def _make_folder(folder: Path, *, account: Account) -> None:
    folder.mkdir(mode=0o700)
    if not account.is_us:
        os.chown(folder, account.uid, account.gid)


def _run_initdb(data: Path, *, programs: Programs, account: Account, durable: bool) -> None:
    uid, gid = account.owner or (None, None)
    done = subprocess.run(  # noqa: S603
        [
            str(programs.initdb),
            f"--pgdata={data}",
            f"--username={SUPERUSER}",
            "--auth-local=peer",
            "--auth-host=reject",
            "--encoding=UTF8",
            *_locale(programs),
            *([] if durable else ["--no-sync"]),
        ],
        capture_output=True,
        check=False,
        cwd="/",
        env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
        text=True,
        user=uid,
        group=gid,
        extra_groups=[] if account.owner else None,
        umask=0o077,
    )
    if done.returncode:
        shutil.rmtree(data, ignore_errors=True)
        raise CannotStart(f"Non riesco a preparare il database in {data}: {done.stderr.strip()}")


def _locale(programs: Programs) -> list[str]:
    if programs.version >= BUILTIN_LOCALE_SINCE:  # the same on every computer and for ever
        return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return ["--locale=C.UTF-8"]


def _write_access_rules(data: Path) -> None:
    quoted = re.sub(r'(["\\])', r"\\\1", own_name())
    ident = "".join(f'house "{quoted}" {role}\n' for role in (SUPERUSER, ROLE))
    (data / "pg_hba.conf").write_text(HBA)
    (data / "pg_ident.conf").write_text(ident)
