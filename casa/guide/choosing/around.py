"""What comes before the procedure, what to remember, and what this guide does not know."""

from collections.abc import Iterator
from decimal import Decimal

from casa.guide.choosing.advice import Advice, Reason
from casa.guide.choosing.book import Book, told
from casa.guide.choosing.need import Need, euro
from casa.guide.law import Row

BEFORE = "checks_before"
SOCIAL_BRANCHES = ("85", "80", "98")
"""Divisions of the CPV in which many services of annex XIV stand."""


def before(need: Need, book: Book) -> Iterator[Reason]:
    """The checks to make first, with those that the amount asks for."""
    works = need.kind == "works"
    programme = book.known("programme_works" if works else "programme_purchases", BEFORE)
    if programme and programme.value is not None and need.amount >= programme.value:
        plan = "programma triennale dei lavori" if works else "programma triennale degli acquisti"
        yield told(
            f"Da {euro(programme.value)} l'acquisto sta nel {plan}, con il suo CUI.", programme
        )
    if consip := book.known("consip", BEFORE):
        yield told("Guarda se c'è una convenzione di Consip o di un soggetto aggregatore.", consip)
    mepa = book.known("mepa", BEFORE)
    if mepa and mepa.value is not None and not works and need.amount >= mepa.value:
        yield told(
            f"Da {euro(mepa.value)} si passa dal mercato elettronico o da una piattaforma.", mepa
        )
    for code in ("amount", "lots", "conflict"):
        if row := book.known(code, BEFORE):
            yield told(f"{row.text}.", row)


def notes(need: Need, book: Book, advice: Advice) -> Iterator[Reason]:
    """What to remember with this need; boundaries first."""
    yield from _boundaries(need, book)
    yield from _of_lots(need, book)
    if book.is_catering(need):
        yield _of(book, "school_catering")
    if advice.who and advice.who.code == "ask_sua":
        yield _of(book, "two_officers", "qualification")
    if advice.preferred and advice.preferred.code in (
        "direct_award",
        "negotiated_5",
        "negotiated_10",
    ):
        yield _of(book, "rotation")
    if advice.preferred and advice.preferred.code == "direct_award":
        yield _of(book, "single_act")
    yield from _of_content(need, book)
    if need.urgent:
        yield _urgency(need, book)


def _of(book: Book, code: str, topic: str = "procedures") -> Reason:
    row = book.row(code, topic)
    return told(f"{row.text}.", row)


def _of_content(need: Need, book: Book) -> Iterator[Reason]:
    little = book.row("self_declared")
    if little.value is not None and need.amount < little.value:
        yield told(f"Sotto {euro(little.value)} bastano le dichiarazioni, con controlli.", little)
    if book.is_social(need):
        yield _of(book, "oepv_only")
    for code in ("cam", "labour_agreement"):
        yield _of(book, code)


def _boundaries(need: Need, book: Book) -> Iterator[Reason]:
    """At the very amount of a rule the platform of ANAC and the law do not say the same."""
    works = need.kind == "works"
    rows: list[Row | None] = [
        book.known("da_works" if works else "da_services"),
        book.known("alone_works" if works else "alone_services", "qualification"),
    ]
    for row in rows:
        if need.kind != "concession" and row and row.value == need.amount and row.note:
            yield told(row.note, row)


def _of_lots(need: Need, book: Book) -> Iterator[Reason]:
    """Small lots may be left out of the count within a share of the whole."""
    if not need.lots:
        return
    yield _of(book, "net_amount")
    row = book.row("small_lots_works" if need.kind == "works" else "small_lots_services")
    share = Decimal(str(row.details.get("share_percent", 0))) / 100
    small = sorted(lot for lot in need.lots if row.value is not None and lot < row.value)
    if small and small[0] <= share * need.amount:
        most = euro(row.value or Decimal())
        text = f"I lotti sotto {most} si possono affidare con le regole del loro importo, finché "
        yield told(f"{text}insieme non passano {euro(share * need.amount)}.", row)


def _urgency(need: Need, book: Book) -> Reason:
    row = book.row("urgent_works")
    limit = euro(row.value) if row.value is not None and need.kind == "works" else ""
    text = (
        "L'urgenza abbrevia i termini, con motivazione. La somma urgenza vale solo per ciò che non "
    )
    return told(f"{text}può aspettare{f', fino a {limit}' if limit else ''}.", row)


def unknown(need: Need, book: Book) -> Iterator[Reason]:
    """What this guide does not say of this need."""
    if need.pnrr:
        yield Reason(
            "Con fondi del PNRR o del PNC valgono anche regole speciali che questa guida non ha: "
            "guarda il bando di finanziamento e l'art. 225, c. 8, del Codice.",
            ("art. 225, c. 8, d.lgs. 36/2023",),
            to_check=True,
        )
    if need.kind == "services" and not book.is_social(need) and need.cpv[:2] in SOCIAL_BRANCHES:
        yield Reason(
            "Alcuni servizi di questo settore stanno nell'allegato XIV e hanno la soglia dei "
            "servizi sociali: se è il tuo caso, indicalo.",
        )
    if need.kind == "concession":
        yield Reason(
            "Le regole di contenuto delle concessioni (artt. 176 e seguenti) non sono qui."
        )
