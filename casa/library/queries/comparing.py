"""Two versions of an entry side by side: clause by clause, then word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

from casa import drafting
from casa.drafting import comparing
from casa.library.models import Version, VersionFile
from casa.library.queries.shelved import as_correction, corrections_of, drafted

REDLINED = ("docx", "odt")


@dataclass(frozen=True, slots=True)
class Pair:
    """Two versions, the older one first, and what became of the text; None without a text."""

    before: Version
    after: Version
    comparison: comparing.Comparison | None


def pair_of(before: Version, after: Version) -> Pair:
    """Compare the main texts of two versions, both read as the newer one was corrected.

    Else a heading that somebody corrected in between would look like a change of the text. Seven
    queries.
    """
    older, newer = drafted(before), drafted(after)
    if older is None or newer is None:
        return Pair(before=before, after=after, comparison=None)
    said = [as_correction(row) for row in corrections_of(after)]
    found = comparing.compare(drafting.corrected(older, said), newer)
    return Pair(before=before, after=after, comparison=found)


def redlinable(before: Version, after: Version) -> Sequence[VersionFile]:
    """The main files of both, when a word processor can show revisions between them; else none."""
    files = VersionFile.objects.filter(version__in=[before, after], position=1)
    by_version = {file.version_id: file for file in files.select_related("upload")}
    found = [by_version[one.pk] for one in (before, after) if one.pk in by_version]
    formats = {file.upload.format for file in found}
    both = len(found) == len((before, after)) and len(formats) == 1
    return found if both and formats <= set(REDLINED) else ()
