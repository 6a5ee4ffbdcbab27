"""What was seen in a file beside its words, said once: for the pages of the platform and for
`casa inspect` alike.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from casa.drafting.draft import Draft

Severity = Literal["blocking", "warning", "note"]


@dataclass(frozen=True, slots=True)
class Seen:
    """One thing: `code` for programs, an Italian sentence with what to do for people."""

    code: str
    severity: Severity
    message: str


_ALL: tuple[tuple[str, Severity, Callable[[Draft], int], str, str], ...] = (
    (
        "macros",
        "blocking",
        lambda draft: draft.has_macros,
        (
            "Il file contiene macro o programmi: salvalo in un formato che non ne ha (DOCX, ODT, "
            "XLSX o ODS) e caricalo di nuovo. Così com'è non si può condividere."
        ),
        "",
    ),
    (
        "hidden-text",
        "warning",
        lambda draft: draft.hidden_text and not _hidden_cells(draft),
        (
            "Il documento contiene testo nascosto, che chi lo scarica può far apparire: mostralo, "
            "controllalo e togli ciò che non serve."
        ),
        "",
    ),
    (
        "hidden-sheets",
        "warning",
        lambda draft: draft.hidden_sheets,
        (
            "C'è un foglio nascosto, che chi scarica il file può far apparire: mostralo, "
            "controllalo e toglilo se non serve."
        ),
        (
            "Ci sono {} fogli nascosti, che chi scarica il file può far apparire: mostrali, "
            "controllali e togli quelli che non servono."
        ),
    ),
    (
        "hidden-cells",
        "warning",
        lambda draft: draft.hidden_rows + draft.hidden_columns,
        (
            "C'è una riga o una colonna nascosta con qualcosa dentro: mostrala, controllala e "
            "togli ciò che non serve."
        ),
        (
            "Ci sono {} righe o colonne nascoste con qualcosa dentro: mostrale, controllale e "
            "togli ciò che non serve."
        ),
    ),
    (
        "tracked-changes",
        "warning",
        lambda draft: draft.tracked_changes,
        (
            "Il documento contiene una revisione non accettata, che mostra il testo di prima: "
            "accettala o rifiutala."
        ),
        (
            "Il documento contiene {} revisioni non accettate, che mostrano il testo di prima: "
            "accettale o rifiutale."
        ),
    ),
    (
        "comments",
        "warning",
        lambda draft: draft.comments,
        "Il documento contiene un commento: eliminalo, se non è destinato a chi lo scarica.",
        "Il documento contiene {} commenti: eliminali, se non sono destinati a chi lo scarica.",
    ),
    (
        "external-links",
        "warning",
        lambda draft: draft.external_links,
        (
            "Il file si collega a un altro file o a un'immagine che sta altrove (per esempio un "
            "modello o un foglio di calcolo): chi lo apre può essere tracciato, e il percorso può "
            "dire di chi ha scritto. Togli il collegamento."
        ),
        (
            "Il file si collega a {} file o immagini che stanno altrove (per esempio modelli o "
            "fogli di calcolo): chi lo apre può essere tracciato, e i percorsi possono dire di "
            "chi ha scritto. Togli i collegamenti."
        ),
    ),
    (
        "signature-pictures",
        "warning",
        lambda draft: draft.signature_pictures,
        (
            "Verso la fine c'è un'immagine che può essere una firma: una firma copiata non si "
            "condivide, toglila."
        ),
        (
            "Verso la fine ci sono {} immagini che possono essere firme: le firme copiate non si "
            "condividono, toglile."
        ),
    ),
)
AUTHOR = (
    "Le proprietà del file riportano un autore. Se è il nome di una persona che non deve "
    "comparire, toglilo dalle proprietà del documento."
)


def seen(draft: Draft) -> Iterator[Seen]:
    """All of it, the gravest first."""
    for code, severity, told, one, many in _ALL:
        count = int(told(draft))
        if count:
            yield Seen(code, severity, many.format(count) if many and count > 1 else one)


def authors(draft: Draft) -> tuple[str, ...]:
    """The names in the properties of the file, each once."""
    said = (draft.metadata.author, draft.metadata.last_author)
    return tuple(dict.fromkeys(name for name in said if name))


def _hidden_cells(draft: Draft) -> int:
    return draft.hidden_sheets + draft.hidden_rows + draft.hidden_columns
