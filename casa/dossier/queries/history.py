"""What was done in a dossier, by whom and when."""

from datetime import datetime

from django.db.models import Q, QuerySet

from casa.dossier import access
from casa.dossier.models import Dossier
from casa.registry import trail
from casa.registry.actor import Actor
from casa.registry.models import TrailLine

LISTED = Q(act="dossier.dossier.listed")


def history(actor: Actor, dossier: Dossier, *, now: datetime) -> "QuerySet[TrailLine]":
    """The lines of the trail about a dossier and its steps, the newest first.

    Before the deadline for offers what stands in the trail of the body that runs the award alone
    is for that body: not even that somebody was invited is known to the other one.
    """
    own, steps = trail.key_of(dossier), trail.key_of(dossier.case)
    found = TrailLine.objects.filter(subject_key__in=(own, steps)).select_related("person", "body")
    if not access.may_read_participants(actor, dossier, now):
        secret = Q(subject_key=own, body=dossier.award_body_id)
        found = found.exclude(secret) if dossier.is_delegated else found.exclude(LISTED)
    return found.order_by("-at", "-pk")
