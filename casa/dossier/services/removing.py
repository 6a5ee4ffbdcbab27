"""Taking dossiers away."""

from collections.abc import Collection

from django.db import transaction

from casa.casework.models import Case


@transaction.atomic
def remove_demo(*, body_ids: Collection[int]) -> int:
    """Delete the cases of demonstration bodies with their dossiers; how many rows went.

    A real body's tender that a demonstration Province runs stays: it is that body's.
    """
    mine = Case.objects.filter(office__body_id__in=body_ids, office__body__is_demo=True)
    gone, _by_model = mine.delete()
    return gone
