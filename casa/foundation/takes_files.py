"""Which pages take files, and from whom: the rest of the house stores no byte of what is sent.

Files are written while a request is still arriving, before any view runs, so the right to send them
is asked of a mark on the view (see `intake.transfer`).
"""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest

View = TypeVar("View", bound=Callable[..., Any])
Right = Callable[[Any], bool]


def takes_files(may: Right) -> Callable[[View], View]:
    """Mark a view that takes files; `may(actor)` says from whom. Other decorators keep the mark."""

    def mark(view: View) -> View:
        view.takes_files = may  # type: ignore[attr-defined]
        return view

    return mark


def may_send_files(request: HttpRequest) -> bool:
    """Say whether the page asked for takes files from whoever asks."""
    match = request.resolver_match
    may: Right | None = getattr(match.func, "takes_files", None) if match else None
    actor = getattr(request, "actor", None)
    return may is not None and actor is not None and may(actor)
