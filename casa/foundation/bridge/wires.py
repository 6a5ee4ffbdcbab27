"""The words of ASGI, and the one sentence that is answered without a page."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import Any

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
Store = SpooledTemporaryFile[bytes]

BLOCK = 1 << 16
IN_MEMORY = 1 << 18  # of one body or one answer; what is longer goes to disk
LINGER, SILENCE = 20.0, 1.0  # seconds: in all, and between two pieces

_PAGE = """<!doctype html>
<html lang="it"><head><meta charset="utf-8"><title>Casa dei Comuni</title></head>
<body><h1>Richiesta non accolta</h1><p>{sentence}</p></body></html>
"""


async def say(sentence: str, *, status: int, receive: Receive, send: Send) -> None:
    """Answer with one sentence and hang up.

    What is still arriving is read past for a moment: a browser that is cut off in the middle of
    sending shows an error of its own instead of our sentence.
    """
    body = _PAGE.format(sentence=sentence).encode()
    headers = [
        (b"content-type", b"text/html; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"cache-control", b"no-store"),
        (b"connection", b"close"),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": True})
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER):
            while (await asyncio.wait_for(receive(), SILENCE)).get("more_body"):
                pass
    await send({"type": "http.response.body", "body": b""})
