"""One web process: Django's pages inside uvicorn, and a pulse that needs no page to answer."""

import importlib
import socket
from collections.abc import Callable

import uvicorn

from casa.foundation.bridge.wires import Application, Receive, Scope, Send

PULSE = "/stato/polso"
PATIENCE = 10  # seconds to finish the answers under way when the house closes


def serve(sockets: list[socket.socket]) -> None:
    """Answer on the sockets until told to stop."""
    pages = importlib.import_module("casa.asgi").application
    config = uvicorn.Config(
        with_pulse(pages, is_stuck=pages.is_stuck),
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


def with_pulse(pages: Application, *, is_stuck: Callable[[], bool]) -> Application:
    """Answer the supervisor's question "are you there?" even when all page workers are busy.

    A hundred slow uploads are no reason to start the process again; a stuck event loop is, and so
    are pages that nobody gets any more: then the answer is status 503.
    """

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != PULSE:
            await pages(scope, receive, send)
            return
        status, body = (503, b"fermo\n") if is_stuck() else (200, b"vivo\n")
        headers = [(b"content-type", b"text/plain"), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return answer
