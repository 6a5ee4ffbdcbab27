"""The answer as plain lines, for whoever asks from a terminal."""

from collections.abc import Iterator, Sequence

from casa.guide.choosing.advice import Advice, Option, Reason
from casa.guide.choosing.need import KIND_LABELS, Need, euro
from casa.guide.choosing.saying import day_in_words


def lines(need: Need, advice: Advice) -> Iterator[str]:
    """The preferred procedure first, then who, why not the others, what comes before."""
    kind, day = KIND_LABELS[need.kind], day_in_words(need.on)
    yield f"Per {kind} da {euro(need.amount)}, con bando o inviti del {day}:"
    yield from _answer(advice)
    yield from _part("Che cosa non so", advice.unknown)
    yield from _part("Prima", advice.before)
    yield from _part("Da ricordare", advice.notes)
    yield from _options("Si può usare anche", advice.admissible[1:])
    yield from _options("Perché non le altre", advice.excluded)


def _answer(advice: Advice) -> Iterator[str]:
    yield ""
    if advice.preferred is None or advice.who is None:
        yield "Quale procedura: non so."
        return
    yield f"Quale procedura: {advice.preferred.label}."
    yield f"  {_cited(advice.preferred.reason)}"
    yield f"Chi la fa: {advice.who.label}."
    for reason in (advice.who.reason, *advice.who.instead):
        yield f"  {_cited(reason)}"


def _part(title: str, reasons: Sequence[Reason]) -> Iterator[str]:
    if reasons:
        yield from ("", f"{title}:", *(f"- {_cited(one)}" for one in reasons))


def _options(title: str, options: Sequence[Option]) -> Iterator[str]:
    if options:
        told = (f"- {one.label}. {_cited(one.reason)}" for one in options)
        yield from ("", f"{title}:", *told)


def _cited(reason: Reason) -> str:
    cited = f" [{'; '.join(reason.citations)}]" if reason.citations else ""
    return f"{reason.text}{cited}{' (da verificare)' if reason.to_check else ''}"
