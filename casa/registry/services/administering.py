"""The administration of a body is the first thing that passes on: to a colleague or the network."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casa.registry import succession
from casa.registry.actor import Actor
from casa.registry.models import Mandate, Way
from casa.registry.queries.succession import ADMINISTRATION, orphan_bodies
from casa.registry.services.mandates import grant_mandate
from casa.registry.succession import Attended, Heir, Leaving, Part, Thing
from casa.registry.words import of_body


def register() -> None:
    """Offer it; called once, when the house opens."""
    succession.register(
        Part(
            code=ADMINISTRATION,
            rank=0,
            label=gettext_lazy("Ruolo di amministrazione"),
            help=gettext_lazy(
                "Nessun altro amministra l'ente: dai il ruolo a qualcuno, oppure affida l'ente a "
                "chi gestisce la rete, che lo darà a chi lo chiederà."
            ),
            held=_held,
            ways=(Way.PERSON, Way.NETWORK),
            roles=tuple(Mandate.Role.values),
            pass_on=_pass_on,
            ownerless=_ownerless,
        )
    )


def _held(leaving: Leaving) -> Sequence[Thing]:
    if not leaving.last_keeper:
        return ()
    return [Thing(_("Amministrazione %s") % of_body(leaving.body))]


def _pass_on(leaving: Leaving, heir: Heir, actor: Actor, now: datetime) -> None:
    del leaving  # the colleague goes on working in the office where they are
    if heir.person and heir.office:
        grant_mandate(
            person=heir.person,
            office=heir.office,
            role=Mandate.Role.ADMINISTRATOR,
            starts_on=timezone.localdate(now),
            actor=actor,
            now=now,
        )


def _ownerless(attended: Attended) -> Sequence[Thing]:
    del attended
    bodies = orphan_bodies(on=timezone.localdate())
    return [Thing(body.name, body.get_absolute_url()) for body in bodies]
