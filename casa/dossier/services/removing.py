"""Taking dossiers away."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import Q

from casa.casework.models import Case
from casa.dossier.models import Dossier, Paper
from casa.notices import services as notices
from casa.registry import trail


@transaction.atomic
def remove_demo(*, body_ids: Collection[int]) -> int:
    """Delete the cases of demonstration bodies with their dossiers; how many rows went.

    A real body's tender that a demonstration Province runs stays: it is that body's. What came
    from the demonstration is taken out of it.
    """
    laid = Q(version__entry__body__in=body_ids, version__entry__body__is_demo=True)
    brought = Q(upload__body__in=body_ids, upload__body__is_demo=True)
    Paper.objects.filter(laid | brought).delete()
    mine = Case.objects.filter(office__body_id__in=body_ids, office__body__is_demo=True)
    mine_keys = [trail.key_of(one) for one in Dossier.objects.filter(case__in=mine)]
    notices.forget_things(keys=mine_keys)
    gone, _by_model = mine.delete()
    return gone
