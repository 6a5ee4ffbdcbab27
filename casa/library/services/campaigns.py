"""A norm changed: list who cites it, give each office its task, and see texts leave the list."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import F, Min, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.foundation.errors import Refused
from casa.guide.queries import norm_key
from casa.library import access
from casa.library.models import Campaign, CampaignHit, Citation, Clause, Entry, Version
from casa.library.services.bases import SOURCE_KINDS
from casa.library.services.campaign_duties import (
    NORM_CHANGED,
    ask_offices_later,
    settle_hits,
)
from casa.notices import queries as followed
from casa.notices import services as notices
from casa.notices.services import Told
from casa.registry import trail
from casa.registry.actor import NETWORK_TOKEN, Actor
from casa.registry.models import Person
from casa.registry.trail import key_of

_LIST = """
INSERT INTO library_campaign_hit (campaign_id, entry_id, version_id, office_id, clauses, state, why)
SELECT %s, entry, version, office, array_agg(clause ORDER BY first), %s, ''
FROM ({found}) AS found (entry, version, office, clause, first) GROUP BY entry, version, office
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedNorm:
    """What an editor says: which norm, what happened to it, from when, what to do, by when."""

    act: str
    article: str = ""
    comma: str = ""
    letter: str = ""
    change: str
    on: date
    note: str
    due_on: date


@transaction.atomic
def open_campaign(*, norm: ChangedNorm, actor: Actor, now: datetime) -> Campaign:
    """List every published text that cites the norm; the worker then asks each office.

    Sent twice by a double click, it is opened and told once.
    """
    if not access.may_run_campaigns(actor):
        raise Refused(_("Le campagne le apre chi gestisce o rivede per tutta la rete."))
    Person.objects.select_for_update(no_key=True).get(pk=actor.person_id)
    if twin := Campaign.objects.open().filter(person=actor.person_id, **asdict(norm)).first():
        return twin
    campaign = Campaign.objects.create(person_id=actor.person_id, opened_at=now, **asdict(norm))
    texts = _list(campaign)
    ask_offices_later(campaign)
    notices.tell(_told(campaign, texts), now=now)
    trail.record("library.campaign.opened", campaign, actor=actor, now=now, texts=texts)
    return campaign


@transaction.atomic
def keep_text(*, hit: CampaignHit, why: str, actor: Actor, now: datetime) -> None:
    """The office looked at it and the text stays as it is, for a reason."""
    hit = CampaignHit.objects.select_for_update(of=("self",)).select_related("entry").get(pk=hit.pk)
    if not access.may_keep_text(actor, hit):
        raise Refused(_("Lo dice chi scrive o rivede per l'ente del testo."))
    if hit.state != CampaignHit.State.OPEN:
        raise Refused(_("Questo testo è già fuori dall'elenco: aggiorna la pagina."))
    if not why.strip():
        raise Refused(_("Scrivi perché il testo va bene così: lo leggono gli altri enti."))
    hit.state, hit.why, hit.done_at = CampaignHit.State.KEPT, why.strip()[:1000], now
    hit.save(update_fields=["state", "why", "done_at"])
    settle_hits([hit], _("Va bene così: %s") % hit.why, now=now)
    trail.record("library.campaign.kept", hit.entry, actor=actor, now=now, reason=hit.why)


@transaction.atomic
def close_campaign(*, campaign: Campaign, actor: Actor, now: datetime) -> None:
    """Nobody is asked any more; the list stays as it is."""
    if not access.may_run_campaigns(actor):
        raise Refused(_("Le campagne le chiude chi gestisce o rivede per tutta la rete."))
    Campaign.objects.filter(pk=campaign.pk, closed_at=None).update(closed_at=now)
    left = campaign.hits.filter(state=CampaignHit.State.OPEN)
    settle_hits(left, _("La campagna è chiusa."), now=now)
    trail.record("library.campaign.closed", campaign, actor=actor, now=now)


def leave_lists(version: Version, *, now: datetime) -> None:
    """A version was published: campaigns whose clauses it mended lose the entry by themselves.

    A clause is mended when it no longer cites the norm, or says something else than it did.
    """
    hits = CampaignHit.objects.filter(
        entry=version.entry_id, state=CampaignHit.State.OPEN, campaign__closed_at=None
    ).select_related("campaign")
    fixed = [hit for hit in hits if not _still_said(hit, version)]
    if not fixed:
        return
    done = CampaignHit.objects.filter(pk__in=[hit.pk for hit in fixed])
    done.update(state=CampaignHit.State.FIXED, done_at=now)
    settle_hits(fixed, _("Aggiornato nella versione %d.") % version.number, now=now)


@transaction.atomic
def leave_withdrawn(entry: Entry, *, now: datetime) -> None:
    """An entry was withdrawn: nothing of it is to be updated, nor taken from its source."""
    outcome = _("La scheda è stata ritirata.")
    hits = CampaignHit.objects.filter(entry=entry, state=CampaignHit.State.OPEN)
    rows = list(hits)
    hits.update(state=CampaignHit.State.KEPT, why=outcome, done_at=now)
    settle_hits(rows, outcome, now=now)
    notices.settle_all(kinds=SOURCE_KINDS, keys=[key_of(entry)], outcome=outcome, now=now)


def citing(campaign: Campaign) -> QuerySet[Citation]:
    """Citations of the norm, of what it is part of and of what is part of it."""
    asked = Q(act=campaign.act)
    for name in ("article", "comma", "letter"):
        wanted = getattr(campaign, name)
        if wanted and name == "article":
            asked &= Q(article=wanted)
        elif wanted:
            asked &= Q(**{name: wanted}) | Q(**{name: ""})
    return Citation.objects.filter(asked)


def hits_in_text(campaign: Campaign) -> QuerySet[Citation, tuple[object, ...]]:
    """Entry, version, office and clause of every current text that cites the norm."""
    current = Q(version=F("version__entry__current"), version__entry__withdrawn_at=None)
    rows = citing(campaign).filter(current).order_by()
    found = rows.values_list(
        "version__entry_id", "version_id", "version__entry__office_id", "clause"
    )
    return found.annotate(first=Min("start"))


def _list(campaign: Campaign) -> int:
    """One hit per entry, its clauses in order, written by the database itself; how many."""
    found, asked = hits_in_text(campaign).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_LIST.format(found=found), [campaign.pk, CampaignHit.State.OPEN, *asked])
        return int(cursor.rowcount)


def _still_said(hit: CampaignHit, version: Version) -> bool:
    cited = set(citing(hit.campaign).filter(version=version).values_list("clause", flat=True))
    before, after = _texts(hit.version_id, cited), _texts(version.pk, cited)
    return any(before.get(key) == after.get(key) for key in cited & set(hit.clauses))


def _texts(version_id: int, keys: Iterable[str]) -> dict[str, str]:
    rows = Clause.objects.filter(version=version_id, key__in=keys)
    return dict(rows.values_list("key", "text"))


def _told(campaign: Campaign, texts: int) -> Told:
    return Told(
        keys=[key_of(campaign), *_norms(campaign)],
        kind=NORM_CHANGED,
        title=_("Norma cambiata: %s") % campaign.norm,
        summary=ngettext("%(note)s (un testo la cita)", "%(note)s (%(n)d testi la citano)", texts)
        % {"note": campaign.note, "n": texts},
        url=reverse("library:campaign", args=[campaign.pk]),
        token=NETWORK_TOKEN,
    )


def _norms(campaign: Campaign) -> list[str]:
    """The norm and its act; with the whole act also every article of it that somebody follows."""
    act = norm_key(campaign.act, "")
    if not campaign.article:
        return [act, *(key for key in followed.followed_below(act) if key != act)]
    return [norm_key(campaign.act, campaign.article), act]
