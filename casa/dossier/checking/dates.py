"""Days that contradict one another."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from casa.dossier.checking.facts import Facts
from casa.dossier.checking.finding import Finding, Place
from casa.guide.choosing.saying import day_in_words

NOTICE, OFFERS, AWARD, TOLD = "notice", "offers", "award", "told"
COMMISSION, VERIFIED, SIGNED = "commission", "verified", "signed"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day of the tender in words, from an answer or from the dossier itself."""

    words: str
    day: date
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Order:
    """What comes first and what comes after it; `strictly`: not on the same day."""

    first: str
    then: str
    rule: str
    citation: str = ""
    strictly: bool = False
    direct: bool = True


CODE = "d.lgs. 36/2023"
ORDERS = (
    Order("nomina_rup_data", "decisione_data", "Il RUP si nomina nel primo atto.", "art. 15, c. 1"),
    Order(
        "decisione_data",
        NOTICE,
        "La decisione di contrarre si adotta prima di avviare la procedura.",
        "art. 17, c. 1",
        direct=False,
    ),
    Order(
        NOTICE,
        OFFERS,
        "Dal bando o dagli inviti alla scadenza passa un tempo adeguato per fare offerta.",
        "art. 92, c. 1",
        strictly=True,
        direct=False,
    ),
    Order(
        "termine_chiarimenti",
        OFFERS,
        "Le risposte ai chiarimenti arrivano prima della scadenza delle offerte.",
        "art. 88, c. 3",
        strictly=True,
    ),
    Order(
        OFFERS,
        "data_seduta",
        "Le offerte restano segrete fino alla loro scadenza.",
        "art. 35",
        direct=False,
    ),
    Order(
        OFFERS,
        COMMISSION,
        "La commissione si nomina dopo la scadenza delle offerte.",
        "art. 93, c. 1",
        direct=False,
    ),
    Order(COMMISSION, AWARD, "Si aggiudica dopo aver valutato le offerte.", "art. 17, c. 5"),
    Order(VERIFIED, AWARD, "I requisiti si verificano prima di aggiudicare.", "art. 17, c. 5"),
    Order(AWARD, TOLD, "Si comunica ciò che si è aggiudicato.", "art. 90, c. 1"),
    Order(AWARD, SIGNED, "Prima si aggiudica, poi si firma.", "art. 18, c. 2"),
    Order("inizio", "fine", "Un contratto comincia prima di finire."),
    Order("consegna", "ultimazione", "La prestazione comincia prima di finire."),
)
WORDS = {
    "nomina_rup_data": "la nomina del RUP",
    "decisione_data": "la decisione di contrarre",
    "termine_chiarimenti": "il termine per chiedere chiarimenti",
    "data_seduta": "la seduta",
    "inizio": "l'inizio del contratto",
    "fine": "la fine del contratto",
    "consegna": "la consegna",
    "ultimazione": "l'ultimazione",
}


def of_dates(facts: Facts) -> Iterator[Finding]:
    """Every pair of days in the wrong order."""
    known = moments(facts)
    for order in ORDERS:
        first, then = known.get(order.first), known.get(order.then)
        if (
            first
            and then
            and (order.direct or not facts.is_direct)
            and _is_wrong(order, first, then)
        ):
            yield _finding(order, first, then)


def moments(facts: Facts) -> Mapping[str, Moment]:
    """The days that are known, by name; what the dossier says of itself wins over an answer."""
    found = {
        OFFERS: _either(facts, "la scadenza delle offerte", facts.offers_due_on, "termine_offerte"),
        COMMISSION: _either(
            facts, "la nomina della commissione", facts.commission_on, "nomina_commissione_data"
        ),
        VERIFIED: _either(facts, "la verifica dei requisiti", facts.verified_on),
        AWARD: _either(facts, "l'aggiudicazione", facts.awarded_on, "aggiudicazione_data"),
        TOLD: _either(
            facts, "la comunicazione dell'aggiudicazione", facts.told_on, "comunicazione_data"
        ),
        SIGNED: _either(facts, "la firma del contratto", facts.signed_on, "contratto_data"),
        NOTICE: Moment("la pubblicazione", facts.published_on)
        if facts.published_on
        else Moment("il giorno previsto del bando o degli inviti", facts.notice_on),
        **{name: _either(facts, words, None, name) for name, words in WORDS.items()},
    }
    return {name: moment for name, moment in found.items() if moment}


def _either(facts: Facts, words: str, own: date | None, answer: str = "") -> Moment | None:
    if own:
        return Moment(words, own)
    given = facts.day(answer)
    return Moment(words, given, answer) if given else None


def _is_wrong(order: Order, first: Moment, then: Moment) -> bool:
    return then.day < first.day or (order.strictly and then.day == first.day)


def _finding(order: Order, first: Moment, then: Moment) -> Finding:
    answers = tuple(one.answer for one in (then, first) if one.answer)
    text = f"{then.words} ({day_in_words(then.day)}) precede {first.words} "
    if first.day == then.day:
        text = f"{then.words} non viene dopo {first.words} "
    text = f"{text}({day_in_words(first.day)})."
    return Finding(
        text=f"{text[:1].upper()}{text[1:]}",
        rule=order.rule,
        citation=f"{order.citation}, {CODE}" if order.citation else "",
        place=Place.ANSWERS if answers else Place.TENDER,
        answers=answers,
    )
