"""Every request knows its actor before any view runs; weighty rights need a second factor."""

from collections.abc import Callable

from allauth.account.authentication import get_authentication_records
from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from casa.foundation.errors import Refused
from casa.registry.actor import ACTING_FOR, ANONYMOUS, Actor, actor_for, weakened
from casa.registry.models import Person

Handler = Callable[[HttpRequest], HttpResponse]


def attach_actor(get_response: Handler) -> Handler:
    """Put `request.actor` there: the person, the mandates in force, the body acted for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        actor = ANONYMOUS
        if isinstance(person, Person):
            actor = actor_for(
                person,
                on=timezone.localdate(),
                acting_for=request.session.get(ACTING_FOR),
            )
        request.actor = actor  # type: ignore[attr-defined]  # views see casa.registry.http.Request
        return get_response(request)

    return middleware


class demand_strong_login:  # noqa: N801 -- used as a function by MIDDLEWARE
    """Administrators and network roles have their rights only after a second factor.

    Until then the actor is `weak`: it reads, asks to join and accepts invitations like any reader
    of its bodies; what it is given so counts as reading too. What such an actor is
    refused for want of it leads to the page that sets the second factor up; the banner there says
    why. A refusal that the second factor would not change stays a refusal.
    See docs/decisions/0010.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if actor.needs_strong_login and not _passed_second_factor(request):
            request.actor = weakened(actor)  # type: ignore[attr-defined]
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        actor: Actor = request.actor  # type: ignore[attr-defined]
        if not (isinstance(exception, Refused) and actor.missed):
            return None
        back = urlencode({"next": request.get_full_path()} if request.method == "GET" else {})
        return redirect(f"{reverse('entrance:strengthen')}?{back}")


def _passed_second_factor(request: HttpRequest) -> bool:
    """Whether a code was given in this session and the factor is still there. One query."""
    person = request.user
    if not isinstance(person, Person):
        return False
    records = get_authentication_records(request, person)
    if not any(record.get("method") == "mfa" for record in records):
        return False
    return bool(Authenticator.objects.filter(user=person, type="totp").exists())
