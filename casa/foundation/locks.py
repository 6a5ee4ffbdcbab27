"""Locks that die with their holder: PostgreSQL's session advisory locks.

A row that says "somebody is working on this" outlives a process killed with -9; a session lock
does not, because the database server lets go of it when the connection closes.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from zlib import crc32

from django.db import Error, connection

_SIGNED = 2**31


@contextmanager
def held(what: str, number: int = 0) -> Iterator[bool]:
    """Hold the lock of thing `number` of the kind `what`; gives False when another session has it.

    The same session may take it twice. It needs a connection of its own for its whole length, so
    not a pool that changes connections between transactions.
    """
    mine = take(what, number)
    try:
        yield mine
    finally:
        if mine:
            with suppress(Error):  # the connection is gone, and the lock with it
                let_go(what, number)


def take(what: str, number: int = 0) -> bool:
    """Take the lock for as long as this connection lives, or until `let_go`."""
    return _call("pg_try_advisory_lock", what, number)


def let_go(what: str, number: int = 0) -> None:
    """Give the lock back."""
    _call("pg_advisory_unlock", what, number)


def _call(function: str, what: str, number: int) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {function}(%s, %s)", [_signed(crc32(what.encode())), number % _SIGNED]
        )
        return bool(cursor.fetchone()[0])


def _signed(number: int) -> int:
    """The same 32 bits as PostgreSQL's `integer` counts them."""
    return number - 2 * _SIGNED if number >= _SIGNED else number
