"""The norms that versions cite: found when a text is written, and again when we know better."""

from bisect import bisect_right
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q

from casa.drafting import citations
from casa.library.models import Citation, CitationReading, Clause, Version

BATCH = 50


@transaction.atomic
def write_citations(version: Version) -> None:
    """Find the norms cited in the text of a version, and keep where they stand. Safe to repeat."""
    version.citations.all().delete()
    clauses = list(version.clauses.order_by("start"))
    found = citations.find(version.text, issued_on=version.effective_on)
    Citation.objects.bulk_create(_row(version, one, clauses) for one in found)
    CitationReading.objects.update_or_create(
        version=version, defaults={"grammar": CitationReading.GRAMMAR}
    )


def read_citations_again(most: int = BATCH) -> None:
    """Look for citations in published versions that an older grammar read, or none."""
    old = Q(citation_reading=None) | Q(citation_reading__grammar__lt=CitationReading.GRAMMAR)
    for version in Version.objects.published().filter(old).order_by("pk")[:most]:
        write_citations(version)


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
