"""Kits in lists, and what stands in one for this reader."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.library.models import Entry, Kit, KitItem, Version, VersionFile
from casa.library.models.kits import KitQuerySet
from casa.registry.actor import Actor
from casa.search.labels import words_for
from casa.search.models import IndexCard


@dataclass(frozen=True, slots=True)
class Content:
    """One thing of a kit as this reader may see it.

    `missing` is the sentence that says why it is not there; then title and note are kept back
    when the reader may not even know what it is. `files` go into the ZIP.
    """

    item: int
    position: int
    title: str
    note: str = ""
    kind: str = ""
    body: str = ""
    url: str = ""
    number: int | None = None
    pinned: bool = False
    missing: str = ""
    is_overdue: bool = False
    version: Version | None = None
    files: Sequence[VersionFile] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class KitUse:
    """The counters of a kit. Nobody is followed."""

    views: int
    downloads: int


def kits(actor: Actor, *, pillar: str = "") -> QuerySet[Kit]:
    """The kits on offer that the actor may read, newest first. One query."""
    rows = Kit.objects.visible_to(actor).offered()
    if pillar:
        rows = rows.filter(pillar__code=pillar)
    late = KitItem.objects.filter(kit=OuterRef("pk"), entry__review_by__lt=timezone.localdate())
    counted = rows.annotate(
        length=Count("items"), has_overdue=Exists(late.filter(entry__withdrawn_at=None))
    )
    return counted.select_related("body", "pillar").order_by("-published_at", "pk")


def kit_pillars(actor: Actor) -> list[tuple[str, str, int]]:
    """The pillars that have kits on offer: code, name, how many. One query."""
    rows = Kit.objects.visible_to(actor).offered().order_by("pillar__position")
    return list(rows.values_list("pillar__code", "pillar__name").annotate(number=Count("pk")))


def open_kits(actor: Actor) -> KitQuerySet:
    """Kits this actor writes or is asked to review, not published yet. One query."""
    open_states = (Kit.State.DRAFT, Kit.State.RETURNED, Kit.State.IN_REVIEW)
    rows = Kit.objects.visible_to(actor).filter(state__in=open_states)
    return rows.select_related("body", "pillar").order_by("-pk")


def kit_use(kit: Kit) -> KitUse:
    row = kit.tallies.aggregate(views=Sum("views"), downloads=Sum("downloads"))
    return KitUse(views=row["views"] or 0, downloads=row["downloads"] or 0)


def contents(kit: Kit, actor: Actor) -> list[Content]:
    """What is in the kit, in order, rights applied. Five queries, however long it is."""
    items = list(kit.items.order_by("position"))
    entries = _entries(items, actor)
    versions = _versions(items, entries, actor)
    cards = _cards(items, actor)
    kinds = words_for("kind", sorted({card.kind for card in cards.values()}))
    found = []
    for item in items:
        if item.key:
            found.append(_linked(item, cards.get(item.key), kinds))
        else:
            entry = entries.get(item.entry_id or 0)
            version_id = item.version_id or (entry.current_id if entry else None)
            found.append(_shelved(item, entry, versions.get(version_id or 0)))
    return found


def _entries(items: Sequence[KitItem], actor: Actor) -> dict[int, Entry]:
    visible = Entry.objects.visible_to(actor).published().select_related("body")
    return visible.in_bulk([item.entry_id for item in items if item.entry_id])


def _versions(
    items: Sequence[KitItem], entries: Mapping[int, Entry], actor: Actor
) -> dict[int, Version]:
    wanted = {item.version_id for item in items} | {one.current_id for one in entries.values()}
    visible = Version.objects.visible_to(actor).published().select_related("entry")
    rows = visible.prefetch_related("files__upload")
    return rows.in_bulk([pk for pk in wanted if pk])


def _cards(items: Sequence[KitItem], actor: Actor) -> dict[str, IndexCard]:
    keys = [item.key for item in items if item.key]
    rows = IndexCard.objects.visible_to(actor).select_related("body").defer("text", "clauses")
    return {card.key: card for card in rows.filter(key__in=keys)} if keys else {}


def _shelved(item: KitItem, entry: Entry | None, version: Version | None) -> Content:
    if entry is None or version is None:
        return _hidden(item)
    withdrawn = _("Ritirato: %(why)s") % {"why": entry.withdrawal_reason}
    return Content(
        item=item.pk,
        position=item.position,
        title=entry.title,
        note=item.note,
        kind=entry.get_kind_display(),
        body=entry.body.name,
        url=version.get_absolute_url() if item.version_id else entry.get_absolute_url(),
        number=version.number,
        pinned=item.version_id is not None,
        missing=withdrawn if entry.is_withdrawn else "",
        is_overdue=entry.is_overdue,
        version=version,
        files=() if entry.is_withdrawn else sorted(version.files.all(), key=_position),
    )


def _linked(item: KitItem, card: IndexCard | None, kinds: Mapping[str, str]) -> Content:
    if card is None:
        return _hidden(item)
    return Content(
        item=item.pk,
        position=item.position,
        title=item.label or card.title,
        note=item.note,
        kind=kinds[card.kind],
        body=card.body.name if card.body else "",
        url=card.url,
    )


def _hidden(item: KitItem) -> Content:
    return Content(
        item=item.pk,
        position=item.position,
        title=_("Elemento non disponibile"),
        missing=_(
            "Non puoi leggerlo: è riservato ad altri lettori o non è più pubblicato. "
            "Non è compreso nello ZIP."
        ),
    )


def _position(file: VersionFile) -> int:
    return file.position
