"""What the office of a kit owes while a text in it cites a norm that changed."""

from collections.abc import Collection, Iterable
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.library.models import Campaign, CampaignHit, Entry, Kit
from casa.notices import services as notices
from casa.notices.services import Owed

KIT_HIT = "library.kit_hit"


def ask_kits(campaign: Campaign, *, now: datetime) -> None:
    """The office of each kit on offer that holds a text still to be updated. Repeatable."""
    left = _left(campaign.pk)
    count = Count("items__entry", filter=Q(items__entry__in=left), distinct=True)
    kits = Kit.objects.offered().filter(items__entry__in=left).order_by("pk")
    texts = dict(kits.annotate(texts=count).values_list("pk", "texts"))
    notices.owe(*(_owed(campaign, kit, texts[kit.pk]) for kit in kits.distinct()), now=now)


def settle_kits(hits: Iterable[CampaignHit], outcome: str, *, now: datetime) -> None:
    """These texts are done: kits that hold no other one of the same campaign owe nothing."""
    done: dict[int, set[int]] = {}
    for hit in hits:
        done.setdefault(hit.campaign_id, set()).add(hit.entry_id)
    keys = [key for pk, entries in done.items() for key in _keys(pk, entries)]
    if keys:
        notices.settle_all(kinds=[KIT_HIT], keys=keys, outcome=outcome, now=now)


def settle_withdrawn(kit: Kit, *, now: datetime) -> None:
    """The kit is no longer on offer: it owes nothing."""
    _settle(kit, Campaign.objects.open(), _("Il kit è stato ritirato."), now=now)


def settle_published(kit: Kit, *, now: datetime) -> None:
    """The kit was published again: it owes nothing for texts that it no longer holds."""
    held = CampaignHit.objects.filter(entry__in=kit.items.values("entry"))
    left = held.filter(state=CampaignHit.State.OPEN).values("campaign")
    campaigns = Campaign.objects.open().exclude(pk__in=left)
    _settle(kit, campaigns, _("Il kit è stato aggiornato."), now=now)


def _settle(kit: Kit, campaigns: QuerySet[Campaign], outcome: str, *, now: datetime) -> None:
    keys = [_key(pk, kit.pk) for pk in campaigns.values_list("pk", flat=True)]
    if keys:
        notices.settle_all(kinds=[KIT_HIT], keys=keys, outcome=outcome, now=now)


def _keys(campaign_id: int, entries: Collection[int]) -> list[str]:
    kits = Kit.objects.filter(items__entry__in=entries)
    rows = kits.exclude(items__entry__in=_left(campaign_id)).values_list("pk", flat=True)
    return [_key(campaign_id, pk) for pk in rows.distinct()]


def _left(campaign_id: int) -> QuerySet[Entry]:
    """The texts of an open campaign that are still to be updated."""
    rows = CampaignHit.objects.filter(campaign=campaign_id, campaign__closed_at=None)
    return Entry.objects.filter(pk__in=rows.filter(state=CampaignHit.State.OPEN).values("entry"))


def _key(campaign_id: int, kit_id: int) -> str:
    return f"library:campaign:{campaign_id}:kit:{kit_id}"


def _owed(campaign: Campaign, kit: Kit, texts: int) -> Owed:
    said = {"norm": campaign.norm, "title": kit.title}
    return Owed(
        office_id=kit.office_id,
        kind=KIT_HIT,
        key=_key(campaign.pk, kit.pk),
        title=_("Norma cambiata (%(norm)s): controlla il kit «%(title)s»") % said,
        notes=[
            ngettext("Un suo testo la cita.", "%(n)d suoi testi la citano.", texts) % {"n": texts}
        ],
        url=kit.get_absolute_url(),
        action=_("Apri il kit"),
        due_on=campaign.due_on,
    )
