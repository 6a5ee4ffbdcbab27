"""Two versions of an entry side by side: clause by clause, then word by word."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

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


@dataclass(frozen=True, slots=True)
class Revisions:
    """The main files of two versions when a program can show revisions between them, or why not."""

    files: Sequence[VersionFile] = ()
    refusal: str = ""


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


def revisions_of(before: Version, after: Version) -> Revisions:
    """What tracked changes would be written between, or why there can be none. One query."""
    files = VersionFile.objects.filter(version__in=[before, after], position=1)
    by_version = {file.version_id: file for file in files.select_related("upload")}
    found = [by_version[one.pk] for one in (before, after) if one.pk in by_version]
    if len(found) != len((before, after)):
        return Revisions(refusal=_("Le revisioni non si scaricano: una versione non ha un file."))
    first, second = (file.upload.format for file in found)
    if first == second and first in REDLINED:
        return Revisions(files=found)
    return Revisions(refusal=_refused(first.upper(), second.upper()))


def _refused(first: str, second: str) -> str:
    if first == second:
        return _(
            "Il documento con le revisioni si scarica solo fra due file Word (DOCX) o fra due ODT: "
            "qui sono tutti e due %(format)s. Usa il confronto sulla pagina."
        ) % {"format": first}
    return _(
        "Il documento con le revisioni si scarica solo fra due file dello stesso formato, DOCX o "
        "ODT: qui il primo è %(first)s e il secondo %(second)s. Usa il confronto sulla pagina, che "
        "vale lo stesso; per avere le revisioni salva una delle due versioni nel formato "
        "dell'altra e caricala."
    ) % {"first": first, "second": second}
