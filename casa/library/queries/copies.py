"""Published documents that say nearly the same as a file, each compared clause by clause."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from casa import drafting
from casa.drafting import comparing
from casa.intake.models import Reading as StoredReading
from casa.intake.models import Upload
from casa.library.models import Clause, Entry, HeadingCorrection, VersionFile
from casa.library.queries.shelved import as_correction, shelved
from casa.registry.actor import Actor
from casa.registry.trail import key_of
from casa.search import queries as search

Part = TypeVar("Part", Clause, HeadingCorrection)


@dataclass(frozen=True, slots=True)
class PublishedCopy:
    """An entry whose text is nearly that of the file; `differing` leaves out what is the same."""

    entry: Entry
    percent: int
    same: int
    differing: Sequence[comparing.ClauseChange]


@dataclass(frozen=True, slots=True)
class _Published:
    draft: drafting.Draft
    corrections: Sequence[drafting.Correction]


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


def _drafts(entries: Iterable[Entry]) -> dict[int, _Published]:
    """The published main text of each entry, told as the library tells it."""
    current = [entry.current_id for entry in entries]
    files = VersionFile.objects.filter(version__in=current, position=1)
    clauses = _by_version(Clause.objects.filter(version__in=current).order_by("position"))
    corrections = _by_version(HeadingCorrection.objects.filter(version__in=current).order_by("pk"))
    found = {}
    for file in files.select_related("version", "upload__reading"):
        said = corrections.get(file.version_id, [])
        draft = drafting.from_json(file.upload.reading.draft)
        told = shelved(draft, said, clauses.get(file.version_id, []))
        found[file.version.entry_id] = _Published(told, [as_correction(row) for row in said])
    return found


def _by_version(rows: Iterable[Part]) -> dict[int, list[Part]]:
    found: dict[int, list[Part]] = {}
    for row in rows:
        found.setdefault(row.version_id, []).append(row)
    return found


def _compared(
    entry: Entry, copy: search.Copy, theirs: _Published, mine: drafting.Draft
) -> PublishedCopy:
    """Both read as the published one was corrected: only what the words say differs."""
    found = comparing.compare(theirs.draft, drafting.corrected(mine, theirs.corrections))
    differing = [change for change in found.clauses if change.state != "same"]
    return PublishedCopy(entry, copy.percent, found.count("same"), differing)
