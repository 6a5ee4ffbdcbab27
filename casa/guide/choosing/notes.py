"""What to remember once the procedure is chosen: limits, rotation, guarantees, terms, money."""

from collections.abc import Iterator
from decimal import Decimal

from casa.guide.choosing.advice import Advice, Reason
from casa.guide.choosing.book import Book
from casa.guide.choosing.need import Need, euro
from casa.guide.choosing.saying import bare, below, stated, told
from casa.guide.choosing.who import maintenance
from casa.guide.law import Row

SMALL = ("direct_award", "negotiated_5", "negotiated_10")
"""The procedures of art. 50, with their own guarantees."""
LARGE = ("open_procedure", "restricted_procedure", "social_light_regime")


def notes(need: Need, book: Book, advice: Advice) -> Iterator[Reason]:
    """What to remember with this need; amounts on the very limit first."""
    code = advice.preferred.code if advice.preferred else ""
    yield from _boundaries(need, book)
    yield from _of_lots(need, book)
    yield from _of_object(need, book)
    yield from _of_officers(need, book, advice)
    yield from _of_procedure(need, book, code)
    yield from _guarantees(book, code)
    yield from _standstill(need, book, code)
    yield from _contribution(need, book)
    for always in ("cam", "labour_agreement"):
        yield stated(book.row(always))
    if need.urgent:
        yield _urgency(need, book)


def _stated(book: Book, topic: str, *codes: str) -> Iterator[Reason]:
    """The rules known on the day, as they stand."""
    yield from (stated(row) for code in codes if (row := book.known(code, topic)))


def _boundaries(need: Need, book: Book) -> Iterator[Reason]:
    """At the very amount of a rule the platform of ANAC and the law do not say the same."""
    if need.kind == "concession":
        return
    works = need.kind == "works"
    rows: list[Row | None] = [
        book.known("da_works" if works else "da_services"),
        book.known("alone_works" if works else "alone_services", "qualification"),
        book.known("tool_social", "qualification") if book.is_social(need) else None,
    ]
    for row in rows:
        if row and row.value == need.amount and row.note:
            yield told(row.note, row)


def _of_lots(need: Need, book: Book) -> Iterator[Reason]:
    """Small lots may be left out of the count within a share of the whole."""
    if not need.lots:
        return
    text = f"Decide la somma dei lotti, {euro(need.amount)}, anche se si affidano uno per volta."
    yield told(text, book.row("net_amount"))
    row = book.row("small_lots_works" if need.kind == "works" else "small_lots_services")
    share = Decimal(str(row.details.get("share_percent", 0))) / 100 * need.amount
    small = [lot for lot in need.lots if below(lot, row)]
    if small and min(small) <= share and row.value is not None:
        text = f"I lotti sotto {euro(row.value)} si possono affidare con le regole del loro importo"
        yield told(f"{text}, finché insieme non passano {euro(share)}.", row)


def _of_object(need: Need, book: Book) -> Iterator[Reason]:
    """What the object of the contract asks for."""
    if book.is_catering(need):
        row = book.row("school_catering")
        yield Reason(f"{row.text}. {row.note}".strip(), (row.citation,), to_check=True)
    if book.is_social(need):
        yield stated(book.row("oepv_only"))


def _of_officers(need: Need, book: Book, advice: Advice) -> Iterator[Reason]:
    if advice.who and advice.who.code == "ask_sua":
        yield stated(book.row("two_officers", "qualification"))
        yield from maintenance(need, book)


def _of_procedure(need: Need, book: Book, code: str) -> Iterator[Reason]:
    if code in SMALL:
        yield _rotation(need, book)
    if code == "direct_award":
        yield stated(book.row("single_act"))
        yield from _declarations(need, book)
    elif code in SMALL:
        notice = "market_notice_urgent" if need.urgent else "market_notice"
        yield from _stated(book, "procedures", "no_draw", "publish_start")
        yield from _stated(book, "minimum_terms", notice)
    elif code in LARGE:
        yield from _stated(book, "minimum_terms", "open_urgent" if need.urgent else "open")


def _rotation(need: Need, book: Book) -> Reason:
    row, free = book.row("rotation"), book.known("rotation_free")
    if free and below(need.amount, free):
        return told(
            f"{row.text}; sotto {euro(free.value or Decimal())} si può derogare.", row, free
        )
    return stated(row)


def _declarations(need: Need, book: Book) -> Iterator[Reason]:
    row = book.row("self_declared")
    if row.value is not None and below(need.amount, row):
        text = f"Sotto {euro(row.value)} bastano le dichiarazioni dell'operatore, con controlli a "
        yield told(f"{text}campione.", row)


def _guarantees(book: Book, code: str) -> Iterator[Reason]:
    if code in SMALL:
        provisional = () if code == "direct_award" else ("provisional_below",)
        yield from _stated(book, "guarantees", *provisional, "definitive_below")
    elif code in LARGE:
        yield from _stated(book, "guarantees", "provisional", "definitive")


def _standstill(need: Need, book: Book, code: str) -> Iterator[Reason]:
    if need.kind == "concession" or code == "framework_call_off":
        return
    if code in SMALL:
        yield stated(book.row("no_standstill"))
        yield from _stated(book, "maximum_terms", "signing_below")
    elif row := book.known("standstill", "minimum_terms"):
        yield told(f"{row.text}: {bare(row)}.", row)


def _contribution(need: Need, book: Book) -> Iterator[Reason]:
    """What the authority owes to ANAC for a tender of this amount."""
    free = book.known("anac_free", "contributions")
    if free and below(need.amount, free):
        yield told(f"Sotto {euro(free.value or Decimal())} non si paga il contributo ANAC.", free)
    elif row := _band(need, book, "anac_authority_"):
        yield stated(row)


def _band(need: Need, book: Book, prefix: str) -> Row | None:
    """The row of the highest band that begins at or below the amount."""
    rows = book.law.rows("contributions", book.on)
    found = [row for row in rows if row.code.startswith(prefix) and _start(row) <= need.amount]
    return max(found, key=_start, default=None)


def _start(row: Row) -> Decimal:
    return Decimal(str(row.details.get("from", 0)))


def _urgency(need: Need, book: Book) -> Reason:
    row = book.row("urgent_works")
    text = (
        "L'urgenza abbrevia i termini, con motivazione. La somma urgenza vale solo per ciò che non "
        "può aspettare"
    )
    if need.kind == "works" and row.value is not None:
        return told(f"{text}, fino a {euro(row.value)}.", row)
    return told(f"{text}. {row.note}".strip(), row)
