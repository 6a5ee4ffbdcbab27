"""One web process: Django's pages inside uvicorn, and a pulse that needs no page to answer."""

import importlib
import socket
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import uvicorn

PULSE = "/stato/polso"
PATIENCE = 10  # seconds to finish the answers under way when the house closes

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Scope]]
Send = Callable[[Scope], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


def serve(sockets: list[socket.socket]) -> None:
    """Answer on the sockets until told to stop."""
    pages: Application = importlib.import_module("casa.asgi").application
    config = uvicorn.Config(
        with_pulse(pages),
        access_log=False,
        lifespan="off",
        log_level="warning",
        proxy_headers=False,  # Django decides whom to trust, see TRUSTED_PROXIES
        server_header=False,
        timeout_graceful_shutdown=PATIENCE,
    )
    uvicorn.Server(config).run(sockets=sockets)


def serve_reloading(host: str, port: int) -> None:
    """Answer while somebody works on the code, starting again at each change."""
    uvicorn.run("casa.asgi:application", host=host, port=port, reload=True, reload_dirs=["casa"])


def with_pulse(pages: Application) -> Application:
    """Answer the supervisor's question "are you there?" even when all page workers are busy.

    A hundred slow uploads are no reason to start the process again; a stuck event loop is.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PULSE:
            await pages(scope, receive, send)
            return
        headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"vivo\n"})

    return answer
