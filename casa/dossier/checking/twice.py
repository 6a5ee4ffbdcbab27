"""What the dossier and the answers both say, differently."""

from collections.abc import Iterator
from datetime import date

from casa.dossier.checking.facts import Facts, the
from casa.dossier.checking.finding import Finding, Place
from casa.guide.choosing.need import euro

RULE = "I documenti di una gara dicono la stessa cosa del suo fascicolo."
CODES = {
    "cig": ("Il CIG", "art. 83, c. 1, d.lgs. 36/2023"),
    "cup": ("Il CUP", ""),
    "cui": ("Il CUI", "art. 37, d.lgs. 36/2023"),
    "cpv": ("Il CPV", ""),
}
AMOUNT = "importo_stimato"


def of_twice(facts: Facts) -> Iterator[Finding]:
    """Codes, amount and days."""
    yield from _codes(facts)
    given = facts.euro(AMOUNT)
    if given is not None and given != facts.amount:
        text = (
            f"Il valore stimato è {euro(given)} nelle risposte, {euro(facts.amount)} nel fascicolo."
        )
        rule = "L'importo è uno solo: senza IVA, con opzioni e rinnovi."
        yield _found(AMOUNT, text, "art. 14, c. 4, d.lgs. 36/2023", rule)
    yield from _days(facts)


def _codes(facts: Facts) -> Iterator[Finding]:
    for name, (words, citation) in CODES.items():
        own, given = facts.codes.get(name, ""), _plain(str(facts.answers.get(name) or ""))
        if own and given and not _same(name, own, given):
            text = f"{words} è {given} nelle risposte, {own} nel fascicolo."
            yield _found(name, text, citation)


def _same(name: str, own: str, given: str) -> bool:
    """A CPV may lack its check digit."""
    return own[:8] == given[:8] if name == "cpv" else _plain(own) == given


def _plain(code: str) -> str:
    return "".join(code.split()).upper()


def _days(facts: Facts) -> Iterator[Finding]:
    pairs: tuple[tuple[str, str, date | None], ...] = (
        ("termine_offerte", "La scadenza delle offerte", facts.offers_due_on),
        ("nomina_commissione_data", "La nomina della commissione", facts.commission_on),
        ("aggiudicazione_data", "L'aggiudicazione", facts.awarded_on),
        ("contratto_data", "La firma del contratto", facts.signed_on),
    )
    for name, words, own in pairs:
        given = facts.day(name)
        if own and given and own != given:
            text = f"{words} è {the(given)} nelle risposte, {the(own)} nel fascicolo."
            yield _found(name, text, "")


def _found(name: str, text: str, citation: str, rule: str = RULE) -> Finding:
    return Finding(text=text, rule=rule, citation=citation, place=Place.ANSWERS, answers=(name,))
