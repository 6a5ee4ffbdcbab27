"""The sockets on which the house listens: opened by the supervisor, lent to the web processes.

Because the supervisor keeps them open, a visitor who comes while a web process is being started
again waits a moment instead of finding the door shut.
"""

import errno
import os
import socket

from casa.foundation.postgres import CannotStart

BACKLOG = 2048


def open_door(host: str, port: int) -> socket.socket:
    """Listen at an address; refuse with a sentence when somebody else does."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        door = socket.socket(family, kind, protocol)
    except OSError:
        raise CannotStart(
            f"Non conosco l'indirizzo {host}: correggi CASA_HOST (di solito 127.0.0.1, "
            "oppure 0.0.0.0 per farsi raggiungere da altri computer)."
        ) from None
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(address)
        door.listen(BACKLOG)
    except OSError as error:
        door.close()
        raise CannotStart(_why_closed(error, host=host, port=port)) from None
    return door


def address_of(number: int) -> tuple[str, int]:
    """Give the address of an open socket by its number."""
    with socket.socket(fileno=os.dup(number)) as door:
        host, port = door.getsockname()[:2]
        return host, port


def borrow_door(number: int) -> socket.socket:
    """Take over a socket that the supervisor opened for us."""
    return socket.socket(fileno=number)


def _why_closed(error: OSError, *, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"La porta {port} è già in uso: chiudi l'altro programma (forse un'altra Casa dei "
            f"Comuni) o scegli un'altra porta, per esempio CASA_PORT={port + 1}."
        )
    if error.errno == errno.EACCES:
        return f"La porta {port} è riservata a root: scegli CASA_PORT da 1024 in su."
    return f"Non posso ascoltare su {host}:{port} ({error.strerror}): correggi CASA_HOST."
