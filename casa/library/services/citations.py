"""The norms that versions cite: found when a text is written, and again when we know better."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from django.db import transaction
from django.db.models import Q

from casa.drafting import citations
from casa.library.models import Citation, CitationReading, Clause, Version

BATCH = 50
_NOTE = re.compile(r"\{#[^{]*?#\}")


@transaction.atomic
def write_citations(version: Version) -> None:
    """Find the norms cited in the text of a version, and keep where they stand. Safe to repeat."""
    version.citations.all().delete()
    clauses = list(version.clauses.order_by("start"))
    found = citations.find(version.text, issued_on=version.effective_on)
    kept = _outside_notes(version.text, found)
    Citation.objects.bulk_create(_row(version, one, clauses) for one in kept)
    CitationReading.objects.update_or_create(
        version=version, defaults={"grammar": CitationReading.GRAMMAR}
    )


def read_citations_again(most: int = BATCH) -> None:
    """Look for citations in published versions that an older grammar read, or none."""
    old = Q(citation_reading=None) | Q(citation_reading__grammar__lt=CitationReading.GRAMMAR)
    for version in Version.objects.published().filter(old).order_by("pk")[:most]:
        write_citations(version)


def _outside_notes(text: str, found: Iterable[citations.Citation]) -> Iterator[citations.Citation]:
    """What a note says to whoever fills a model is no word of the act: its norms are not cited."""
    notes = [match.span() for match in _NOTE.finditer(text)]
    starts = [start for start, _end in notes]
    for one in found:
        at = bisect_right(starts, one.start) - 1
        if at < 0 or one.start >= notes[at][1]:
            yield one


def _row(version: Version, found: citations.Citation, clauses: Sequence[Clause]) -> Citation:
    return Citation(
        version=version,
        clause=_clause_at(found.start, clauses),
        start=found.start,
        end=found.end,
        text=found.text[:300],
        act=found.act[:120],
        article=found.article[:40],
        comma=found.comma[:20],
        letter=found.letter[:20],
        urn=found.urn[:300],
        url=found.url[:400],
        certain=found.certain,
    )


def _clause_at(start: int, clauses: Sequence[Clause]) -> str:
    at = bisect_right([clause.start for clause in clauses], start) - 1
    return clauses[at].key if at >= 0 and start < clauses[at].end else ""
