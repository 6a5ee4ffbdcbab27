"""Amounts and points that do not add up."""

from collections.abc import Iterator
from decimal import Decimal

from casa.dossier.checking.facts import Facts
from casa.dossier.checking.finding import Finding, Place
from casa.guide.choosing.need import euro
from casa.guide.choosing.saying import measure
from casa.guide.law import Law

CODE = "d.lgs. 36/2023"
HUNDRED, HALF = Decimal(100), Decimal("0.5")
ROUNDING = Decimal(1)
"""Cents are rounded at each step, and a discount is written with few decimals."""
SUMS = "I conti di un atto tornano."


def of_amounts(facts: Facts, law: Law) -> Iterator[Finding]:
    """Lots, base, safety and labour, discount, VAT, points."""
    yield from _lots(facts)
    yield from _base(facts)
    yield from _contract(facts)
    yield from _total(facts)
    yield from _points(facts)
    yield from _price(facts, law)


def _lots(facts: Facts) -> Iterator[Finding]:
    cite = f"art. 14, cc. 9 e 10, {CODE}"
    rule = "L'importo di una gara a lotti è la somma dei lotti."
    for given, place, answers in (
        (facts.lots, Place.LOTS, ("lotti",)),
        (facts.column("lotti", "importo"), Place.ANSWERS, ("lotti",)),
    ):
        total = sum(given, Decimal())
        if given and total != facts.amount:
            text = f"I lotti fanno {euro(total)}, l'importo della gara è {euro(facts.amount)}."
            yield Finding(text=text, rule=rule, citation=cite, place=place, answers=answers)


def _base(facts: Facts) -> Iterator[Finding]:
    base, whole = facts.euro("importo_base"), facts.euro("importo_stimato")
    apart = [facts.euro(name) for name in ("oneri_sicurezza", "costo_manodopera")]
    if base is None:
        return
    if whole is not None and base > whole:
        text = f"L'importo a base di gara ({euro(base)}) è più del valore stimato ({euro(whole)})."
        rule = "Il valore stimato comprende la base di gara, le opzioni e i rinnovi."
        yield _found(text, rule, f"art. 14, c. 4, {CODE}", "importo_base", "importo_stimato")
    total = sum((one for one in apart if one), Decimal())
    if total > base:
        text = f"Sicurezza e manodopera fanno {euro(total)}, più della base di gara ({euro(base)})."
        rule = "I costi della manodopera e della sicurezza sono una parte dell'importo."
        yield _found(text, rule, f"art. 41, c. 14, {CODE}", "costo_manodopera", "oneri_sicurezza")


def _contract(facts: Facts) -> Iterator[Finding]:
    """The discount is on all but safety; whether on labour too, each tender says."""
    base, contract = facts.euro("importo_base"), facts.euro("importo_contratto")
    discount = facts.number("ribasso")
    if base is None or contract is None or discount is None:
        return
    safety = facts.euro("oneri_sicurezza") or Decimal()
    labour = facts.euro("costo_manodopera") or Decimal()
    right = [_less(base, kept, discount) for kept in (safety, safety + labour)]
    if all(abs(contract - one) > ROUNDING for one in right):
        text = f"Con il ribasso del {_it(discount)} % il contratto è di {euro(right[0])}"
        more = f" (o {euro(right[1])} senza ribassare la manodopera)" if labour else ""
        text = f"{text}{more}, nelle risposte {euro(contract)}."
        cite = f"art. 41, c. 14, {CODE}"
        rule = "Il ribasso non tocca gli oneri di sicurezza."
        yield _found(text, rule, cite, "importo_contratto", "ribasso", "importo_base")


def _less(base: Decimal, kept: Decimal, discount: Decimal) -> Decimal:
    return ((base - kept) * (HUNDRED - discount) / HUNDRED + kept).quantize(Decimal("0.01"))


def _it(number: Decimal) -> str:
    return f"{number.normalize():f}".replace(".", ",")


def _total(facts: Facts) -> Iterator[Finding]:
    contract, tax = facts.euro("importo_contratto"), facts.euro("importo_iva")
    rate, total = facts.number("iva"), facts.euro("importo_totale")
    if contract is None or tax is None:
        return
    if rate is not None and abs(contract * rate / HUNDRED - tax) > ROUNDING:
        right = (contract * rate / HUNDRED).quantize(Decimal("0.01"))
        text = f"L'IVA al {_it(rate)} % su {euro(contract)} è {euro(right)}, non {euro(tax)}."
        yield _found(text, SUMS, "", "importo_iva", "iva", "importo_contratto")
    if total is not None and abs(contract + tax - total) > ROUNDING:
        text = f"Contratto e IVA fanno {euro(contract + tax)}, non {euro(total)}."
        yield _found(text, SUMS, "", "importo_totale", "importo_iva", "importo_contratto")


def _points(facts: Facts) -> Iterator[Finding]:
    technical, economic = facts.number("punti_tecnica"), facts.number("punti_economica")
    rule = "I punti dell'offerta fanno cento, e i criteri quelli dell'offerta tecnica."
    if technical is not None and economic is not None and technical + economic != HUNDRED:
        text = f"Offerta tecnica ed economica fanno {_it(technical + economic)} punti, non 100."
        yield _found(text, rule, "", "punti_tecnica", "punti_economica")
    criteria = facts.column("criteri", "punti")
    most = HUNDRED if technical is None else technical
    if criteria and sum(criteria) != most:
        text = (
            f"I criteri fanno {_it(sum(criteria, Decimal()))} punti, l'offerta tecnica {_it(most)}."
        )
        yield _found(text, rule, "", "criteri", "punti_tecnica")


def _price(facts: Facts, law: Law) -> Iterator[Finding]:
    """Where labour is half of the amount, the price weighs no more than the law lets it."""
    cap, economic = law.row("procedures", "price_cap", facts.basis), facts.number("punti_economica")
    base, labour = facts.euro("importo_base"), facts.euro("costo_manodopera")
    if cap is None or cap.value is None or economic is None or base is None or labour is None:
        return
    if labour >= base * HALF and economic > cap.value:
        points = _it(economic)
        text = f"La manodopera è almeno metà dell'importo e il prezzo vale {points} punti."
        rule = f"{cap.text}: {measure(cap)}."
        yield _found(text, rule, cap.citation, "punti_economica", "costo_manodopera")


def _found(text: str, rule: str, citation: str, *answers: str) -> Finding:
    return Finding(text=text, rule=rule, citation=citation, place=Place.ANSWERS, answers=answers)
