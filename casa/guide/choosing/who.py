"""Who may run the procedure: the body itself, with another's tools, or another body for it."""

from decimal import Decimal

from casa.guide.choosing.advice import Reason, Who
from casa.guide.choosing.book import Book
from casa.guide.choosing.need import Need, euro
from casa.guide.choosing.saying import bare, stated, told
from casa.guide.law import Row

ALONE = {"works": "alone_works", "supplies": "alone_services", "services": "alone_services"}
LEVEL_RULES = {
    "works": {"l3": "l3_works", "l2": "l2_works", "l1": "l1_works"},
    "supplies": {"sf3": "sf3_services", "sf2": "sf2_services", "sf1": "sf1_services"},
    "services": {"sf3": "sf3_services", "sf2": "sf2_services", "sf1": "sf1_services"},
}
FOR_CONCESSIONS = ("l2", "l1", "sf2", "sf1")
TOPIC = "qualification"


def who(need: Need, book: Book) -> Who:
    """Who runs it, and why. Raises `Silent` where the law of the day does not say."""
    if need.kind == "concession":
        return _who_of_concession(need, book)
    alone = book.row(ALONE[need.kind], TOPIC)
    if alone.value is not None and need.amount <= alone.value:
        text = f"Fino a {euro(alone.value)} ogni ente fa da solo, anche senza qualificazione."
        return Who("self", told(text, alone))
    level = LEVEL_RULES[need.kind].get(need.qualification)
    if level and (reason := _enough(need, book, book.row(level, TOPIC))):
        return Who("self", reason)
    return _beyond(need, book)


def _enough(need: Need, book: Book, level: Row) -> Reason | None:
    """Why the level of the body is enough for the amount, if it is."""
    most = _most(book, level)
    if most is None:
        return told("La qualificazione dell'ente non ha limiti di importo.", level)
    if need.amount > most:
        return None
    return told(f"La qualificazione dell'ente arriva fino a {euro(most)}.", level)


def _most(book: Book, level: Row) -> Decimal | None:
    named = level.details.get("threshold")
    return book.value(str(named), "thresholds") if named else level.value


def _who_of_concession(need: Need, book: Book) -> Who:
    rule, ask = book.row("concessions", TOPIC), book.row("ask", TOPIC)
    if need.qualification in FOR_CONCESSIONS:
        text = "Per le concessioni basta il livello intermedio di qualificazione."
        return Who("self", told(f"{text} {rule.note}".strip(), rule))
    text = "Per le concessioni serve almeno il livello intermedio di qualificazione: la gara la "
    return Who("ask_sua", told(f"{text}fa un ente che lo ha, {_answer(ask)}.", rule, ask))


def _beyond(need: Need, book: Book) -> Who:
    """The amount is beyond what the body may do alone."""
    if need.call_off:
        return Who("use_convention", stated(_ordering(need, book)), (_asking(book),))
    if tool := _tool(need, book):
        return Who("use_tool", tool, (_asking(book), _or_order(need, book)))
    ask = book.row("ask", TOPIC)
    text = "L'importo supera ciò che l'ente può fare da sé: la gara la fa un ente qualificato, "
    reason = told(f"{text}{_answer(ask)}.", ask, book.row(ALONE[need.kind], TOPIC))
    return Who("ask_sua", reason, (*maintenance(need, book), _or_order(need, book)))


def _tool(need: Need, book: Book) -> Reason | None:
    """Services and supplies below the threshold may go through a qualified body's tools."""
    if need.kind == "works":
        return None
    rule = book.row("tool_social" if book.is_social(need) else "tool_services", TOPIC)
    most = _most(book, rule)
    if most is None or need.amount >= most:
        return None
    text = f"Senza una qualificazione che basti, sotto {euro(most)} l'ente può usare gli strumenti "
    return told(f"{text}telematici di un ente qualificato e fare da sé la procedura.", rule)


def maintenance(need: Need, book: Book) -> tuple[Reason, ...]:
    """What an unqualified body may do when the works are ordinary maintenance."""
    rule = book.row("tool_maintenance", TOPIC)
    if need.kind != "works" or rule.value is None or need.amount >= rule.value:
        return ()
    text = f"Se è manutenzione ordinaria sotto {euro(rule.value)}, l'ente può anche usare da sé gli"
    return (told(f"{text} strumenti telematici di un ente qualificato.", rule),)


def _asking(book: Book) -> Reason:
    ask = book.row("ask", TOPIC)
    return told(f"Oppure si chiede la gara alla Stazione unica appaltante, {_answer(ask)}.", ask)


def _answer(ask: Row) -> str:
    """How long the one who is asked may think about it."""
    return f"che risponde entro {bare(ask)}" if ask.value is not None else "che deve rispondere"


def _ordering(need: Need, book: Book) -> Row:
    """The rule on orders: one for bodies without a qualification, one for the others."""
    unqualified = need.qualification == "none"
    return book.row("convention" if unqualified else "convention_qualified", TOPIC)


def _or_order(need: Need, book: Book) -> Reason:
    text = "Oppure si ordina su una convenzione o un accordo quadro di un ente qualificato, se c'è."
    return told(text, _ordering(need, book))
