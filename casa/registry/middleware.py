"""Every request knows its actor before any view runs."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from casa.registry.actor import ANONYMOUS, actor_for
from casa.registry.models import Person

Handler = Callable[[HttpRequest], HttpResponse]
ACTING_FOR = "acting_for"


def attach_actor(get_response: Handler) -> Handler:
    """Put `request.actor` there: the person, the mandates in force, the body acted for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        person = request.user
        actor = ANONYMOUS
        if isinstance(person, Person) or person.is_authenticated:
            actor = actor_for(
                person,
                on=timezone.localdate(),
                acting_for=request.session.get(ACTING_FOR),
            )
        request.actor = actor  # type: ignore[attr-defined]  # views see casa.registry.http.Request
        return get_response(request)

    return middleware
