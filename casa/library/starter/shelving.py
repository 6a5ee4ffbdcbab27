"""Our kits: made once, made anew when their file changes and nobody else has touched them."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from casa.library import services
from casa.library.models import Entry, Kit, StarterKit, StarterText
from casa.library.models.choices import Audience
from casa.library.starter.newsroom import Newsroom
from casa.library.starter.sources import KitSource
from casa.registry.models import Pillar

Lines = Sequence[tuple[Entry, str]]


def load_kits(kits: list[KitSource], room: Newsroom, *, now: datetime) -> Counter[str]:
    """Publish every kit whose entries are all there; gives how many were published or left."""
    rows = {row.slug: row for row in StarterKit.objects.select_related("kit__body")}
    told: Counter[str] = Counter()
    for source in kits:
        told[_bring_in(source, rows.get(source.slug), room, now)] += 1
    return told


def has_news_of_kits(kits: list[KitSource]) -> bool:
    """Whether a kit is not there yet, or its file has changed since we published it."""
    known = dict(StarterKit.objects.values_list("slug", "sha256"))
    return any(known.get(source.slug) != source.sha256 for source in kits)


@transaction.atomic
def _bring_in(source: KitSource, row: StarterKit | None, room: Newsroom, now: datetime) -> str:
    lines = _lines(source)
    if row is not None and not _is_news(source, row, room):
        return "same"
    if len(lines) < len(source.kit.items):
        return "refused"
    kit = _opened(source, row, room, now)
    for entry, note in lines:
        line = services.KitLine(entry=entry, note=note)
        services.add_item(kit=kit, line=line, actor=room.author)
    services.propose_kit(kit=kit, actor=room.author, now=now)
    kit = services.publish_kit(kit=kit, actor=room.reviewer, now=now)
    values = {"kit": kit, "number": kit.number, "sha256": source.sha256}
    StarterKit.objects.update_or_create(slug=source.slug, defaults=values)
    return "published"


def _is_news(source: KitSource, row: StarterKit, room: Newsroom) -> bool:
    """Its file has changed and the kit is ours; else the file was looked at for the last time."""
    if row.sha256 == source.sha256 or _is_ours(row, room):
        return row.sha256 != source.sha256
    row.sha256 = source.sha256
    row.save(update_fields=["sha256"])
    return False


def _is_ours(row: StarterKit, room: Newsroom) -> bool:
    """Published as we left it: a person who reopens or withdraws a kit makes it theirs."""
    kit = row.kit
    untouched = kit.number == row.number and kit.state == Kit.State.PUBLISHED
    return untouched and room.made_alone(kit.editor_ids)


def _opened(source: KitSource, row: StarterKit | None, room: Newsroom, now: datetime) -> Kit:
    """A new kit, or ours taken back and emptied."""
    card = services.KitCard(
        title=source.kit.title,
        object=source.kit.object,
        pillar=Pillar.objects.get(code=source.kit.pillar),
        office=room.office,
        audience=Audience.PUBLIC,
    )
    if row is None:
        return services.open_kit(card=card, body=room.body, actor=room.author, now=now)
    kit = services.reopen_kit(kit=row.kit, actor=room.author)
    for item in kit.items.all():
        services.remove_item(kit=kit, item=item.pk, actor=room.author)
    return services.edit_kit(kit=kit, card=card, actor=room.author)


def _lines(source: KitSource) -> Lines:
    """The entries that the kit names, each with what it is for, in its order."""
    rows = StarterText.objects.filter(slug__in=[slug for slug, _note in source.kit.items])
    entries = {row.slug: row.entry for row in rows.select_related("entry")}
    return [(entries[slug], note) for slug, note in source.kit.items if slug in entries]
