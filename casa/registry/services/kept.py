"""Keeping what is being typed. No line in the trail: it is nobody's act yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.actor import Actor
from casa.registry.models import KeptForm

LONGEST = 200_000
KEPT_FOR = timedelta(days=30)
SECRET = ("csrfmiddlewaretoken", "password")


@transaction.atomic
def keep_form(
    *, place: str, fields: Mapping[str, Sequence[str]], actor: Actor, now: datetime
) -> KeptForm:
    """Keep the fields of a form where they are; keeping again replaces them."""
    kept = {name: list(values) for name, values in fields.items() if not name.startswith(SECRET)}
    if sum(len(value) for values in kept.values() for value in values) > LONGEST:
        raise Refused(_("Il testo è troppo lungo per essere salvato da solo: invia il modulo."))
    form, _new = KeptForm.objects.update_or_create(
        person_id=actor.person_id,
        place=place[:200],
        defaults={"fields": _without_nul(kept), "kept_at": now},
    )
    return form


@transaction.atomic
def forget_form(*, place: str, actor: Actor) -> None:
    """The form was sent, or its owner begins again."""
    KeptForm.objects.of(actor.person_id, place).delete()


def forget_old_forms(*, now: datetime) -> int:
    """Delete what nobody came back to."""
    deleted, _rows = KeptForm.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    return deleted


def _without_nul(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """PostgreSQL refuses the null character."""
    return {name: [value.replace("\x00", "") for value in fields[name]] for name in fields}
