"""The step that looks for personal data, and says where they stand."""

from bisect import bisect_right
from collections.abc import Iterator

from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from casa import drafting
from casa.drafting.personal import LABELS, masked
from casa.intake import personal
from casa.intake.models import Finding
from casa.intake.steps.inspection import Inspection

MOST = 50
MUST_GO = gettext_lazy(
    "Il documento contiene un dato personale ({kind}): toglilo, oppure motiva perché deve restare."
)
LOOK = gettext_lazy(
    "Il documento contiene {kind}: se è di una persona toglilo, se è di un ufficio può restare."
)


def find_personal_data(inspection: Inspection) -> None:
    """What must go is a warning, what needs a look is a note; each value once, masked."""
    draft = inspection.draft
    everything = "\n".join([draft.text, *draft.furniture])
    where = _Whereabouts(draft)
    for sighting in personal.sightings(everything)[:MOST]:
        datum = sighting.datum
        blocks = datum.level == "blocking"
        inspection.add(
            Finding.Severity.WARNING if blocks else Finding.Severity.NOTE,
            datum.kind.replace("_", "-"),
            (MUST_GO if blocks else LOOK).format(kind=LABELS[datum.kind]),
            place=where.of(sighting),
            excerpt=masked(datum.value),
        )


class _Whereabouts:
    """Says in words where a sighting stands; lays the blocks out once for all of them."""

    def __init__(self, draft: drafting.Draft) -> None:
        self.draft = draft
        self.block_starts = [start for start, _end in drafting.lay_out(draft.blocks)[1]]
        self.clause_starts = [clause.start for clause in draft.clauses]

    def of(self, sighting: personal.Sighting) -> str:
        """Clause and page where it is first seen, and in how many other places it is."""
        if sighting.datum.start >= len(self.draft.text):
            where = _("intestazione o piè di pagina")
        else:
            where = ", ".join(self._clause_and_page(sighting.datum.start)) or _("testo")
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
