"""The bridge itself: ASGI on one side, Django's synchronous pages on the other."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from a2wsgi.wsgi import build_environ
from a2wsgi.wsgi_typing import WSGIApp

from casa.foundation.bridge.answers import Answer
from casa.foundation.bridge.bodies import Bodies, Bounds, Gone, Knows, TurnedAway
from casa.foundation.bridge.wires import Receive, Scope, Send, Store, say

STUCK = 60.0  # seconds that a request waits for a thread before we call the pages stuck


class Bridge:
    """An ASGI application around a WSGI one. `threads` pages are computed at once.

    `knows(scope)` says whether it is known who sends; only then a request may be large.
    """

    def __init__(
        self, pages: WSGIApp, *, bounds: Bounds, knows: Knows, folder: Path, threads: int
    ) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.pages = pages
        self.folder = folder
        self.bodies = Bodies(bounds, folder=folder, knows=knows)
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="page")
        self._waiting: dict[int, float] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        answer = Answer(folder=self.folder)
        try:
            async with self.bodies.taken_in(scope, receive) as (body, size):
                await self._computed(_environ(scope, body, size=size, answer=answer), answer)
            await answer.send(send, only_head=scope["method"] == "HEAD")
        except TurnedAway as reason:
            await say(reason.sentence, status=reason.status, receive=receive, send=send)
        except Gone:
            return
        finally:
            answer.close()

    def is_stuck(self) -> bool:
        """Say whether somebody has waited for a thread so long that none will come free."""
        return any(time.monotonic() - since > STUCK for since in list(self._waiting.values()))

    async def _computed(self, environ: dict[str, Any], answer: Answer) -> None:
        self._waiting[id(answer)] = time.monotonic()
        try:
            loop = asyncio.get_running_loop()
            await loop.run_in_executor(self.threads, self._compute, environ, answer)
        finally:
            self._waiting.pop(id(answer), None)

    def _compute(self, environ: dict[str, Any], answer: Answer) -> None:
        """In a thread: one page, from its request to the end of its answer."""
        self._waiting.pop(id(answer), None)
        answer.keep(self.pages(environ, answer.begin))  # type: ignore[arg-type]


def _environ(scope: Scope, body: Store, *, size: int, answer: Answer) -> dict[str, Any]:
    environ: dict[str, Any] = dict(build_environ(scope, body))  # type: ignore[arg-type]
    environ["CONTENT_LENGTH"] = str(size)  # the truth, also for who sends without telling
    environ["wsgi.file_wrapper"] = answer.wrap
    return environ
