"""The pages of allauth as we mount them: ours are the templates, the words and the status."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from casa.registry.http import Request
from casa.registry.views.pages import safe_next

View = Callable[..., HttpResponse]


def corrected(view: View) -> View:
    """A form with mistakes answers 422, as everywhere in the house."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        form = (getattr(response, "context_data", None) or {}).get("form")
        if (
            request.method == "POST"
            and response.status_code == HTTPStatus.OK
            and form
            and form.errors
        ):
            response.status_code = HTTPStatus.UNPROCESSABLE_ENTITY
        return response

    return wrapped


@login_required
def strengthen(request: Request) -> HttpResponse:
    """Where a weak actor is sent: to set the second factor up, or to give its code."""
    is_set_up = is_mfa_enabled(request.user, types=["totp"])
    route = "mfa_reauthenticate" if is_set_up else "mfa_activate_totp"
    query = urlencode({"next": safe_next(request, default=reverse("entrance:mine"))})
    return redirect(f"{reverse(route)}?{query}")
