"""What comes before the procedure, and what this guide does not know."""

from collections.abc import Iterator

from casa.guide.choosing.advice import Reason
from casa.guide.choosing.book import Book
from casa.guide.choosing.heard import kind_of_code
from casa.guide.choosing.need import KIND_LABELS, Need, euro
from casa.guide.choosing.procedures import thresholds_unknown
from casa.guide.choosing.saying import below, stated, told

BEFORE = "checks_before"


def before(need: Need, book: Book) -> Iterator[Reason]:
    """The checks to make first, with those that the amount asks for."""
    yield from _amount(need, book)
    yield from _programme(need, book)
    if consip := book.known("consip", BEFORE):
        text = "Guarda se c'è una convenzione di Consip o di un soggetto aggregatore da usare."
        yield told(text, consip)
    mepa = book.known("mepa", BEFORE)
    if mepa and mepa.value is not None and _of_purchases(need) and not below(need.amount, mepa):
        text = f"Da {euro(mepa.value)} si passa dal mercato elettronico o da un altro mercato "
        yield told(f"{text}telematico.", mepa)
    for code in ("lots", "conflict"):
        if row := book.known(code, BEFORE):
            yield stated(row)


def _amount(need: Need, book: Book) -> Iterator[Reason]:
    row = book.known("amount", BEFORE)
    if not row:
        return
    parts = {"di opzioni": need.options, "di rinnovi": need.renewals}
    counted = " e ".join(f"{euro(part)} {name}" for name, part in parts.items() if part)
    more = f", compresi {counted}" if counted else ": opzioni e rinnovi vi devono essere compresi"
    yield told(f"L'importo è {euro(need.amount)} senza IVA{more}.", row)


def _programme(need: Need, book: Book) -> Iterator[Reason]:
    """Works and purchases from an amount on stand in the programme of three years."""
    if need.kind == "concession":
        return
    row = book.known("programme_works" if need.kind == "works" else "programme_purchases", BEFORE)
    if not row or row.value is None or below(need.amount, row):
        return
    least = euro(row.value)
    if need.kind == "works":
        text = f"Da {least} l'intervento sta nel programma triennale dei lavori, con il suo CUI."
    else:
        text = f"Da {least} l'acquisto sta nel programma triennale degli acquisti, con il suo CUI."
    yield told(text, row)


def _of_code(need: Need, book: Book) -> Iterator[Reason]:
    """A CPV of no branch, or of another kind than the one that was told."""
    row = book.known("cpv_divisions")
    if not need.cpv or not row:
        return
    bought = kind_of_code(need.cpv, row)
    if not bought:
        text = f"Il CPV {need.cpv} non è in nessun ramo della nomenclatura: controlla il codice."
        yield told(text, row)
    elif need.kind not in (bought, "concession"):
        text = f"Il CPV {need.cpv} è di {KIND_LABELS[bought]}, ma il bisogno è di "
        yield told(f"{text}{KIND_LABELS[need.kind]}: controlla quale dei due è giusto.", row)


def _of_purchases(need: Need) -> bool:
    return need.kind in ("supplies", "services")


def unknown(need: Need, book: Book) -> Iterator[Reason]:
    """What this guide does not say of this need."""
    if not book.known(book.threshold_code(need), "thresholds"):
        yield thresholds_unknown(book)
    yield from _of_code(need, book)
    codes = {
        "pnrr": need.pnrr,
        "annex_xiv": book.may_be_social(need),
        "concession_contents": need.kind == "concession",
    }
    for code, asked in codes.items():
        row = book.known(code) if asked else None
        if row and code == "annex_xiv":
            yield told(f"{row.text}: se è il tuo caso, indica che è un servizio sociale.", row)
        elif row:
            yield stated(row)
