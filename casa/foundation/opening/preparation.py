"""What must be true before the first page: tables, cache, static files, and what each room needs.

All of it is safe to repeat and quick when nothing changed. A room takes part with a module
`prepare.py` and a function `prepare(tell)`; rooms are asked from the bottom up.
"""

import hashlib
import importlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.cache.backends.db import BaseDatabaseCache
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.module_loading import module_has_submodule

Tell = Callable[[str], None]
LOCK = 0x0CA5A


def prepare_house(tell: Tell) -> None:
    """Bring database, files and rooms up to this version of the house."""
    with _alone():
        migrate(tell)
        make_cache_table()
        collect_static(tell)
        for room in settings.CASA_ROOMS:
            prepare_room(room, tell=tell)


@contextmanager
def _alone() -> Iterator[None]:
    """Let one installation at a time prepare a shared database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def migrate(tell: Tell) -> None:
    """Apply the missing migrations; nothing is said when none is missing."""
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if steps:
        tell(f"preparo le tabelle del database ({len(steps)} passi)")
        call_command("migrate", verbosity=0, interactive=False)


def make_cache_table() -> None:
    """Make the table of the cache that all processes share."""
    used = [cache for cache in settings.CACHES.values() if _is_in_database(cache["BACKEND"])]
    existing = connection.introspection.table_names() if used else []
    if any(cache["LOCATION"] not in existing for cache in used):
        call_command("createcachetable", verbosity=0)


def _is_in_database(backend: str) -> bool:
    module, _, name = backend.rpartition(".")
    return issubclass(getattr(importlib.import_module(module), name), BaseDatabaseCache)


def collect_static(tell: Tell) -> None:
    """Gather, name and compress style sheets, scripts and pictures, if any of them changed.

    All of them anew: Django would keep a copy younger than its source, but a package of tomorrow
    may bring files dated before today.
    """
    root = Path(settings.STATIC_ROOT)
    stamp, current = root / ".stamp", _static_fingerprint()
    if stamp.exists() and stamp.read_text() == current:
        return
    tell("raccolgo i file di stile e gli script delle pagine")
    root.mkdir(parents=True, exist_ok=True)
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(current)


def _static_fingerprint() -> str:
    digest = hashlib.sha256(repr(settings.STORAGES).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()


def prepare_room(room: str, *, tell: Tell) -> None:
    """Let a room prepare itself, if it has anything to prepare."""
    package = apps.get_app_config(room.rpartition(".")[2]).module
    if package and module_has_submodule(package, "prepare"):
        importlib.import_module(f"{room}.prepare").prepare(tell)


def announcement() -> str:
    """Give what the person who opens the house should know, from the rooms that have something."""
    said: list[str] = []
    for room in settings.CASA_ROOMS:
        package = apps.get_app_config(room.rpartition(".")[2]).module
        if package and module_has_submodule(package, "demo"):
            announce = getattr(importlib.import_module(f"{room}.demo"), "announce", None)
            said.extend(_lines(announce() if announce else ""))
    return "\n".join(said)


def _lines(words: object) -> list[str]:
    if isinstance(words, str):
        return words.splitlines()
    return [str(line) for line in words] if isinstance(words, list | tuple) else []
