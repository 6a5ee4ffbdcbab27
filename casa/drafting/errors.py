"""The one way in which reading fails: a code for programs, an Italian sentence for people."""

MESSAGES = {
    "empty": "Il file è vuoto: controlla di aver scelto quello giusto e caricalo di nuovo.",
    "corrupt": (
        "Il file è danneggiato o incompleto: aprilo con il programma con cui è stato scritto, "
        "salvalo di nuovo e ricaricalo."
    ),
    "encrypted": "Il file è protetto da una password: togli la protezione e caricalo di nuovo.",
    "too_large": (
        "Il file contiene più di quanto la piattaforma può leggere: dividilo in più file e "
        "caricali separatamente."
    ),
    "too_many_pages": (
        "Il documento ha troppe pagine: dividilo in più file e caricali separatamente."
    ),
    "archive_bomb": (
        "Il contenuto del file, una volta decompresso, è sproporzionato: salvalo di nuovo dal "
        "programma con cui è stato scritto oppure dividilo."
    ),
    "archive_unsafe": (
        "Il file contiene al suo interno percorsi, collegamenti o nomi doppi non ammessi: salvalo "
        "di nuovo dal programma con cui è stato scritto."
    ),
    "too_complex": (
        "La struttura del file è troppo complessa per essere letta: salvalo di nuovo in un formato "
        "semplice, per esempio PDF, e ricaricalo."
    ),
    "macros": (
        "Il documento contiene macro: salvalo come documento senza macro (DOCX, ODT o XLSX) e "
        "caricalo di nuovo."
    ),
    "not_supported": (
        "Questo tipo di file non può ancora essere letto: salvalo come DOCX, ODT o PDF e caricalo "
        "di nuovo."
    ),
    "envelope": (
        "La busta firmata non si apre: chiedi una copia del file a chi te l'ha mandato, oppure "
        "carica il documento senza firma."
    ),
    "merge": (
        "Le novità della fonte non si possono scrivere da sole nel nostro file: riportale a mano."
    ),
    "model": "Il modello ha errori: correggili e caricalo di nuovo.",
    "data": "I dati non bastano per il modello: completali e riprova.",
    "office": (
        "Questo file di vecchio tipo qui non si può convertire: salvalo come DOCX, ODT o XLSX e "
        "riprova."
    ),
    "missing": "Il file non c'è più: caricalo di nuovo.",
}


class Unreadable(Exception):  # noqa: N818 -- it reads as a sentence
    """This file cannot be read. `code` is a key of `MESSAGES`; `message` may be shown as it is.

    Any failure of a reader ends here: no Python error ever reaches the caller of `read`.
    """

    def __init__(self, code: str, message: str = "") -> None:
        self.code = code
        self.message = message or MESSAGES[code]
        super().__init__(self.message)
