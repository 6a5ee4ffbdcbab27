"""What every request passes through: no NUL comes in, and a refusal becomes a page."""

from collections.abc import Callable
from http import HTTPStatus

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casa.foundation.errors import Refused
from casa.foundation.limits import TooMany

Handler = Callable[[HttpRequest], HttpResponse]
NUL = "%00"


class drop_nul:  # noqa: N801 -- used as a function by MIDDLEWARE
    """Take NUL characters out of the query: no word has one, and PostgreSQL refuses them.

    In a path they make an address that nothing has.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        while NUL in query:  # what is left may be one again: "%0%000"
            query = query.replace(NUL, "")
        request.META["QUERY_STRING"] = query
        request.path_info = request.path_info.replace("\x00", "\ufffd")
        return self.get_response(request)


class show_refusals:  # noqa: N801 -- used as a function by MIDDLEWARE
    """Turn `Refused` into a page with status 403, `TooMany` into one with 429.

    Views may catch them first, to keep a form with what was typed.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            return _refused(request, exception)
        if isinstance(exception, TooMany):
            return _come_back_later(request, exception)
        return None


class explain_wrong_way:  # noqa: N801 -- used as a function by MIDDLEWARE
    """An address that only takes a form, opened as a page, says so instead of staying blank."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = render(request, "foundation/wrong_way.html", status=response.status_code)
            page.headers["Allow"] = response.headers.get("Allow", "")
            return page
        return response


def _refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """Whoever has not logged in is asked to, and comes back; the others get the reason."""
    anonymous = not request.user.is_authenticated
    if anonymous and request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path())
    context = {"reason": refusal, "anonymous": anonymous}
    return render(request, "foundation/refused.html", context, status=HTTPStatus.FORBIDDEN)


def _come_back_later(request: HttpRequest, exception: TooMany) -> HttpResponse:
    """The page of status 429, with the time to wait in words and in the header."""
    minutes = -(-exception.seconds // 60)
    context = {"seconds": exception.seconds, "minutes": minutes}
    response = render(request, "foundation/too_many.html", context, status=429)
    response.headers["Retry-After"] = str(exception.seconds)
    return response
