"""Entries that are the same, or nearly: which one an imported row looks like."""

from casa.library.models import Entry, ImportedRow, ImportRun, Version
from casa.library.services.importing.likeness import Seen, sketch_of
from casa.registry.actor import Actor


def mark_twin(made: ImportedRow, version: Version, digest: str, seen: Seen) -> None:
    """Which entry has the same file, or nearly the same text."""
    same = Entry.objects.filter(
        body=made.run.body, versions__files__upload__sha256=digest, versions__files__position=1
    )
    twin = same.exclude(pk=version.entry_id).first()
    sketch = sketch_of(version.text)
    if twin:
        made.twin, made.likeness = twin, 100
    else:
        made.twin_id, made.likeness = seen.nearest(version.entry, version.text, sketch)
    seen.add(version.entry, sketch)


def keep_twin(made: ImportedRow) -> None:
    """A draft held back as another's twin is still held back when the import is repeated."""
    earlier = ImportedRow.objects.filter(entry=made.entry, twin__isnull=False).order_by("pk").last()
    if earlier:
        made.twin_id, made.likeness = earlier.twin_id, earlier.likeness


def seen_by(run: ImportRun, actor: Actor) -> Seen:
    """The texts that an interrupted run had already brought in."""
    seen = Seen(actor)
    entries = run.done.exclude(entry=None).values("entry_id")
    versions = Version.objects.filter(entry__in=entries, number=1).select_related("entry")
    for version in versions.iterator(chunk_size=100):
        seen.add(version.entry, sketch_of(version.text))
    return seen
