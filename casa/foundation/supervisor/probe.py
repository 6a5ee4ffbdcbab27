"""Asks a web server whether it answers, without ever waiting for it."""

import socket
import time
from collections.abc import Callable

LONGEST_ANSWER = 8.0
PAUSE = 1.0
STUCK = b" 503 "


class Probe:
    """One question at a time to one address; the answer is looked for at each tick.

    `is_hung` is true when a question has stayed unanswered too long after an earlier one was
    answered, or when the answer is that nothing moves any more (503): a server that is still
    loading is not hung, and one that died is the caller's affair.
    """

    def __init__(
        self,
        address: tuple[str, int],
        *,
        path: str,
        longest: float = LONGEST_ANSWER,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.address = address
        self.path = path
        self.longest = longest
        self.clock = clock
        self.answer = b""
        self._socket: socket.socket | None = None
        self._sent = False
        self._asked_at = 0.0

    @property
    def answered(self) -> bool:
        """Say whether the server ever answered since the last `forget`."""
        return bool(self.answer)

    def forget(self) -> None:
        """Begin again, for a server just (re)started."""
        self._hang_up()
        self.answer = b""
        self._asked_at = 0.0

    def is_hung(self) -> bool:
        """Take one small step of the conversation and say whether patience is over."""
        if self._socket is None:
            if self.clock() - self._asked_at >= PAUSE:
                self._ask()
            return STUCK in self.answer
        self._listen()
        late = self.answered and self._socket is not None and self._waited() > self.longest
        return late or STUCK in self.answer

    def _waited(self) -> float:
        return self.clock() - self._asked_at

    def _ask(self) -> None:
        self._asked_at = self.clock()
        family = socket.AF_INET6 if ":" in self.address[0] else socket.AF_INET
        self._socket = socket.socket(family, socket.SOCK_STREAM)
        self._socket.setblocking(False)
        self._socket.connect_ex(self.address)
        self._sent = False
        self._listen()

    def _listen(self) -> None:
        if self._socket is None:
            return
        try:
            self._send_question(self._socket)
            answer = self._socket.recv(64)
        except BlockingIOError:
            return
        except OSError:  # refused or cut off: nobody there yet, or just gone
            self._hang_up()
            return
        self.answer = answer.split(b"\r\n", 1)[0] or self.answer
        self._hang_up()

    def _send_question(self, link: socket.socket) -> None:
        if not self._sent:
            link.send(f"GET {self.path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
            self._sent = True

    def _hang_up(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None
