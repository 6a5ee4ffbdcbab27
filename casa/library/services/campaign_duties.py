"""What offices owe for a norm that changed: the worker asks, what is done is settled at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from casa.foundation import locks
from casa.library import tasks
from casa.library.models import Campaign, CampaignHit
from casa.library.services.kit_duties import keep_kits
from casa.notices import services as notices
from casa.notices.services import Owed

NORM_CHANGED = "library.norm_changed"
LOCK = "library.campaign"
AT_A_TIME = 250
PATIENCE = timedelta(minutes=10)


def ask_offices_later(campaign: Campaign) -> None:
    """After the commit the worker gives each office its task."""
    transaction.on_commit(lambda: tasks.ask_offices.enqueue(campaign.pk))


def ask_offices(*, campaign_id: int, now: datetime) -> None:
    """Each text still to be updated is owed by its office. Of two workers one does; repeatable.

    A few hundred at a time, so that whoever publishes one of them meanwhile waits a moment only.
    """
    with locks.held(LOCK, campaign_id) as mine:
        if not mine:
            return
        last: int | None = 0
        while last is not None:
            last = _ask_some(campaign_id, after=last, now=now)
        keep_kits(now=now)
        Campaign.objects.filter(pk=campaign_id, asked_at=None).update(asked_at=now)


def sweep_campaigns(*, now: datetime) -> int:
    """Ask again for what a killed process left unasked; how many. Repeatable."""
    left = Campaign.objects.open().filter(asked_at=None, opened_at__lt=now - PATIENCE)
    rows = list(left.order_by("pk"))
    for campaign in rows:
        ask_offices_later(campaign)
    return len(rows)


def key_of_hit(hit: CampaignHit) -> str:
    """The thing that is owed: a text within a campaign."""
    return f"library:campaign:{hit.campaign_id}:{hit.entry_id}"


def settle_hits(hits: Iterable[CampaignHit], outcome: str, *, now: datetime) -> None:
    """Nobody owes these texts any more, nor the kits that hold no other one."""
    rows = list(hits)
    keys = [key_of_hit(hit) for hit in rows]
    notices.settle_all(kinds=[NORM_CHANGED], keys=keys, outcome=outcome, now=now)
    keep_kits(now=now)


@transaction.atomic
def _ask_some(campaign_id: int, *, after: int, now: datetime) -> int | None:
    """The last one asked, nothing when none is left. What is done meanwhile is asked of nobody.

    A text of another installation is changed by its bundles alone: nobody here owes it.
    """
    campaign = Campaign.objects.select_for_update(no_key=True).get(pk=campaign_id)
    if campaign.closed_at:
        return None
    rows = CampaignHit.objects.filter(campaign=campaign, state=CampaignHit.State.OPEN)
    rows = rows.filter(pk__gt=after, entry__is_received=False).select_related("entry")
    hits = list(rows.order_by("pk").select_for_update(of=["self"], no_key=True)[:AT_A_TIME])
    notices.owe(*(_owed(campaign, hit) for hit in hits), now=now)
    return hits[-1].pk if hits else None


def _owed(campaign: Campaign, hit: CampaignHit) -> Owed:
    said = {"norm": campaign.norm, "title": hit.entry.title}
    return Owed(
        office_id=hit.office_id,
        kind=NORM_CHANGED,
        key=key_of_hit(hit),
        title=_("Norma cambiata (%(norm)s): aggiorna «%(title)s»") % said,
        notes=[campaign.note[:300]],
        url=reverse("library:campaign", args=[campaign.pk]),
        action=_("Guarda che cosa cambia"),
        due_on=campaign.due_on,
    )
