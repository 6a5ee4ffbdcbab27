"""How mandates are written, for services that checked the right to and locked the body."""

from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry.models import Body, Mandate, Office, Person
from casa.registry.queries.mandates import never_held
from casa.registry.words import for_body, long_date, of_body

DAY = timedelta(days=1)


def lock_body(pk: int) -> Body:
    """The body, with its row locked until the transaction ends."""
    return Body.objects.select_for_update(of=["self"]).get(pk=pk)


def start_mandate(
    *, person: Person, office: Office, role: str, starts_on: date, ends_on: date | None
) -> Mandate:
    """Write a mandate. Refused when the office is closed or the person already holds the role.

    The same role given again after it was taken back the same day is the old row, opened again.
    """
    if office.closed_on:
        raise Refused(_("L'ufficio «%(office)s» è chiuso: scegline un altro.") % {"office": office})
    if ends_on is not None and ends_on < starts_on:
        raise Refused(_("L'ultimo giorno del mandato viene prima del primo. Correggi le date."))
    clashing = _clashing(person, office.body_id, role, starts_on=starts_on, ends_on=ends_on)
    held = [mandate for mandate in clashing if not never_held(mandate)]
    if held:
        raise Refused(_already_held(held[0]))
    for spare in clashing[1:]:
        spare.delete()
    mandate = clashing[0] if clashing else Mandate(person=person, body_id=office.body_id, role=role)
    mandate.office = office
    mandate.starts_on, mandate.ends_on, mandate.suspended_on = starts_on, ends_on, None
    mandate.save()
    return mandate


def close_now(mandate: Mandate, *, today: date) -> None:
    """End the rights at once: yesterday was the last day, or there was no whole day at all."""
    if mandate.starts_on < today:
        mandate.ends_on, mandate.suspended_on = today - DAY, None
    else:
        mandate.ends_on, mandate.suspended_on = mandate.starts_on, today


def finish(mandate: Mandate, *, on: date | None, today: date) -> None:
    """Write down that a mandate ends at once, or after the day `on` (included)."""
    if on is None:
        close_now(mandate, today=today)
    else:
        mandate.ends_on = max(on, mandate.starts_on)
    mandate.save(update_fields=["ends_on", "suspended_on"])


def refuse_past(on: date | None, *, today: date) -> None:
    """Nobody's rights end on a day that is gone."""
    if on is not None and on < today:
        raise Refused(_("Un mandato non può finire nel passato. Scegli oggi o un giorno dopo."))


def demand_another_administrator(mandate: Mandate, body: Body, *, first: date) -> None:
    """Refuse that a mandate is given up from a day on if the body would be left alone on one.

    Whoever administers it must follow without a gap, however far in the future: two endings with
    a date, each allowed because of the other, would leave nobody. The caller locked the body.
    """
    if mandate.role != Mandate.Role.ADMINISTRATOR or mandate.suspended_on is not None:
        return
    others = Mandate.objects.filter(
        body=body, role=mandate.role, suspended_on=None, person__is_active=True
    ).exclude(pk=mandate.pk)
    if not _cover(others, first=max(first, mandate.starts_on), last=mandate.ends_on):
        raise Refused(
            _(
                "%(person)s è l'unica persona con il ruolo di amministrazione %(body)s, adesso o "
                "più avanti: senza, nessuno potrebbe più gestirlo. Dai prima questo ruolo a "
                "un'altra persona, senza una data di fine."
            )
            % {"person": mandate.person.full_name, "body": of_body(body)}
        )


def _cover(mandates: QuerySet[Mandate], *, first: date, last: date | None) -> bool:
    """Whether on each day from the first to the last (or for ever) one of them holds."""
    day = first
    for held in mandates.filter(Q(ends_on=None) | Q(ends_on__gte=first)).order_by("starts_on"):
        if last is not None and day > last:
            break
        if held.starts_on > day:
            return False
        if held.ends_on is None:
            return True
        day = max(day, held.ends_on + DAY)
    return last is not None and day > last


def told(mandate: Mandate) -> dict[str, object]:
    """What the trail tells of a mandate."""
    return {
        "person": mandate.person_id,
        "office": mandate.office_id,
        "role": mandate.role,
        "starts_on": mandate.starts_on.isoformat(),
        "ends_on": mandate.ends_on.isoformat() if mandate.ends_on else None,
    }


def _clashing(
    person: Person, body_id: int, role: str, *, starts_on: date, ends_on: date | None
) -> list[Mandate]:
    """The mandates of that role whose days overlap."""
    rows = Mandate.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on), person=person, body=body_id, role=role
    )
    if ends_on is not None:
        rows = rows.filter(starts_on__lte=ends_on)
    return list(rows.select_related("body", "person").order_by("pk"))


def _already_held(mandate: Mandate) -> str:
    words = _("%(person)s ha già il ruolo «%(role)s» %(body)s, dal %(day)s.")
    if mandate.suspended_on:
        words = _("%(person)s ha già il ruolo «%(role)s» %(body)s, sospeso: riattivalo.")
    return words % {
        "person": mandate.person.full_name,
        "role": mandate.get_role_display(),
        "body": for_body(mandate.body),
        "day": long_date(mandate.starts_on),
    }
