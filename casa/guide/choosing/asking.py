"""The whole answer to one need."""

from dataclasses import replace

from casa.guide.choosing.advice import Advice, Reason
from casa.guide.choosing.around import before, unknown
from casa.guide.choosing.book import Book, Silent
from casa.guide.choosing.need import Need
from casa.guide.choosing.notes import notes
from casa.guide.choosing.procedures import admissible, excluded, ladder, preferred, silent
from casa.guide.choosing.saying import day_in_words, told
from casa.guide.choosing.who import who
from casa.guide.law import Law, Row


def advise(need: Need, law: Law) -> Advice:
    """Which procedure and who, from the rows that hold on the day of the need.

    Where a rule is missing the answer says so in `unknown` and names no procedure.
    """
    book = Book(law, need.on)
    code = next(iter(law.history("procedures", "code_effective")), None)
    if code and need.on < code.valid_from:
        return Advice(unknown=(_too_early(code),))
    try:
        found = _found(need, book)
        return replace(found, notes=tuple(notes(need, book, found)))
    except Silent as missing:
        reason = silent(book, str(missing))
        more = [one for one in unknown(need, book) if one.text != reason.text]
        return Advice(before=tuple(before(need, book)), unknown=(reason, *more))


def _found(need: Need, book: Book) -> Advice:
    steps = ladder(need, book)
    chosen = preferred(need, book, steps)
    allowed = admissible(need, book, steps, chosen)
    return Advice(
        preferred=chosen,
        who=who(need, book),
        admissible=tuple(allowed),
        excluded=tuple(excluded(need, book, steps, allowed)),
        before=tuple(before(need, book)),
        unknown=tuple(unknown(need, book)),
    )


def _too_early(code: Row) -> Reason:
    """Why nothing is said of a day before the Code of 2023."""
    day = day_in_words(code.valid_from)
    text = f"Non so: prima del {day} valevano altre regole, che questa guida non contiene."
    return told(f"{text} {code.text}.", code)
