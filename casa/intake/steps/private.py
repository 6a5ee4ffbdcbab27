"""The step that looks for personal data with a check digit, and says where they stand."""

from bisect import bisect_right

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
    for sighting in personal.fiscal_codes(everything)[:MOST]:
        inspection.add(
            Finding.Severity.WARNING,
            "fiscal-code",
            _(
                "Il documento contiene il codice fiscale di una persona: toglilo, oppure motiva "
                "perché deve restare."
            ),
            place=_place(draft, sighting),
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
            place=_place(draft, sighting),
            excerpt=personal.masked(sighting.value),
        )


def _place(draft: drafting.Draft, sighting: personal.Sighting) -> str:
    """Clause and page of the first sighting, and how many more there are."""
    if sighting.start >= len(draft.text):
        where = _("intestazione o piè di pagina")
    else:
        where = ", ".join(_clause_and_page(draft, sighting.start)) or _("testo")
    more = sighting.count - 1
    if not more:
        return where
    return ngettext("{where} e in un altro punto", "{where} e in altri {more} punti", more).format(
        where=where, more=more
    )


def _clause_and_page(draft: drafting.Draft, offset: int) -> list[str]:
    _text, spans = drafting.lay_out(draft.blocks)
    at = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    page = draft.blocks[at].page
    clause = next((one for one in draft.clauses if one.start <= offset < one.end), None)
    label = Truncator(f"{clause.label} {clause.heading}".strip()).chars(80) if clause else ""
    return [*([label] if label else []), *([_("pagina {page}").format(page=page)] if page else [])]
