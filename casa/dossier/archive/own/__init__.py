"""The parts of an archive that this room keeps itself."""

from django.utils.translation import gettext_lazy as _

from casa.dossier.archive.own import (
    answering,
    closing,
    describing,
    history,
    laying,
    listing,
    timing,
)
from casa.dossier.archive.parts import Part, register


def register_all() -> None:
    """Offer them, in the order in which they come back: steps before papers before products."""
    for part in (*_parts(), timing.PART):
        register(part)


def _parts() -> tuple[Part, ...]:
    return (
        Part(
            rank=10,
            name="fascicolo",
            label=_("Dati"),
            about=_("Oggetto, importo, procedura e perché, codici, responsabili, date degli atti."),
            rows=describing.rows,
            restore=describing.restore,
            told=describing.told,
        ),
        Part(
            rank=20,
            name="passi",
            label=_("Passi"),
            about=_("Ogni passo con chi lo fa, a che punto è, i giorni e le note."),
            rows=describing.step_rows,
            restore=describing.restore_steps,
            told=describing.step_told,
        ),
        Part(
            rank=30,
            name="lotti",
            label=_("Lotti"),
            about=_("I lotti con oggetto, importo e CIG."),
            rows=listing.lot_rows,
            restore=listing.restore_lots,
            told=listing.lot_told,
        ),
        Part(
            rank=40,
            name="documenti",
            label=_("Documenti nei passi"),
            about=_("I file caricati e i modelli con la loro versione e il file originale."),
            rows=laying.paper_rows,
            restore=laying.restore_papers,
            told=laying.paper_told,
        ),
        Part(
            rank=50,
            name="prodotti",
            label=_("Documenti prodotti"),
            about=_("Ogni documento com'è stato prodotto, con le risposte usate."),
            rows=laying.product_rows,
            restore=laying.restore_products,
            told=laying.product_told,
        ),
        Part(
            rank=60,
            name="risposte",
            label=_("Risposte"),
            about=_("Tutte le risposte, anche quelle poi cambiate: chi le ha date e quando."),
            rows=answering.rows,
            restore=answering.restore,
            told=answering.told,
        ),
        Part(
            rank=70,
            name="rettifiche",
            label=_("Rettifiche"),
            about=_("Che cosa è cambiato dopo la pubblicazione, perché, e i nuovi termini."),
            rows=listing.corrigendum_rows,
            restore=listing.restore_corrigenda,
            told=listing.corrigendum_told,
        ),
        Part(
            rank=80,
            name="operatori",
            label=_("Operatori economici"),
            about=_("Chi è stato invitato e chi ha presentato offerta."),
            rows=listing.participant_rows,
            restore=listing.restore_participants,
            told=listing.participant_told,
        ),
        Part(
            rank=95,
            name="chiusura",
            label=_("Chiusura"),
            about=_("Come è finita la gara: esito, offerte arrivate, ribasso."),
            rows=closing.rows,
            restore=closing.restore,
            told=closing.told,
        ),
        Part(
            rank=900,
            name="registro",
            label=_("Registro"),
            about=_("Chi ha fatto che cosa e quando, dalla prima riga all'ultima."),
            rows=history.rows,
            restore=history.restore,
            told=history.told,
        ),
    )
