"""Steps that judge what was read: legibility, macros, revisions, comments, authors."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.intake.models import Finding
from casa.intake.steps.inspection import Inspection

BLOCKING, WARNING, NOTE = Finding.Severity.BLOCKING, Finding.Severity.WARNING, Finding.Severity.NOTE
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
    draft = inspection.draft
    if draft.has_macros:
        inspection.add(
            BLOCKING,
            "macros",
            _(
                "Il file contiene macro o programmi: salvalo in un formato che non ne ha (DOCX, "
                "ODT, XLSX o ODS) e caricalo di nuovo. Così com'è non si può condividere."
            ),
        )
    if draft.hidden_text:
        inspection.add(
            WARNING,
            "hidden-text",
            _(
                "Il documento contiene testo o fogli nascosti, che chi lo scarica può far "
                "apparire: mostrali, controllali e togli ciò che non serve."
            ),
        )
    _look_for_revisions(inspection)
    _look_for_authors(inspection)


def _look_for_revisions(inspection: Inspection) -> None:
    changes, comments = inspection.draft.tracked_changes, inspection.draft.comments
    if changes:
        inspection.add(
            WARNING,
            "tracked-changes",
            ngettext(
                "Il documento contiene una revisione non accettata, che mostra il testo di "
                "prima: accettala o rifiutala.",
                "Il documento contiene {count} revisioni non accettate, che mostrano il testo di "
                "prima: accettale o rifiutale.",
                changes,
            ).format(count=changes),
        )
    if comments:
        inspection.add(
            WARNING,
            "comments",
            ngettext(
                "Il documento contiene un commento: eliminalo, se non è destinato a chi lo "
                "scarica.",
                "Il documento contiene {count} commenti: eliminali, se non sono destinati a chi "
                "lo scarica.",
                comments,
            ).format(count=comments),
        )


def _look_for_authors(inspection: Inspection) -> None:
    metadata = inspection.draft.metadata
    names = list(dict.fromkeys(name for name in (metadata.author, metadata.last_author) if name))
    if names:
        inspection.add(
            NOTE,
            "author-name",
            _(
                "Le proprietà del file riportano un autore. Se è il nome di una persona che non "
                "deve comparire, toglilo dalle proprietà del documento."
            ),
            place=_("proprietà del file"),
            excerpt=", ".join(names),
        )


def _pages(numbers: tuple[int, ...]) -> str:
    named = ", ".join(str(number) for number in numbers[:PAGES_NAMED])
    rest = len(numbers) - PAGES_NAMED
    if rest > 0:
        return _("pagine {named} e altre {rest}").format(named=named, rest=rest)
    return ngettext("pagina {named}", "pagine {named}", len(numbers)).format(named=named)
