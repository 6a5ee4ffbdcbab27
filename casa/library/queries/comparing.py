"""Two versions of an entry side by side: clause by clause, then word by word."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from casa import drafting
from casa.drafting import comparing
from casa.intake.models import Reading as StoredReading
from casa.library.models import Version, VersionFile

REDLINED = ("docx",)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions, the older one first, and what became of the text; None without a text."""

    before: Version
    after: Version
    comparison: comparing.Comparison | None


def pair_of(before: Version, after: Version) -> Pair:
    """Compare the main texts of two versions. Four queries."""
    older, newer = drafted(before), drafted(after)
    found = comparing.compare(older, newer) if older and newer else None
    return Pair(before=before, after=after, comparison=found)


def drafted(version: Version) -> drafting.Draft | None:
    """The main text of a version, with the keys its clauses have in the library."""
    stored = StoredReading.objects.filter(
        upload__version_file__version=version, upload__version_file__position=1
    ).first()
    if stored is None:
        return None
    draft = drafting.from_json(stored.draft)
    keys = version.clauses.order_by("position").values_list("key", flat=True)
    return keyed(draft, keys)


def keyed(draft: drafting.Draft, keys: Iterable[str]) -> drafting.Draft:
    """The draft, each clause with the key that the library handed on to it, in order."""
    pairs = zip(draft.clauses, keys, strict=True)
    return replace(draft, clauses=tuple(replace(clause, key=key) for clause, key in pairs))


def redlinable(before: Version, after: Version) -> Sequence[VersionFile]:
    """The main files of both, when a word processor can show revisions between them; else none."""
    files = VersionFile.objects.filter(version__in=[before, after], position=1)
    by_version = {file.version_id: file for file in files.select_related("upload")}
    found = [by_version[one.pk] for one in (before, after) if one.pk in by_version]
    formats = {file.upload.format for file in found}
    both = len(found) == len((before, after)) and len(formats) == 1
    return found if both and formats <= set(REDLINED) else ()
