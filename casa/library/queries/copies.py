"""Published documents that say nearly the same as a file, each compared clause by clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casa import drafting
from casa.drafting import comparing
from casa.intake.models import Reading as StoredReading
from casa.intake.models import Upload
from casa.library.models import Clause, Entry
from casa.library.queries.comparing import keyed
from casa.registry.actor import Actor
from casa.registry.trail import key_of
from casa.search import queries as search


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """An entry whose text is nearly that of the file; `differing` leaves out what is the same."""

    entry: Entry
    percent: int
    same: int
    differing: Sequence[comparing.ClauseChange]


def published_copies(actor: Actor, upload: Upload) -> list[PublishedCopy]:
    """The entries the actor may read that are nearly the same as the file, the most alike first.

    The words of the published text come before, those of the file after. As many queries however
    many entries there are.
    """
    stored = StoredReading.objects.filter(upload=upload).first()
    if stored is None:
        return []
    mine = drafting.from_json(stored.draft)
    copies = search.copies(actor, mine.text)
    entries = {key_of(entry): entry for entry in _entries(actor, copies)}
    drafts = _drafts(entries.values())
    return [
        _compared(entries[copy.link.key], copy, drafts[entries[copy.link.key].pk], mine)
        for copy in copies
        if copy.link.key in entries and entries[copy.link.key].pk in drafts
    ]


def _entries(actor: Actor, copies: Iterable[search.Copy]) -> list[Entry]:
    room = "library:entry:"
    keys = [copy.link.key for copy in copies]
    wanted = [key.removeprefix(room) for key in keys if key.startswith(room)]
    visible = Entry.objects.visible_to(actor).offered().filter(pk__in=wanted)
    return list(visible.select_related("body", "current"))


def _drafts(entries: Iterable[Entry]) -> dict[int, drafting.Draft]:
    """The published main text of each entry, with the keys its clauses have in the library."""
    current = [entry.current_id for entry in entries]
    rows = StoredReading.objects.filter(
        upload__version_file__version__in=current, upload__version_file__position=1
    ).select_related("upload__version_file__version")
    keys: dict[int, list[str]] = {}
    clauses = Clause.objects.filter(version__in=current).order_by("version", "position")
    for version, key in clauses.values_list("version_id", "key"):
        keys.setdefault(version, []).append(key)
    versions = [(row, row.upload.version_file.version) for row in rows]
    return {
        version.entry_id: keyed(drafting.from_json(row.draft), keys.get(version.pk, []))
        for row, version in versions
    }


def _compared(
    entry: Entry, copy: search.Copy, theirs: drafting.Draft, mine: drafting.Draft
) -> PublishedCopy:
    found = comparing.compare(theirs, mine)
    differing = [change for change in found.clauses if change.state != "same"]
    return PublishedCopy(entry, copy.percent, found.count("same"), differing)
