"""Waiting for a database that is on its way, and refusing one that will not do."""

import time

from django.conf import settings
from django.db import connection
from django.db.utils import OperationalError

from casa.foundation.postgres import CannotStart

OLDEST = 15_00_00
PATIENCE = 20.0


def wait_for_database(*, patience: float = PATIENCE) -> None:
    """Wait until the database answers; refuse with a sentence when it does not or is too old."""
    deadline = time.monotonic() + patience
    while (trouble := _trouble()) and time.monotonic() < deadline:
        time.sleep(0.25)
    if trouble:
        raise CannotStart(
            f"Il database {_name()} non risponde ({trouble}): avvialo o correggi CASA_DATABASE_URL."
        )
    version = connection.pg_version  # type: ignore[attr-defined]
    if version < OLDEST:
        raise CannotStart(
            f"Il database {_name()} è PostgreSQL {version // 10000}: serve la versione 15 o "
            "successiva."
        )


def _trouble() -> str:
    try:
        connection.ensure_connection()
    except OperationalError as error:
        return str(error).strip().splitlines()[0]
    return ""


def _name() -> str:
    """Name the database without its password."""
    database = settings.DATABASES["default"]
    return f"{database['NAME']} su {database['HOST'] or 'questo computer'}"
