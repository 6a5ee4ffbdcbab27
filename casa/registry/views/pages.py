"""How the pages of /accesso/ are put together: a title, a form or a question, a verb."""

from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme

from casa.registry.http import Request

Crumbs = list[tuple[str, str]]


def form_page(
    request: Request,
    form: forms.BaseForm,
    *,
    title: str,
    verb: str,
    crumbs: Crumbs,
    back: str,
    lead: str = "",
    **more: Any,
) -> HttpResponse:
    """A page with one form; status 422 when what was typed has to be corrected."""
    context = {
        "form": form,
        "title": title,
        "verb": verb,
        "lead": lead,
        "crumbs": [*crumbs, (title, "")],
        "back": back,
        **more,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "registry/entrance/form.html", context, status=status)


def sent(request: Request) -> QueryDict | None:
    """What a form was sent with; None when it is only shown. A form may be sent empty."""
    return request.POST if request.method == "POST" else None


def safe_next(request: Request, *, default: str) -> str:
    """Where to go back to: only pages of this platform."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    if url_has_allowed_host_and_scheme(wanted, hosts, require_https=request.is_secure()):
        return wanted
    return default


class Confirmation(forms.Form):
    """A question answered by its button: nothing to type."""
