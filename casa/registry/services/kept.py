"""Keeping what is being typed. No line in the trail: it is nobody's act yet."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.actor import Actor
from casa.registry.models import KeptForm

LONGEST = 200_000
MOST = 20  # forms of one person; more are begun, the oldest go
KEPT_FOR = timedelta(days=30)
SECRET = ("csrfmiddlewaretoken", "password")
LONGEST_PLACE = 200


@transaction.atomic
def keep_form(
    *, place: str, fields: Mapping[str, Sequence[str]], actor: Actor, now: datetime
) -> KeptForm:
    """Keep the fields of a form where they are; keeping again replaces them."""
    person_id = actor.person_id
    if not actor.is_member:
        raise Refused(_("Salviamo ciò che scrive chi lavora per un ente: tu non ancora."))
    if not is_place(place):
        raise Refused(_("Questo modulo non si può salvare da solo: invialo."))
    kept = _clean(fields)
    if sum(len(name) + sum(map(len, values)) for name, values in kept.items()) > LONGEST:
        raise Refused(_("Il testo è troppo lungo per essere salvato da solo: invia il modulo."))
    form, new = KeptForm.objects.update_or_create(
        person_id=person_id, place=place, defaults={"fields": kept, "kept_at": now}
    )
    if new:
        _drop_oldest(person_id)
    return form


@transaction.atomic
def forget_form(*, place: str, actor: Actor) -> None:
    """The form was sent, or its owner begins again."""
    person_id = actor.person_id
    if is_place(place):
        KeptForm.objects.of(person_id, place).delete()


def is_place(place: str) -> bool:
    """Whether it is the path of a page of this house."""
    if len(place) > LONGEST_PLACE or "\x00" in place:
        return False
    try:
        resolve(place)
    except Resolver404:
        return False
    return True


def forget_old_forms(*, now: datetime) -> int:
    """Delete what nobody came back to."""
    deleted, _rows = KeptForm.objects.filter(kept_at__lt=now - KEPT_FOR).delete()
    return deleted


def _clean(fields: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """What is kept: no secrets, nor the null character that PostgreSQL refuses."""
    names = {name.replace("\x00", ""): values for name, values in fields.items()}
    return {
        name: [value.replace("\x00", "") for value in values]
        for name, values in names.items()
        if not name.startswith(SECRET)
    }


def _drop_oldest(person_id: int) -> None:
    mine = KeptForm.objects.filter(person_id=person_id).order_by("-kept_at", "-pk")
    KeptForm.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST:])).delete()
