"""Steps that judge what was read: legibility, macros, revisions, comments, authors."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.drafting.seen import AUTHOR, authors, seen
from casa.intake.models import Finding
from casa.intake.steps.inspection import Inspection

WARNING, NOTE = Finding.Severity.WARNING, Finding.Severity.NOTE
SURE = 0.7
PAGES_NAMED = 12


def judge_legibility(inspection: Inspection) -> None:
    """Say what the search will not find, and when the structure was guessed."""
    draft = inspection.draft
    for sentence in draft.unread:
        inspection.add(WARNING, "unread", sentence)
    if draft.ocr_pages:
        inspection.add(
            NOTE,
            "ocr",
            _(
                "Queste pagine sono immagini: il testo è stato riconosciuto automaticamente e può "
                "contenere errori. Controllalo."
            ),
            place=_pages(draft.ocr_pages),
        )
    if not draft.text.strip():
        inspection.add(
            WARNING,
            "no-text",
            _(
                "Non è stato possibile leggere il testo: la ricerca non lo troverà. Se hai il "
                "documento da cui nasce questo file (Word o OpenDocument), carica quello."
            ),
        )
    elif draft.confidence < SURE:
        inspection.add(
            NOTE,
            "uncertain-structure",
            _(
                "Articoli e titoli sono stati riconosciuti dall'aspetto e potrebbero mancarne: "
                "controlla l'indice del testo letto."
            ),
        )


def look_inside(inspection: Inspection) -> None:
    """Macros block; what others could read without the author knowing is a warning."""
    for one in seen(inspection.draft):
        inspection.add(Finding.Severity(one.severity), one.code, one.message)
    names = authors(inspection.draft)
    if names:
        inspection.add(
            NOTE,
            "author-name",
            AUTHOR,
            place=_("proprietà del file"),
            excerpt=", ".join(names),
        )


def _pages(numbers: tuple[int, ...]) -> str:
    named = ", ".join(str(number) for number in numbers[:PAGES_NAMED])
    rest = len(numbers) - PAGES_NAMED
    if rest > 0:
        return _("pagine {named} e altre {rest}").format(named=named, rest=rest)
    return ngettext("pagina {named}", "pagine {named}", len(numbers)).format(named=named)
