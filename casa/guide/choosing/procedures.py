"""Which procedure: the ladder of amounts of one kind of purchase, and where a need stands on it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from casa.guide.choosing.advice import Option, Reason
from casa.guide.choosing.book import Book
from casa.guide.choosing.need import Need, euro
from casa.guide.choosing.saying import day_in_words, told
from casa.guide.law import Row

ORDINARY = ("open_procedure", "restricted_procedure")
BELOW = ("direct_award", "negotiated_5", "negotiated_10", "concession_negotiated_10")
ONLY_IF = {
    "competitive_with_negotiation": "competitive",
    "competitive_dialogue": "dialogue",
    "innovation_partnership": "innovation",
    "negotiated_without_notice": "neg_76",
    "framework_call_off": "framework",
}
"""Procedures that a need's amount never opens: a case of the law does."""
CASES = {
    "competitive_with_negotiation": "Si usa solo nei casi che la legge elenca, per esempio "
    "quando le offerte vanno negoziate perché il lavoro è complesso o va adattato.",
    "competitive_dialogue": "Si usa solo nei casi che la legge elenca, quando l'ente non può dire "
    "da sé con quali mezzi soddisfare il bisogno.",
    "innovation_partnership": "Si usa solo per ciò che sul mercato ancora non c'è.",
    "negotiated_without_notice": "Si usa solo nei casi tassativi della legge, con motivazione: per "
    "esempio un solo operatore possibile o un'estrema urgenza imprevedibile.",
    "framework_call_off": "Si usa solo se c'è già un accordo quadro che comprende questo acquisto.",
}
RULES = {
    "works": ("da_works", "neg_works_5", "neg_works_10"),
    "supplies": ("da_services", "neg_services_5", ""),
    "services": ("da_services", "neg_services_5", ""),
}


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder: a procedure and the amounts, in euro, from which and below which."""

    code: str
    row: Row
    least: Decimal | None = None
    below: Decimal | None = None

    def holds(self, amount: Decimal) -> bool:
        """Whether the amount stands on this step."""
        return (self.least is None or amount >= self.least) and (
            self.below is None or amount < self.below
        )

    def span(self) -> str:
        """The amounts in words."""
        if self.least is None and self.below is not None:
            return f"sotto {euro(self.below)}"
        if self.below is None and self.least is not None:
            return f"da {euro(self.least)}"
        return f"da {euro(self.least or Decimal())} e sotto {euro(self.below or Decimal())}"


def ladder(need: Need, book: Book) -> list[Rung]:
    """The steps for a kind of purchase up to the European threshold, the lowest first.

    A step that begins above the need's amount may be missing where its end is not known yet.
    Raises `Silent` where the law of the day does not say enough about this amount.
    """
    if need.kind == "concession":
        limit = book.threshold(need)
        return [Rung("concession_negotiated_10", book.row("concession_10"), below=limit)]
    direct, five, ten = (book.row(code) if code else None for code in RULES[need.kind])
    if direct is None or direct.value is None or five is None:
        raise LookupError(need.kind)
    steps = [Rung("direct_award", direct, below=direct.value)]
    if need.amount < direct.value and not book.known(book.threshold_code(need), "thresholds"):
        return steps
    limit = book.threshold(need)
    middle = ten.value if ten and ten.value else limit
    steps.append(Rung("negotiated_5", five, least=direct.value, below=middle))
    if ten:
        steps.append(Rung("negotiated_10", ten, least=middle, below=limit))
    return steps


def preferred(need: Need, book: Book, steps: list[Rung]) -> Option:
    """The one procedure that serves the need, with the rule that opens it."""
    if need.call_off:
        text = "C'è già un accordo quadro o una convenzione che comprende l'acquisto: si ordina."
        return Option("framework_call_off", told(text, book.row("framework")))
    return by_amount(need, book, steps)


def by_amount(need: Need, book: Book, steps: list[Rung]) -> Option:
    """The procedure that the amount opens."""
    step = next((one for one in steps if one.holds(need.amount)), None)
    if step and not need.cross_border:
        rows = (step.row, book.row("social_below")) if book.is_social(need) else (step.row,)
        text = f"{euro(need.amount)} stanno {_where(step)}: {_lower(step.row.text)}."
        return Option(step.code, told(text, *rows))
    if step:
        text = "Con un interesse transfrontaliero certo si segue una procedura ordinaria."
        return Option("open_procedure", told(text, book.row("cross_border"), _open(need, book)))
    return _above(need, book)


def _above(need: Need, book: Book) -> Option:
    limit = book.row(book.threshold_code(need), "thresholds")
    least = euro(book.threshold(need))
    if book.is_social(need):
        text = f"Dalla soglia di {least} i servizi sociali seguono il regime alleggerito."
        return Option("social_light_regime", told(text, book.row("social_above"), limit))
    text = f"Dalla soglia europea di {least} si segue una procedura ordinaria."
    return Option("open_procedure", told(text, _open(need, book), limit))


def _open(need: Need, book: Book) -> Row:
    """The rule of the procedure open to all: a concession has its own notice."""
    return book.row("concession_notice" if need.kind == "concession" else "open")


def _where(step: Rung) -> str:
    return step.span() if step.least is None else f"nella fascia {step.span()}"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def admissible(need: Need, book: Book, steps: list[Rung], chosen: Option) -> list[Option]:
    """The preferred one first, then what the amount opens, then the ordinary ones."""
    usual = by_amount(need, book, steps)
    found = [chosen, usual, *(_ordinary(code, need, book, usual) for code in ORDINARY)]
    return list({option.code: option for option in reversed(found)}.values())[::-1]


def _ordinary(code: str, need: Need, book: Book, usual: Option) -> Option:
    """An ordinary procedure, allowed at every amount."""
    texts = {
        "open_procedure": "Può partecipare chiunque abbia i requisiti: è sempre ammessa.",
        "restricted_procedure": "Chiunque può chiedere di partecipare; poi si invita.",
    }
    concession = need.kind == "concession"
    own = "restricted" if code == "restricted_procedure" and not concession else ""
    rows = [book.row(own) if own else _open(need, book)]
    if usual.code in BELOW:
        also = book.known("concession_ordinary" if concession else "ordinary_below")
        rows.extend([also] if also else [])
    return Option(code, told(texts[code], *rows))


def excluded(need: Need, book: Book, steps: list[Rung], allowed: Sequence[Option]) -> list[Option]:
    """Every other procedure, each with the rule that closes it."""
    open_codes = {option.code for option in allowed}
    made = [
        *_other_steps(need, book, [step for step in steps if step.code not in open_codes]),
        *_no_such_step(need, book, {step.code for step in steps}),
        *_not_social(need, book),
        *_not_concession(need, book),
        *(Option(code, told(CASES[code], book.row(rule))) for code, rule in ONLY_IF.items()),
    ]
    kept = {option.code: option for option in made if option.code not in open_codes}
    return list(kept.values())


def _other_steps(need: Need, book: Book, steps: list[Rung]) -> Iterator[Option]:
    for step in steps:
        if step.holds(need.amount):
            text = "C'è un interesse transfrontaliero certo: servono le procedure ordinarie."
            yield Option(step.code, told(text, book.row("cross_border")))
        else:
            text = f"Vale {step.span()}; l'importo è {euro(need.amount)}."
            yield Option(step.code, told(text, step.row))


def _no_such_step(need: Need, book: Book, met: set[str]) -> Iterator[Option]:
    """Steps that this kind of purchase does not have."""
    if need.kind == "concession":
        rule = book.row("concession_10")
        text = f"È per gli appalti. {rule.text}."
        for code in ("direct_award", "negotiated_5", "negotiated_10"):
            yield Option(code, told(text, rule))
        return
    if "negotiated_5" not in met:
        rule = book.row(RULES[need.kind][1])
        text = "Comincia dove finisce l'affidamento diretto; l'importo è più basso."
        yield Option("negotiated_5", told(text, rule))
    if "negotiated_10" not in met:
        rule = book.row("neg_works_10")
        wanted = euro(rule.value or Decimal())
        text = f"È per lavori da {wanted} alla soglia europea."
        yield Option("negotiated_10", told(text, rule))


def _not_social(need: Need, book: Book) -> Iterator[Option]:
    rule = book.row("social_above")
    if book.is_social(need):
        limit = book.known("eu_social", "thresholds")
        least = f" da {euro(limit.value)}" if limit and limit.value else ""
        rows = (rule, limit) if limit else (rule,)
        yield Option("social_light_regime", told(f"Vale per i servizi sociali{least}.", *rows))
    else:
        text = "È per i servizi sociali e assimilati dell'allegato XIV."
        yield Option("social_light_regime", told(text, rule))


def _not_concession(need: Need, book: Book) -> Iterator[Option]:
    rule = book.row("concession_10")
    if need.kind != "concession":
        reason = told("È per le concessioni: qui l'ente compra e paga.", rule)
        yield Option("concession_negotiated_10", reason)
    elif need.amount >= book.threshold(need):
        text = f"Vale sotto {euro(book.threshold(need))}."
        yield Option("concession_negotiated_10", told(text, rule))


def silent(book: Book, code: str) -> Reason:
    """Why nothing is said: the law of that day is not in the table."""
    if code.startswith("eu_"):
        return thresholds_unknown(book)
    day = day_in_words(book.on)
    return Reason(f"Non so: per il {day} manca la regola «{code}». Chiedi alla redazione.")


def thresholds_unknown(book: Book) -> Reason:
    """The European thresholds of the day are not written yet."""
    row = book.known("thresholds_change")
    text = f"Non so: le soglie europee per il {day_in_words(book.on)} non sono ancora note."
    return told(f"{text} {row.text}.", row) if row else Reason(text)
