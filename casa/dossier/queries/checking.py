"""What to look at before the documents of a dossier go out."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.dossier.checking import Cited, Facts, Finding, Place, check, need_of, of_citations
from casa.dossier.models import Dossier
from casa.dossier.queries.filling import Form, values_of
from casa.drafting import norms
from casa.guide.choosing import Advice, advise
from casa.guide.queries import law_of, norm_table
from casa.library.models import CampaignHit, Citation
from casa.library.queries import Judged, cited_norms
from casa.library.queries.fields import question

SHOWN = 4
"""How many unanswered questions a sentence names."""


def findings_of(dossier: Dossier, forms: Sequence[Form]) -> list[Finding]:
    """Everything to look at in these documents, what blocks first. Seven queries.

    The forms say what their reader may see: no other answer is looked at.
    """
    facts, law = facts_of(dossier, forms), law_of()
    need = need_of(facts)
    advice = advise(need, law) if need else Advice()
    return [
        *(one for form in forms for one in _missing(form)),
        *check(facts, law=law, advice=advice),
        *_stale(forms, on=facts.basis),
        *_campaigns(forms),
    ]


def facts_of(dossier: Dossier, forms: Sequence[Form]) -> Facts:
    """The dossier as the checks read it. Three queries."""
    asked = {one.name for form in forms for one in form.questions}
    told = dossier.case.steps.filter(code="communications").values_list("done_on", flat=True)
    return Facts(
        kind=dossier.kind,
        procedure=dossier.procedure,
        who=dossier.who,
        who_why=dossier.who_why,
        is_delegated=dossier.is_delegated,
        amount=dossier.amount,
        cpv=dossier.cpv,
        **cases_told(dossier),
        codes={name: getattr(dossier, name) for name in ("cig", "cup", "cui", "cpv")},
        lots=[lot.amount for lot in dossier.lots.all()],
        notice_on=dossier.notice_on,
        told_on=told.first(),
        answers={name: value for name, value in values_of(dossier).items() if name in asked},
        **_days(dossier),
    )


def cases_told(dossier: Dossier) -> dict[str, Any]:
    """What was told to the guide of the need, as the dossier keeps it."""
    names = ("qualification", "urgent", "pnrr", "cross_border", "social")
    return {name: getattr(dossier, name) for name in names}


def _days(dossier: Dossier) -> dict[str, Any]:
    names = ("published_on", "commission_on", "verified_on", "awarded_on", "signed_on")
    due = dossier.offers_due_at
    days = {name: getattr(dossier, name) for name in names}
    return {**days, "offers_due_on": timezone.localdate(due) if due else None}


def _missing(form: Form) -> Iterator[Finding]:
    """One document without all its answers: it cannot be made."""
    if not form.missing:
        return
    count = len(form.missing)
    words = ngettext(
        "A «%(title)s» manca %(count)d risposta: %(names)s",
        "A «%(title)s» mancano %(count)d risposte: %(names)s",
        count,
    )
    named = " · ".join(question(one.name, {}) for one in form.missing[:SHOWN])
    more = _(" e altre %d.") % (count - SHOWN) if count > SHOWN else ""
    yield Finding(
        text=words % {"title": _title(form), "count": count, "names": named} + more,
        rule=_("Il modello non si compila senza queste risposte."),
        place=Place.ANSWERS,
        answers=tuple(one.name for one in form.missing),
        paper=form.paper.pk,
        blocks=True,
    )


def _title(form: Form) -> str:
    version = form.paper.version
    return str(version.entry.title) if version else ""


def _stale(forms: Sequence[Form], *, on: date) -> Iterator[Finding]:
    """The norms that the models cite, judged by the day of the notice. Two queries."""
    cited: dict[int, list[Citation]] = {}
    keys = [form.paper.version_id for form in forms]
    for row in Citation.objects.filter(version__in=keys).order_by("start", "pk"):
        cited.setdefault(row.version_id, []).append(row)
    table = norm_table() if cited else norms.NormTable([])
    for form in forms:
        version = form.paper.version
        if version and (rows := cited.get(version.pk)):
            told = _told(rows, table, on=on)
            day = version.effective_on
            yield from of_citations(form.paper.pk, _title(form), told, written_on=day)


def _told(rows: Sequence[Citation], table: norms.NormTable, *, on: date) -> list[Cited]:
    verdicts = {row.pk: norms.verdict(table, row, on=on) for row in rows}
    return [
        Cited(norm.name, norm.status, norm.words, _since(norm.places, norm.status, verdicts))
        for norm in cited_norms(Judged(row, verdicts[row.pk]) for row in rows)
    ]


def _since(
    places: Sequence[Citation], status: str, verdicts: Mapping[int, norms.Verdict]
) -> date | None:
    days = (verdicts[one.pk].since for one in places if verdicts[one.pk].status == status)
    return max((day for day in days if day), default=None)


def _campaigns(forms: Sequence[Form]) -> Iterator[Finding]:
    """What editors asked to look at again in these models. One query."""
    entries = {form.paper.version.entry_id: form.paper.pk for form in forms if form.paper.version}
    hits = CampaignHit.objects.filter(
        Q(campaign__closed_at=None), entry__in=entries, state=CampaignHit.State.OPEN
    ).select_related("campaign", "entry")
    for hit in hits.order_by("pk"):
        yield Finding(
            text=_("La redazione chiede di rivedere «%(title)s»: è cambiato %(norm)s.")
            % {"title": hit.entry.title, "norm": hit.campaign.norm},
            rule=hit.campaign.note,
            citation=hit.campaign.norm,
            place=Place.MODEL,
            paper=entries[hit.entry_id],
        )
