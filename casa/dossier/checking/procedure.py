"""Whether the guide, asked again today about the same need, still allows the chosen procedure."""

from collections.abc import Iterator

from casa.dossier.checking.facts import Facts
from casa.dossier.checking.finding import Finding, Place
from casa.guide.choosing import Advice, BadNeed, Need
from casa.guide.choosing.advice import LABELS
from casa.guide.choosing.procedures import CASES
from casa.guide.law import Law

RULE = "La procedura dipende da importo, tipo e giorno del bando o degli inviti."
ASK = "ask_sua"


def need_of(facts: Facts) -> Need | None:
    """The need as the guide asks it, by the day of the notice; None where its data are not right.

    What was told to the guide is kept; of an order its framework agreement is known, of the light
    regime its social service.
    """
    is_service = facts.kind == "services"
    try:
        return Need(
            kind=facts.kind,
            amount=facts.amount,
            on=facts.basis,
            cpv=facts.cpv,
            qualification=facts.qualification or "none",
            urgent=facts.urgent,
            cross_border=facts.cross_border,
            call_off=facts.procedure == "framework_call_off",
            social=is_service and (facts.social or facts.procedure == "social_light_regime"),
            pnrr=facts.pnrr or facts.answers.get("pnrr") is True,
        )
    except BadNeed:
        return None


def of_procedure(facts: Facts, advice: Advice, law: Law) -> Iterator[Finding]:
    """The procedure is excluded, and why; or nobody knows; or the body may not run it alone."""
    closed = next((one for one in advice.excluded if one.code == facts.procedure), None)
    if closed and facts.procedure not in CASES:  # those open by a case that only people know
        text = f"«{LABELS[facts.procedure]}» non si può usare. {closed.reason.text}"
        yield _found(text, RULE, "; ".join(closed.reason.citations))
    if advice.unknown and advice.preferred is None:
        yield _found(advice.unknown[0].text, RULE, "; ".join(advice.unknown[0].citations))
    yield from _of_who(facts, advice, law)


def _of_who(facts: Facts, advice: Advice, law: Law) -> Iterator[Finding]:
    """By the guide asked again; by what it said at first where the qualification was not kept."""
    told = advice.who if facts.qualification else None
    who, why = (told.code, told.reason.text) if told else (facts.who, facts.who_why)
    if who != ASK or facts.is_delegated:
        return
    rule = law.row("qualification", "ask", facts.basis)
    text = "La gara va chiesta a un ente qualificato, ma nel fascicolo nessuno aiuta l'ente."
    yield _found(text, why, rule.citation if rule else "")


def _found(text: str, rule: str, citation: str) -> Finding:
    return Finding(text=text, rule=rule, citation=citation, place=Place.TENDER)
