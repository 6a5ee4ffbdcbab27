"""Norms that the models cite and that no longer hold on the day of the notice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from casa.dossier.checking.finding import Finding, Place

DEAD = ("repealed", "superseded")
CHANGED = "changed"
RULE = "Un documento cita le norme in vigore il giorno del bando o degli inviti."
MOST = 6


@dataclass(frozen=True, slots=True)
class Cited:
    """A norm that a model cites: its name, its state and that state in words, since when."""

    name: str
    status: str
    words: str
    since: date | None


def of_citations(
    paper: int, title: str, cited: Iterable[Cited], *, written_on: date
) -> Iterator[Finding]:
    """What one model cites: each dead norm by itself, those changed after it was written together.

    A model written after the change has taken it in; `written_on` is the day it holds from.
    """
    known = list(cited)
    for norm in known:
        if norm.status in DEAD:
            yield _found(paper, f"«{title}» cita {norm.name}: {norm.words}.")
    newer = [norm for norm in known if _is_newer(norm, written_on)]
    if newer:
        yield _found(
            paper, f"«{title}» cita norme modificate dopo che è stato scritto: {_told(newer)}."
        )


def _is_newer(norm: Cited, written_on: date) -> bool:
    return norm.status == CHANGED and norm.since is not None and norm.since > written_on


def _told(norms: Sequence[Cited]) -> str:
    named = ", ".join(norm.name for norm in norms[:MOST])
    more = len(norms) - MOST
    return f"{named} e altre {more}" if more > 0 else named


def _found(paper: int, text: str) -> Finding:
    return Finding(
        text=text,
        rule=RULE,
        citation="art. 226, c. 2, d.lgs. 36/2023",
        place=Place.MODEL,
        paper=paper,
    )
