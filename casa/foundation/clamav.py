"""Asking a ClamAV daemon, over its Unix socket, whether a file carries malware.

The protocol is clamd's INSTREAM: chunks with their length before them, a zero at the end, one
answer. The daemon reads the bytes from us, so it needs no right on the files folder.
"""

import socket
import struct
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

SECONDS = 60.0
_CHUNK = 1 << 16
_ANSWER = 4096


class Unreachable(Exception):  # noqa: N818 -- it reads as a sentence
    """The daemon does not answer, or not as it should: the file has not been scanned."""


class TooBig(Exception):  # noqa: N818 -- idem
    """The file is bigger than what the daemon accepts (its StreamMaxLength)."""


def is_answering(address: str) -> bool:
    """Whether a daemon listens at the socket and is well."""
    try:
        with _connected(address) as daemon:
            daemon.sendall(b"zPING\0")
            return _answer(daemon) == "PONG"
    except OSError:
        return False


def malware_in(path: Path, *, address: str) -> str:
    """The name of the malware found in the file, "" when there is none.

    Raises Unreachable and TooBig: in both cases nothing is known of the file.
    """
    try:
        with _connected(address) as daemon:
            _send(daemon, path)
            answer = _answer(daemon)
    except OSError as error:
        raise Unreachable(str(error)) from error
    return _verdict(answer)


@contextmanager
def _connected(address: str) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as daemon:
        daemon.settimeout(SECONDS)
        daemon.connect(address)
        yield daemon


def _send(daemon: socket.socket, path: Path) -> None:
    """Send the whole file. A daemon that has had enough hangs up: its answer says why."""
    with path.open("rb") as source, suppress(BrokenPipeError, ConnectionResetError):
        daemon.sendall(b"zINSTREAM\0")
        while chunk := source.read(_CHUNK):
            daemon.sendall(struct.pack("!I", len(chunk)) + chunk)
        daemon.sendall(struct.pack("!I", 0))


def _answer(daemon: socket.socket) -> str:
    answer = b""
    while not answer.endswith(b"\0") and len(answer) < _ANSWER:
        part = daemon.recv(_ANSWER)
        if not part:
            break
        answer += part
    return answer.rstrip(b"\0\n").decode(errors="replace")


def _verdict(answer: str) -> str:
    if answer == "stream: OK":
        return ""
    if answer.startswith("stream: ") and answer.endswith(" FOUND"):
        return answer.removeprefix("stream: ").removesuffix(" FOUND")
    if "size limit exceeded" in answer:
        raise TooBig(answer)
    raise Unreachable(answer or "no answer")
