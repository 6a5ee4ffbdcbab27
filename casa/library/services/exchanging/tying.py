"""Lineage across installations: a copy finds its source when both are here."""

from datetime import datetime

from django.db import transaction

from casa.library.models import Arrival, Basis, Derivation, Entry, Installation
from casa.library.models.choices import Audience
from casa.library.services.bases import count_own_behind


@transaction.atomic
def tie_again(*, now: datetime) -> None:
    """After a bundle: whoever waits for a source may find it now."""
    waiting = Arrival.objects.filter(source__isnull=False, entry__derivation=None)
    for arrival in waiting.select_related("entry__current"):
        tie(arrival, now=now)


def tie(arrival: Arrival, *, now: datetime) -> None:
    """Write whom the entry comes from and which versions it follows, where they are here."""
    source = _source_of(arrival)
    if source is None:
        return
    derivation = _derivation(arrival.entry, source, now=now)
    if derivation is None or derivation.source_id != source.pk:
        return
    numbers = dict(source.versions.published().values_list("number", "pk"))
    for version in arrival.entry.versions.filter(basis=None).defer("text"):
        followed = numbers.get(arrival.follows.get(str(version.number), 0))
        if followed is not None:
            Basis.objects.create(version=version, source_version_id=followed)
    if arrival.entry.current is not None:
        count_own_behind(arrival.entry.current)


def _source_of(arrival: Arrival) -> Entry | None:
    """The source, born here or arrived too. Nothing of ours that not everybody may read."""
    if not arrival.source:
        return None
    uid, key = arrival.source["installation"], arrival.source["key"]
    published = Entry.objects.published().filter(audience=Audience.PUBLIC)
    if Installation.objects.filter(uid=uid, is_own=True).exists():
        return published.filter(slug=key, is_received=False).first()
    return published.filter(arrival__installation__uid=uid, arrival__key=key).first()


def _derivation(entry: Entry, source: Entry, *, now: datetime) -> Derivation | None:
    """The tie, made once; those that came from the entry belong to the whole family now.

    An entry without a tie is the first of its family: it can't come from one of its own.
    """
    own = Derivation.objects.filter(entry=entry).first()
    above = Derivation.objects.filter(entry=source).first()
    root_id = above.root_id if above else source.pk
    if own is not None or root_id == entry.pk:
        return own
    Derivation.objects.filter(root=entry).update(root_id=root_id)
    return Derivation.objects.create(entry=entry, source=source, root_id=root_id, made_at=now)
