"""`casa doctor`: what an operator should know before asking anybody else."""

import os
import platform
import shutil
from collections.abc import Iterator
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

import psycopg

from casa.foundation.jail import Jail, jail_in_force
from casa.foundation.opening.plan import ROOT, Plan
from casa.foundation.postgres import CannotStart
from casa.foundation.postgres.account import own_name, server_account
from casa.foundation.postgres.cluster import cluster_version, forsaken_clusters
from casa.foundation.postgres.programs import find_programs
from casa.foundation.postgres.server import running_address

LEAST_FREE_GB = 2
GB = 1024**3
TASKS = "django_tasks_database_dbtaskresult"
QUEUE = f"SELECT status, count(*) FROM {TASKS} GROUP BY status ORDER BY status"  # noqa: S608
CARDS = "SELECT count(*) FROM search_card"
HAND_OVERS = """
SELECT count(*) FROM registry_hand_over waiting JOIN registry_mandate ended ON ended.id = mandate_id
WHERE done_at IS NULL AND ends_on < current_date
"""


@dataclass(frozen=True)
class Finding:
    """One thing looked at; `fine` is false when something must be done."""

    about: str
    words: str
    fine: bool = True

    @property
    def mark(self) -> str:
        """Give the sign before the line."""
        return "✓" if self.fine else "✗"


def examine(plan: Plan) -> Iterator[Finding]:
    """Look at the computer, the database, the jail and the work that waits."""
    yield Finding("Python", f"{platform.python_version()} in {ROOT / '.venv'}")
    yield _account()
    yield _data(plan)
    yield _jail()
    yield from _system_packages()
    yield from _database(plan)
    for folder in forsaken_clusters() if os.geteuid() == 0 else []:
        yield Finding("database abbandonato", f"{folder}: se non serve più, cancellalo")


def _account() -> Finding:
    if os.geteuid() == 0:
        return Finding("utente", "root: per l'uso vero avvia la casa con un utente apposta")
    return Finding("utente", own_name())


def _data(plan: Plan) -> Finding:
    place = plan.data_dir if plan.data_dir.exists() else ROOT
    free = shutil.disk_usage(place).free / GB
    words = f"{plan.data_dir}, {free:.0f} GB liberi"
    if free < LEAST_FREE_GB:
        return Finding("dati", f"{words}: troppo pochi, fai spazio", fine=False)
    return Finding("dati", words)


def _jail() -> Finding:
    jail = jail_in_force()
    return Finding("gabbia", jail.sentence, fine=jail is not Jail.NONE)


def _system_packages() -> Iterator[Finding]:
    for line in (ROOT / "tools" / "debian-packages.txt").read_text().splitlines():
        if line and not line.startswith("#"):
            package, program, needed_by = (column.strip() for column in line.split("|")[:3])
            words = _place_of(program) or f"manca, serve per {needed_by}: apt-get install {package}"
            yield Finding(f"pacchetto {package}", words)


def _place_of(program: str) -> str | None:
    """Where a program, a library or a file of a package is; None where it is missing."""
    if ".so" in program and not program.startswith("/"):
        return program if find_library(program.removeprefix("lib").partition(".so")[0]) else None
    return program if Path(program).is_file() else shutil.which(program)


def _database(plan: Plan) -> Iterator[Finding]:
    try:
        url = plan.database_url or _private(plan)
        yield Finding("database", (url and _version(url)) or "chiuso: lo apre `casa up`")
        if url:
            yield Finding("lavori in coda", _rows(url, QUEUE))
            yield Finding("schede della ricerca", _rows(url, CARDS))
            words = f"{_rows(url, HAND_OVERS)} (l'elenco: `casa owners`)"
            yield Finding("consegne non fatte", words)
    except (CannotStart, psycopg.Error) as reason:
        yield Finding("database", str(reason).strip(), fine=False)


def _private(plan: Plan) -> str:
    """Give the address of the private server if it runs, after checking that it could."""
    find_programs(server_account(), version=cluster_version(plan.database_dir))
    return running_address(plan.database_dir) or ""


def _version(url: str) -> str:
    with psycopg.connect(url, connect_timeout=5) as link:
        row = link.execute("SHOW server_version").fetchone()
        return f"PostgreSQL {row[0] if row else '?'}"


def _rows(url: str, question: str) -> str:
    with psycopg.connect(url, connect_timeout=5) as link:
        try:
            rows = link.execute(question.encode()).fetchall()
        except psycopg.errors.UndefinedTable:
            return "tabelle non ancora preparate"
    return ", ".join(" ".join(str(column) for column in row) for row in rows) or "nessuno"
