"""The step that looks for personal data with a check digit, and says where they stand."""

from bisect import bisect_right
from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa import drafting
from casa.intake import personal
from casa.intake.models import Finding
from casa.intake.steps.inspection import Inspection

MOST = 50


def find_personal_data(inspection: Inspection) -> None:
    """Fiscal codes of persons are warnings, IBANs are notes; each value once, masked."""
    draft = inspection.draft
    everything = "\n".join([draft.text, *draft.furniture])
    where = _Whereabouts(draft)
    for sighting in personal.fiscal_codes(everything)[:MOST]:
        inspection.add(
            Finding.Severity.WARNING,
            "fiscal-code",
            _(
                "Il documento contiene il codice fiscale di una persona: toglilo, oppure motiva "
                "perché deve restare."
            ),
            place=where.of(sighting),
            excerpt=personal.masked(sighting.value),
        )
    for sighting in personal.ibans(everything)[:MOST]:
        inspection.add(
            Finding.Severity.NOTE,
            "iban",
            _(
                "Il documento contiene un IBAN: se è di una persona toglilo, se è dell'ente puoi "
                "lasciarlo."
            ),
            place=where.of(sighting),
            excerpt=personal.masked(sighting.value),
        )


class _Whereabouts:
    """Says in words where a sighting stands; lays the blocks out once for all of them."""

    def __init__(self, draft: drafting.Draft) -> None:
        self.draft = draft
        self.block_starts = [start for start, _end in drafting.lay_out(draft.blocks)[1]]
        self.clause_starts = [clause.start for clause in draft.clauses]

    def of(self, sighting: personal.Sighting) -> str:
        """Clause and page where it is first seen, and in how many other places it is."""
        if sighting.start >= len(self.draft.text):
            where = _("intestazione o piè di pagina")
        else:
            where = ", ".join(self._clause_and_page(sighting.start)) or _("testo")
        more = sighting.count - 1
        if not more:
            return where
        words = ngettext("{where} e in un altro punto", "{where} e in altri {more} punti", more)
        return words.format(where=where, more=more)

    def _clause_and_page(self, offset: int) -> Iterator[str]:
        at = bisect_right(self.clause_starts, offset) - 1
        if at >= 0 and offset < self.draft.clauses[at].end:
            clause = self.draft.clauses[at]
            name = personal.hidden(f"{clause.label} {clause.heading}".strip())
            yield Truncator(name).chars(80)
        page = self.draft.blocks[bisect_right(self.block_starts, offset) - 1].page
        if page:
            yield _("pagina {page}").format(page=page)
