"""What those who follow are told of kits, and of what is withdrawn."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.library import cards
from casa.library.models import Entry, Kit
from casa.library.queries.following import pillar_key
from casa.notices import services as notices
from casa.notices.services import Told
from casa.registry.trail import key_of
from casa.registry.words import of_body

KIT_PUBLISHED = "library.kit_published"
WITHDRAWN = "library.withdrawn"


def tell_kit(kit: Kit, *, now: datetime) -> None:
    """A kit was published, or published again: for who follows it, its body or its pillar."""
    said = {"title": kit.title, "body": of_body(kit.body)}
    told = Told(
        keys=[_issue(kit), key_of(kit), key_of(kit.body), pillar_key(kit.pillar.code)],
        kind=KIT_PUBLISHED,
        title=_("Kit «%(title)s» %(body)s") % said,
        summary=kit.object,
        url=kit.get_absolute_url(),
        token=_token(kit),
    )
    notices.tell(told, now=now)


def take_kit_back(kit: Kit) -> None:
    """It left the lists, to be changed or for good: it is announced to nobody any more."""
    notices.take_back(keys=[_issue(kit)], now=timezone.now())


def tell_withdrawn(entry: Entry, *, now: datetime) -> None:
    """What was told of it is not told any more; who follows the entry or its kits hears why."""
    notices.take_back(keys=[key_of(entry)], now=now)
    kits = Kit.objects.filter(items__entry=entry, state=Kit.State.PUBLISHED).distinct()
    told = Told(
        keys=[key_of(entry), *map(key_of, kits)],
        kind=WITHDRAWN,
        title=_("«%s» è stata ritirata") % entry.title,
        summary=entry.withdrawal_reason,
        url=entry.get_absolute_url(),
        token=_token(entry),
    )
    notices.tell(told, now=now)


def _issue(kit: Kit) -> str:
    """The news of the kit itself: those of what is in it name the kit as well, and stay."""
    return f"library:kit-issue:{kit.pk}"


def _token(thing: Entry | Kit) -> str:
    return cards.audience_tokens(thing.audience, body_id=thing.body_id)[0]
