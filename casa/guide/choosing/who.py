"""Who may run the procedure: the body itself, with another's tools, or another body for it."""

from decimal import Decimal

from casa.guide.choosing.advice import Reason, Who
from casa.guide.choosing.book import Book, told
from casa.guide.choosing.need import Need, euro
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
    return _unqualified(need, book)


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
    rule = book.row("concessions", TOPIC)
    if need.qualification in FOR_CONCESSIONS:
        text = "Per le concessioni basta il livello intermedio, con esperienza nei piani economici."
        return Who("self", told(text, rule))
    text = "Per le concessioni serve almeno il livello intermedio di qualificazione."
    return Who("ask_sua", told(text, rule, book.row("ask", TOPIC)), _instead(book))


def _unqualified(need: Need, book: Book) -> Who:
    tool = _tool(need, book)
    if tool:
        instead = (_asking(book), *_instead(book))
        return Who("use_tool", tool, instead)
    text = "L'importo supera ciò che l'ente può fare da sé: la gara la fa un ente qualificato."
    reason = told(text, book.row("ask", TOPIC), book.row(ALONE[need.kind], TOPIC))
    return Who("ask_sua", reason, (*_maintenance(need, book), *_instead(book)))


def _tool(need: Need, book: Book) -> Reason | None:
    """Services and supplies below the threshold may go through a qualified body's tools."""
    if need.kind == "works":
        return None
    rule = book.row("tool_social" if book.is_social(need) else "tool_services", TOPIC)
    most = _most(book, rule)
    fits = most is not None and (need.amount < most or (rule.op == "<=" and need.amount == most))
    if not fits or most is None:
        return None
    limit = "fino a" if rule.op == "<=" else "sotto"
    text = f"Senza qualificazione, {limit} {euro(most)} l'ente può usare gli strumenti di un ente "
    return told(text + "qualificato e fare da sé la procedura.", rule)


def _maintenance(need: Need, book: Book) -> tuple[Reason, ...]:
    rule = book.row("tool_maintenance", TOPIC)
    if need.kind != "works" or rule.value is None or need.amount >= rule.value:
        return ()
    text = f"Se è manutenzione ordinaria sotto {euro(rule.value)}, l'ente può anche usare gli "
    return (told(text + "strumenti telematici di un ente qualificato.", rule),)


def _asking(book: Book) -> Reason:
    rule = book.row("ask", TOPIC)
    days = f"entro {rule.value:f} giorni" if rule.value is not None else "nei termini di legge"
    return told(
        f"Oppure si chiede la gara alla Stazione unica appaltante, che risponde {days}.", rule
    )


def _instead(book: Book) -> tuple[Reason, ...]:
    rule = book.row("convention", TOPIC)
    text = "Oppure si ordina su una convenzione o un accordo quadro di un ente qualificato, se c'è."
    return (told(text, rule),)
