"""Terms shorter or longer than the law of the day of the notice allows."""

from calendar import monthrange
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from casa.dossier.checking.dates import AWARD, NOTICE, OFFERS, SIGNED, TOLD, Moment, moments
from casa.dossier.checking.facts import Facts, the
from casa.dossier.checking.finding import Finding, Place
from casa.dossier.checking.procedure import need_of
from casa.guide.choosing.book import Book, Silent
from casa.guide.choosing.saying import day_in_words, measure
from casa.guide.law import Law, Row

SHORTEST, LONGEST = "minimum_terms", "maximum_terms"
OFFER_TERMS = {
    "open_procedure": "open",
    "restricted_procedure": "restricted_offers",
    "competitive_with_negotiation": "competitive_offers",
}
WHOLE = {
    "open_procedure": "open_best_value",
    "restricted_procedure": "restricted_best_value",
    "negotiated_5": "negotiated_best_value",
    "negotiated_10": "negotiated_best_value",
    "competitive_with_negotiation": "competitive_best_value",
    "competitive_dialogue": "dialogue_best_value",
    "innovation_partnership": "innovation_best_value",
}
"""The longest terms that the law knows: those of the best value for money."""


def of_terms(facts: Facts, law: Law) -> Iterator[Finding]:
    """From the notice to the signature, each term against its rule."""
    book, known = Book(law, facts.basis), moments(facts)
    yield from _offers(facts, book, known)
    yield from _clarifications(book, known)
    yield from _whole(facts, book, known)
    yield from _signature(facts, book, known)


def _offers(facts: Facts, book: Book, known: Mapping[str, Moment]) -> Iterator[Finding]:
    """Once the notice is out the act itself has refused a short term, or knew of the urgency."""
    row = book.known(OFFER_TERMS.get(facts.procedure, ""), SHORTEST)
    offers, notice = known.get(OFFERS), known[NOTICE]
    if facts.published_on or row is None or row.value is None or offers is None:
        return
    given = (offers.day - notice.day).days
    if 0 < given < row.value:
        text = (
            f"Dal bando ({day_in_words(notice.day)}) alla scadenza delle offerte passano {given} "
            "giorni: così pochi solo con un'urgenza motivata."
        )
        yield _found(text, row, offers)


def _clarifications(book: Book, known: Mapping[str, Moment]) -> Iterator[Finding]:
    row = book.known("clarifications", SHORTEST)
    offers, asked = known.get(OFFERS), known.get("termine_chiarimenti")
    if row is None or row.value is None or offers is None or asked is None:
        return
    left = (offers.day - asked.day).days
    if 0 < left < row.value:
        text = f"Fra il termine per i chiarimenti e la scadenza delle offerte restano {left} giorni"
        yield _found(f"{text}: le risposte non fanno in tempo.", row, asked)


def _whole(facts: Facts, book: Book, known: Mapping[str, Moment]) -> Iterator[Finding]:
    row = book.known(WHOLE.get(facts.procedure, ""), LONGEST)
    award, notice = known.get(AWARD), known[NOTICE]
    if row is None or row.value is None or award is None:
        return
    if award.day > _months_after(notice.day, int(row.value)):
        text = f"Dal bando ({day_in_words(notice.day)}) all'aggiudicazione passa troppo tempo."
        yield _found(text, row, award)


def _months_after(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _signature(facts: Facts, book: Book, known: Mapping[str, Moment]) -> Iterator[Finding]:
    award, signed = known.get(AWARD), known.get(SIGNED)
    if award is None or signed is None or signed.day < award.day:
        return
    above = _is_above(facts, book)
    if above is None:
        return
    last = book.known("signing_above" if above else "signing_below", LONGEST)
    if last and last.value and signed.day > award.day + timedelta(days=int(last.value)):
        yield _found(f"La firma è {the(signed.day)}, tardi.", last, signed)
    still = book.known("standstill", SHORTEST) if above else None
    told = known.get(TOLD, award)
    if still and still.value and signed.day < told.day + timedelta(days=int(still.value)):
        text = f"La firma ({day_in_words(signed.day)}) cade nel termine dilatorio, ancora "
        text = f"{text}aperto: {told.words} è {the(told.day)}."
        yield _found(text, still, signed)


def _is_above(facts: Facts, book: Book) -> bool | None:
    """Whether the European threshold is reached; None where it is not known."""
    need = need_of(facts)
    try:
        return need.amount >= book.threshold(need) if need else None
    except Silent:
        return None


def _found(text: str, row: Row, moment: Moment) -> Finding:
    return Finding(
        text=text,
        rule=f"{row.text}: {measure(row)}.",
        citation=row.citation,
        place=Place.ANSWERS if moment.answer else Place.TENDER,
        answers=(moment.answer,) if moment.answer else (),
    )
