"""The norms a version cites, each with its state on a day: in the text and in a list beside it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casa.drafting import norms
from casa.guide import queries as guide
from casa.intake.passages import Mark
from casa.library.models import Citation, Clause, Version

TONES = {
    "in_force": "success",
    "changed": "warning",
    "superseded": "danger",
    "repealed": "danger",
    "ambiguous": "warning",
    "unknown": "neutral",
}
GRAVEST_FIRST = ("repealed", "superseded", "changed", "ambiguous", "unknown", "in_force")
DEAD = ("superseded", "repealed")
TOLD = (*DEAD, "changed")
"""What the text itself says beside the words; the list says all."""


@dataclass(frozen=True, slots=True)
class CitedNorm:
    """A norm as the list shows it: its name, its state in words, and where it is cited."""

    name: str
    url: str
    status: str
    words: str
    tone: str
    note: str
    to_check: bool
    places: Sequence[Citation]


@dataclass(frozen=True, slots=True)
class StaleNorm:
    """A norm that no longer holds as it was cited: what to do, and in which clauses."""

    norm: CitedNorm
    advice: str
    clauses: Sequence[Clause]


@dataclass(frozen=True, slots=True)
class Judged:
    """A citation and what holds of it."""

    citation: Citation
    verdict: norms.Verdict


def judged_citations(version: Version, *, on: date) -> list[Judged]:
    """The citations of a version, in the order of the text, judged by that day. Two queries."""
    found = list(version.citations.order_by("start", "pk"))
    table = guide.norm_table() if found else norms.NormTable([])
    return [Judged(one, norms.verdict(table, one, on=on)) for one in found]


def reference_date(version: Version) -> date:
    """The day whose law binds the text: that from which the version holds."""
    return version.effective_on


def marks_of(judged: Iterable[Judged]) -> list[Mark]:
    """A link on each citation; what no longer holds says so in words."""
    return [_mark(one.citation, one.verdict) for one in judged]


def cited_norms(judged: Iterable[Judged]) -> list[CitedNorm]:
    """Each norm once, with its state on that day: first those that no longer hold."""
    grouped: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        grouped.setdefault(_identity(one.citation), []).append(one)
    found = [_norm(group) for group in grouped.values()]
    return sorted(found, key=lambda norm: GRAVEST_FIRST.index(norm.status))


def stale_norms(norms: Iterable[CitedNorm], clauses: Iterable[Clause]) -> list[StaleNorm]:
    """Of the cited norms those that a person must weigh, each with the clauses that cite it."""
    by_key = {clause.key: clause for clause in clauses}
    found = [norm for norm in norms if norm.status in TOLD]
    return [
        StaleNorm(norm=norm, advice=_advice(norm), clauses=_citing(norm, by_key)) for norm in found
    ]


def _citing(norm: CitedNorm, by_key: Mapping[str, Clause]) -> Sequence[Clause]:
    """Each clause once, in the order of the text."""
    keys = dict.fromkeys(place.clause for place in norm.places)
    return [by_key[key] for key in keys if key in by_key]


def _advice(norm: CitedNorm) -> str:
    """What to do about a norm that is not as it was when it was cited."""
    if norm.status == "changed":
        return _("Controlla che il testo tenga conto della modifica.")
    return _("Cita la norma che vale, o di' nel testo perché si applica ancora questa.")


def _identity(citation: Citation) -> tuple[str, str]:
    """Articles of an act together; words that name no act by themselves."""
    return (citation.act, citation.article) if citation.act else ("", citation.text)


def _norm(group: Sequence[Judged]) -> CitedNorm:
    verdict = max((one.verdict for one in group), key=_gravity)
    places = [one.citation for one in group]
    first = places[0]
    article = first.article
    if article and not article.startswith("all."):
        article = _("art. %(number)s") % {"number": article}
    return CitedNorm(
        name=f"{article} {first.act}".strip() if first.act else first.text,
        url=first.url,
        status=verdict.status,
        words=words_for(verdict),
        tone=TONES[verdict.status],
        note=verdict.note,
        to_check=verdict.to_check,
        places=places,
    )


def _mark(citation: Citation, verdict: norms.Verdict) -> Mark:
    told = verdict.status in TOLD
    return Mark(
        start=citation.start,
        end=citation.end,
        url=citation.url,
        note=words_for(verdict) if told else "",
        tone=TONES[verdict.status],
    )


def _gravity(verdict: norms.Verdict) -> int:
    return -GRAVEST_FIRST.index(verdict.status)


def words_for(verdict: norms.Verdict) -> str:
    """The state in plain words: «abrogata dal 1 luglio 2023: oggi d.lgs. 36/2023»."""
    words = {
        "in_force": _("in vigore"),
        "changed": _("modificata"),
        "superseded": _("superata"),
        "repealed": _("abrogata"),
        "ambiguous": _("da precisare"),
        "unknown": _("non è nella tabella delle norme"),
    }[verdict.status]
    if verdict.since and verdict.status in TOLD:
        day = date_format(verdict.since, "j F Y")
        words = _("%(state)s dal %(day)s") % {"state": words, "day": day}
    if verdict.replaced_by:
        words = _("%(state)s: oggi %(norm)s") % {"state": words, "norm": verdict.replaced_by}
    return words
