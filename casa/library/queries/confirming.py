"""Which texts are to be confirmed by their office."""

from datetime import date, timedelta

from django.db.models import QuerySet

from casa.library.models import Entry, Kit

SOON = timedelta(days=30)
"""How long before its day a text is asked about."""


def to_confirm(*, on: date) -> QuerySet[Entry]:
    """Everything on offer whose day has come, or comes within a month.

    What came from another installation is confirmed there.
    """
    offered = Entry.objects.offered().filter(is_received=False)
    return offered.filter(review_by__lte=on + SOON).order_by("pk")


def kits_to_confirm(*, on: date) -> QuerySet[Kit]:
    """The same of kits."""
    return Kit.objects.offered().filter(review_by__lte=on + SOON).order_by("pk")


def is_asked(entry: Entry, *, on: date) -> bool:
    """Whether it is time to confirm this one. Does not query."""
    offered = entry.current_id is not None and not entry.is_withdrawn
    return offered and entry.review_by is not None and entry.review_by <= on + SOON
