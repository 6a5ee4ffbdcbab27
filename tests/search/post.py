"""A small post office: a real SMTP server on the loopback that keeps what it is given."""

import socketserver
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default


@dataclass
class Post:
    """What arrived. While `refuses` is set, every addressee is unknown; else those of `unknown`.

    `slow` are the seconds that it takes over a mail.
    """

    mails: list[EmailMessage] = field(default_factory=list)
    refuses: bool = False
    unknown: set[str] = field(default_factory=set)
    port: int = 0
    slow: float = 0.0


class _Clerk(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        self._say("220 ready")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"QUIT":
                return self._say("221 bye")
            if verb == b"DATA":
                self._say("354 go on")
                self._take()
            elif verb == b"RCPT" and self._is_unknown(line.decode()):
                self._say("550 nobody here")
            else:
                self._say("250 ok")
        return None

    def _is_unknown(self, line: str) -> bool:
        post = self.server.post
        return post.refuses or any(f"<{address}>" in line for address in post.unknown)

    def _take(self) -> None:
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.post.mails.append(message_from_bytes(b"".join(lines), policy=default))
        time.sleep(self.server.post.slow)
        self._say("250 taken")

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def post_office():
    """Open it for a test; `port` says where."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clerk) as server:
        server.daemon_threads = True
        server.post = Post(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.post
        server.shutdown()
