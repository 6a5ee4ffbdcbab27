"""Writing the trail. Services call `record` inside their own transaction."""

from django.db import models
from django.utils import timezone

from casa.registry.actor import Actor
from casa.registry.models import Body, TrailLine


def key_of(subject: models.Model) -> str:
    """The key `room:kind:id` by which the house names an object."""
    meta = subject._meta
    return f"{meta.app_label}:{meta.model_name}:{subject.pk}"


def record(
    act: str, subject: models.Model, *, actor: Actor, body: Body | None = None, **details: object
) -> TrailLine:
    """Write one line: `act` is `room.noun.past_participle`; `details` must be plain JSON.

    `body` is the body the act concerns; without it, the one the actor acts for.
    """
    return TrailLine.objects.create(
        at=timezone.now(),
        person_id=actor.id,
        body_id=body.pk if body else actor.acting_for,
        act=act,
        subject_key=key_of(subject),
        subject_name=str(subject)[:300],
        details=details,
    )
