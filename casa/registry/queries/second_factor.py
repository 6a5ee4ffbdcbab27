"""Whose second factor an actor may reset: what the rule must know of the other person."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import F, Q
from django.utils.translation import gettext as _

from casa.foundation.errors import Refused
from casa.registry import access
from casa.registry.actor import Actor, Held
from casa.registry.models import Mandate, NetworkRole, Person


def standings_of(persons: Iterable[int], *, on: date) -> dict[int, Actor]:
    """What persons hold or will hold; a suspended mandate weighs as one in force. Two queries."""
    keys = set(persons)
    lasting = Q(ends_on=None) | Q(ends_on__gte=on)
    held: dict[int, set[Held]] = defaultdict(set)
    mandates = Mandate.objects.filter(lasting, person__in=keys)
    never_held = Q(ends_on=F("starts_on"), suspended_on__isnull=False)
    for mandate in mandates.exclude(never_held):
        held[mandate.person_id].add(Held(mandate.body_id, mandate.office_id, mandate.role))
    roles: dict[int, set[str]] = defaultdict(set)
    for role in NetworkRole.objects.filter(lasting, person__in=keys):
        roles[role.person_id].add(role.role)
    return {
        key: Actor(id=key, mandates=frozenset(held[key]), network_roles=frozenset(roles[key]))
        for key in keys
    }


def resettable(actor: Actor, persons: Iterable[int], *, on: date) -> set[int]:
    """Of these persons, whose second factor is set up and may be reset. Three queries."""
    set_up = Authenticator.objects.filter(
        type=Authenticator.Type.TOTP, user__in=set(persons)
    ).values_list("user", flat=True)
    standings = standings_of(set_up, on=on)
    return {key for key, whose in standings.items() if access.may_reset_second_factor(actor, whose)}


def demand_resetter(actor: Actor, person: Person, *, on: date) -> None:
    """Refuse whoever may not reset a person's second factor, with the reason."""
    if person.pk == actor.id:
        raise Refused(
            _(
                "La tua verifica non puoi azzerarla da qui: usa un codice di recupero, o chiedi "
                "a un'altra persona che amministra l'ente o gestisce la rete."
            )
        )
    if not access.may_reset_second_factor(actor, standings_of([person.pk], on=on)[person.pk]):
        raise Refused(
            _(
                "La verifica in due passaggi di chi ha un ruolo di rete o amministra anche un "
                "altro ente la azzera solo la gestione della rete; quella degli altri, chi "
                "amministra l'ente in cui lavorano."
            )
        )
