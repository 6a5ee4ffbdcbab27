"""Who brings an archive back. Who reads a dossier takes the archive of what they read."""

from casa.casework.access import WORKERS
from casa.registry.actor import Actor
from casa.registry.models import Body


def may_import(actor: Actor, body: Body) -> bool:
    """Who writes, reviews or administers for the body of the archived dossier, and the machine."""
    return actor.system or actor.may_act_as(*WORKERS, body_id=body.pk)
