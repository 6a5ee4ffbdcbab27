"""The trail of acts: services call `record` inside their own transaction; pages read sentences.

A room says how its acts read in `AppConfig.ready()`:
`trail.label("library.version.published", _("ha pubblicato"))`. What was never labelled is shown
by its code, so nothing that happened is hidden.
"""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from casa.registry.actor import Actor
from casa.registry.models import Body, TrailLine

_labels: dict[str, str | Promise] = {}
_words: dict[str, str | Promise] = {}


def label(act: str, words: str | Promise) -> None:
    """Say how an act reads after the person's name: «ha pubblicato»."""
    _labels[act] = words


def labels() -> dict[str, str]:
    """How acts read, by their code."""
    return {act: str(words) for act, words in _labels.items()}


def sentence(line: TrailLine) -> str:
    """One line in words: who did what to which thing. The thing is left out when it is oneself."""
    who = line.person.full_name if line.person else _("La piattaforma")
    words = _labels.get(line.act, line.act)
    oneself = line.person_id and line.subject_key == f"registry:person:{line.person_id}"
    if oneself or not line.subject_name:
        return f"{who} {words}"
    return f"{who} {words} «{line.subject_name}»"


def word(name: str, words: str | Promise) -> None:
    """Say what a detail is called on the page; details nobody named stand only in the export."""
    _words[name] = words


def told(line: TrailLine) -> list[tuple[str, str]]:
    """The details of a line that the page shows, each with its name."""
    return [
        (str(_words[name]), plain(value))
        for name, value in line.details.items()
        if name in _words and value not in (None, "", [], {})
    ]


def plain(value: object) -> str:
    """A detail in one line of text."""
    if isinstance(value, dict):
        parts = ((str(_words.get(name, name)), part) for name, part in value.items() if part)
        return ", ".join(f"{name}: {plain(part)}" for name, part in parts)
    if isinstance(value, list):
        return ", ".join(plain(part) for part in value)
    return str(_words.get(f"={value}", value))


def key_of(subject: models.Model) -> str:
    """The key `room:kind:id` by which the house names an object."""
    meta = subject._meta
    return f"{meta.app_label}:{meta.model_name}:{subject.pk}"


def record(
    act: str,
    subject: models.Model,
    *,
    actor: Actor,
    body: Body | None = None,
    now: datetime | None = None,
    **details: object,
) -> TrailLine:
    """Write one line: `act` is `room.noun.past_participle`; `details` must be plain JSON.

    `body` is the body the act concerns; without it, the one the actor acts for. `now` is the
    moment the service was given, so that the line bears the time of what it tells.
    """
    return TrailLine.objects.create(
        at=now or timezone.now(),
        person_id=actor.id,
        body_id=body.pk if body else actor.acting_for,
        act=act,
        subject_key=key_of(subject),
        subject_name=str(subject)[:300],
        details=details,
    )
