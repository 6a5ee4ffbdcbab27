"""The connection to the server: short waits, clear refusals, no piling up before a dead server."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    NotFoundError,
    OpenSearchException,
    TransportError,
)
from opensearchpy.exceptions import ConnectionError as NoConnection

from casa.search.engine.seam import EngineSilent, EngineUnavailable

PATIENCE_SECONDS = 3.0
"""For a question that a page waits for."""
LONG_SECONDS = 60.0
"""For writing."""
SILENT_SECONDS = 5.0
"""After a server did not answer, nobody asks it again for so long: pages stay quick."""
TOO_MANY, SERVER_ERROR = 429, 500


class Server:
    """One server and the beginning of the names of its indexes: `https://user:pw@host:9200/casa`."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.prefix = parts.path.strip("/") or "casa"
        self._silent_until = 0.0
        address = parts._replace(path="").geturl()
        self._client = OpenSearch([address], timeout=PATIENCE_SECONDS, max_retries=0)

    @contextmanager
    def asked(self, doing: str) -> Iterator[OpenSearch]:
        """The client, with its errors under our names."""
        if time.monotonic() < self._silent_until:
            raise EngineSilent(f"{doing}: the search server did not answer a moment ago")
        try:
            yield self._client
        except NotFoundError as error:
            raise EngineUnavailable(f"{doing}: {_said(error)}") from error
        except OpenSearchException as error:
            raise self._translated(doing, error) from error

    def _translated(self, doing: str, error: OpenSearchException) -> EngineUnavailable:
        if isinstance(error, NoConnection):
            self._silent_until = time.monotonic() + SILENT_SECONDS
            return EngineSilent(f"{doing}: {_said(error)}")
        busy = isinstance(error, AuthenticationException | AuthorizationException) or (
            isinstance(error, TransportError)
            and isinstance(error.status_code, int)
            and (error.status_code == TOO_MANY or error.status_code >= SERVER_ERROR)
        )
        kind = EngineSilent if busy else EngineUnavailable
        return kind(f"{doing}: {_said(error)}")


def _said(error: OpenSearchException) -> str:
    """What the server answered, without the addresses and passwords of the request."""
    if isinstance(error, TransportError):
        return f"{error.status_code} {error.error}"[:200]
    return type(error).__name__
