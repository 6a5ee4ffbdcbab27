"""tantivy's errors under one name.

A panic in Rust arrives as `PanicException`, which derives from BaseException: `except Exception`
would let it through to the page. It is told by its name, because it cannot be imported.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import Error as DatabaseError

from casa.search.engine.seam import EngineBusy, EngineUnavailable


@contextmanager
def guarded(doing: str) -> Iterator[None]:
    """Turn whatever tantivy raises into `EngineUnavailable` or `EngineBusy`."""
    try:
        yield
    except (EngineUnavailable, EngineBusy, DatabaseError):
        raise  # the last comes from the cards that a rebuild reads on its way
    except Exception as error:
        raise _translated(doing, error) from error
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise EngineUnavailable(f"{doing}: {error}") from None


def _translated(doing: str, error: Exception) -> Exception:
    if "LockBusy" in str(error):
        return EngineBusy(f"{doing}: {error}")
    return EngineUnavailable(f"{doing}: {error}")
