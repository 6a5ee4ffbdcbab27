"""Pages for what went wrong: what happened, and the next useful step."""

from http import HTTPStatus

from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 400, or 413 when more was sent than the house takes at once."""
    if isinstance(exception, TOO_MUCH):
        return _page(request, "too_large", HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _page(request, "bad_request", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Status 403; the reason is shown where somebody gave one."""
    return _page(request, "forbidden", HTTPStatus.FORBIDDEN, reason=str(exception))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return _page(request, "not_found", HTTPStatus.NOT_FOUND)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Status 403: the form was too old, or cookies are refused. `reason` is for programmers."""
    return _page(request, "csrf", HTTPStatus.FORBIDDEN)


def server_error(_request: HttpRequest) -> HttpResponse:
    """Status 500. Nothing is asked of the database, which may be what is broken."""
    page = render_to_string("portal/errors/server_error.html")
    return HttpResponse(page, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, name: str, status: HTTPStatus, **context: str) -> HttpResponse:
    return render(
        request, f"portal/errors/{name}.html", {**context, "no_vote": True}, status=status
    )
