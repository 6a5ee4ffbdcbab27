"""What search is told of a kit. Written down in the transaction that publishes."""

from casa.library.cards import audience_tokens, province_of
from casa.library.models import Entry, Kit
from casa.registry.actor import PUBLIC_TOKEN
from casa.registry.trail import key_of
from casa.search import services as search
from casa.search.models import IndexCard

KIND = "kit"


def file_kit(kit: Kit) -> None:
    """Write or rewrite the card of a published kit, with the names of what is in it."""
    audience = audience_tokens(kit.audience, body_id=kit.body_id)
    search.file_card(
        key=key_of(kit),
        kind=KIND,
        title=kit.title,
        object=kit.object,
        text="\n".join(_lines(kit, audience)),
        url=kit.get_absolute_url(),
        body=kit.body,
        facets=_facets(kit),
        audience=audience,
        dated_on=kit.published_at.date() if kit.published_at else None,
        reviewed=kit.reviewer_id is not None,
        confirm_by=kit.review_by,
    )


def withdraw_kit(kit: Kit) -> None:
    search.withdraw_card(key=key_of(kit))


def file_kits_of(entry: Entry) -> None:
    """The entry's name or readers changed: so does what search knows of the kits it stands in."""
    kits = Kit.objects.offered().filter(items__entry=entry).distinct()
    for kit in kits.select_related("body", "pillar"):
        file_kit(kit)


def _lines(kit: Kit, audience: list[str]) -> list[str]:
    """Titles and notes of the entries that every reader of the kit may read, and nothing else.

    Cards of other rooms are left out: nobody tells us when their readers change.
    """
    items = list(kit.items.exclude(entry=None).order_by("position"))
    keys = [f"library:entry:{item.entry_id}" for item in items]
    cards = {card.key: card for card in IndexCard.objects.alive().filter(key__in=keys)}
    lines = []
    for item, key in zip(items, keys, strict=True):
        card = cards.get(key)
        if card and (PUBLIC_TOKEN in card.audience or set(audience) <= set(card.audience)):
            lines.append(f"{card.title}. {item.note}".strip())
    return lines


def _facets(kit: Kit) -> dict[str, list[str]]:
    province = province_of(kit.body)
    return {
        "pillar": [kit.pillar.code],
        "region": [province.region.name] if province else [],
        "macro_area": [province.region.macro_area] if province else [],
    }
