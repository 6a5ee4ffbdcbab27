"""What the office of a kit owes while a text in it cites a norm that changed."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from casa.library.models import Campaign, Kit, KitItem
from casa.library.queries.campaigns import holding
from casa.notices import services as notices
from casa.notices.services import Owed

KIT_HIT = "library.kit_hit"


def keep_kits(*, now: datetime) -> None:
    """The office of each kit on offer owes a look while a text of it is still to be updated.

    What is no longer so is owed no more. Three queries for each open campaign; repeatable.
    """
    campaigns = Campaign.objects.open().order_by("pk")
    owed = [one for campaign in campaigns for one in _owed_for(campaign)]
    notices.owe(*owed, now=now)
    outcome = _("I suoi testi sono a posto, o il kit non è più pubblicato.")
    notices.keep_only(*owed, kind=KIT_HIT, outcome=outcome, now=now)


def _owed_for(campaign: Campaign) -> Iterator[Owed]:
    held = KitItem.objects.filter(holding(campaign.hits.all())).values("kit")
    texts = dict(held.annotate(texts=Count("pk")).values_list("kit", "texts"))
    for kit in Kit.objects.offered().filter(pk__in=texts).order_by("pk"):
        yield _owed(campaign, kit, texts[kit.pk])


def _owed(campaign: Campaign, kit: Kit, texts: int) -> Owed:
    said = {"norm": campaign.norm, "title": kit.title}
    return Owed(
        office_id=kit.office_id,
        kind=KIT_HIT,
        key=f"library:campaign:{campaign.pk}:kit:{kit.pk}",
        title=_("Norma cambiata (%(norm)s): controlla il kit «%(title)s»") % said,
        notes=[
            ngettext("Un suo testo la cita.", "%(n)d suoi testi la citano.", texts) % {"n": texts}
        ],
        url=kit.get_absolute_url(),
        action=_("Apri il kit"),
        due_on=campaign.due_on,
    )
