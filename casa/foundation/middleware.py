"""A refusal becomes a page that says what, why and what to do next."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casa.foundation.errors import Refused

Handler = Callable[[HttpRequest], HttpResponse]


class show_refusals:  # noqa: N801 -- used as a function by MIDDLEWARE
    """Turn `Refused` into a page with status 403; views may catch it first to keep a form."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, Refused):
            return None
        return render(request, "foundation/refused.html", {"reason": exception}, status=403)
