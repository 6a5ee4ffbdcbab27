"""The whole answer to one need."""

from dataclasses import replace
from datetime import date

from casa.guide.choosing.advice import Advice, Reason
from casa.guide.choosing.around import before, notes, unknown
from casa.guide.choosing.book import Book, Silent
from casa.guide.choosing.need import Need
from casa.guide.choosing.procedures import admissible, excluded, ladder, preferred, silent
from casa.guide.choosing.who import who
from casa.guide.law import Law

FIRST_DAY = date(2023, 7, 1)
"""From this day the Code of 2023 is effective (art. 229)."""


def advise(need: Need, law: Law) -> Advice:
    """Which procedure and who, from the rows that hold on the day of the need.

    Where a rule is missing the answer says so in `unknown` and names no procedure.
    """
    if need.on < FIRST_DAY:
        return Advice(unknown=(_too_early(),))
    book = Book(law, need.on)
    try:
        found = _found(need, book)
        return replace(found, notes=tuple(notes(need, book, found)))
    except Silent as missing:
        told = silent(need, str(missing))
        return Advice(before=tuple(before(need, book)), unknown=(told, *unknown(need, book)))


def _found(need: Need, book: Book) -> Advice:
    steps = ladder(need, book)
    chosen = preferred(need, book, steps)
    return Advice(
        preferred=chosen,
        who=who(need, book),
        admissible=tuple(admissible(need, book, chosen)),
        excluded=tuple(excluded(need, book, steps, chosen)),
        before=tuple(before(need, book)),
        unknown=tuple(unknown(need, book)),
    )


def _too_early() -> Reason:
    return Reason(
        "Prima del 1° luglio 2023 valeva il d.lgs. 50/2016: questa guida non lo contiene.",
        ("art. 229, c. 2, d.lgs. 36/2023",),
    )
