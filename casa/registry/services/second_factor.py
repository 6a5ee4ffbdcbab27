"""Resetting the second factor of somebody who lost the telephone and the recovery codes."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import tasks, trail
from casa.registry.actor import Actor
from casa.registry.models import Body, Person
from casa.registry.queries.second_factor import demand_resetter
from casa.registry.services.accounts import end_sessions


@transaction.atomic
def reset_second_factor(
    *, person: Person, reason: str, actor: Actor, now: datetime, body: Body | None = None
) -> Person:
    """Take a person's second factor away, end their sessions and tell them. Twice is once.

    Where it is due, its rights wait until it is set up again (docs/decisions/0010). `body` is the
    body in whose trail the line stands.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    demand_resetter(actor, person, on=timezone.localdate(now))
    if not reason.strip():
        raise Refused(_("Scrivi il motivo: resta nel registro delle attività."))
    removed, _rows = Authenticator.objects.filter(user=person).delete()
    if not removed:
        return person
    end_sessions(person)
    line = trail.record(
        "registry.second_factor.reset",
        person,
        actor=actor,
        now=now,
        body=body,
        reason=reason.strip(),
    )
    transaction.on_commit(
        lambda: tasks.mail_second_factor_reset.enqueue(person_id=person.pk, line_id=line.pk)
    )
    return person
