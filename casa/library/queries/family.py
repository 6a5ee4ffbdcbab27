"""The family of a model: bodies and versions, who is behind, how much it is used in all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, Sum

from casa.library.cards import province_of
from casa.library.models import Derivation, Entry, Tally, Version
from casa.registry.actor import Actor
from casa.registry.models import Body


@dataclass(frozen=True, slots=True)
class Member:
    """A text of the family. `url` is empty where the actor may not read it; `row` is its line."""

    row: int
    parent: int
    depth: int
    entry_id: int
    body_id: int
    version_id: int
    title: str
    url: str
    body: str
    province: str
    area: str
    number: int
    based_on: int
    behind: int
    uses: int


@dataclass(frozen=True, slots=True)
class Family:
    """The first text and those that come from it, each after the one it comes from.

    `uses` counts downloads up the tree; `hidden` are copies that the actor may know nothing of.
    """

    members: Sequence[Member]
    root_id: int
    uses: int
    hidden: int

    @property
    def copies(self) -> int:
        return len(self.members) + self.hidden - 1  # all but the first text

    @property
    def behind(self) -> int:
        return sum(member.behind > 0 for member in self.members)


def family_of(entry: Entry, actor: Actor) -> Family:
    """The whole family an entry belongs to. Five queries, however many copies there are."""
    own = Derivation.objects.filter(entry=entry).first()
    root = _entries(Entry.objects.filter(pk=own.root_id if own else entry.pk)).get()
    ties = {tie.entry_id: tie for tie in _ties(root)}
    entries = {root.pk: root} | {pk: tie.entry for pk, tie in ties.items()}
    visible = set(
        Entry.objects.visible_to(actor).filter(pk__in=entries).values_list("pk", flat=True)
    )
    uses = _uses(entries)
    known = entries if actor.is_member else {pk: entries[pk] for pk in entries if pk in visible}
    members = list(_in_order(root, known, ties, visible=visible, uses=uses))
    return Family(
        members=members,
        root_id=root.pk,
        uses=sum(uses.values()),
        hidden=len(entries) - len(members),
    )


def _ties(root: Entry) -> QuerySet[Derivation]:
    """Published copies with all that a line says. A draft is nobody else's business."""
    return (
        Derivation.objects.filter(root=root, entry__current__isnull=False, entry__withdrawn_at=None)
        .select_related(
            "entry__body__province__region",
            "entry__body__municipality__province__region",
            "entry__current__basis__source_version",
        )
        .defer("entry__current__text", "entry__current__basis__source_version__text")
        .order_by("made_at", "pk")
    )


def _entries(rows: QuerySet[Entry]) -> QuerySet[Entry]:
    return rows.select_related(
        "current__basis", "body__province__region", "body__municipality__province__region"
    ).defer("current__text")


def _uses(entries: Mapping[int, Entry]) -> dict[int, int]:
    rows = Tally.objects.filter(version__entry__in=entries).values_list("version__entry")
    return dict(rows.annotate(Sum("downloads")).order_by())


def _in_order(
    root: Entry,
    known: Mapping[int, Entry],
    ties: Mapping[int, Derivation],
    *,
    visible: set[int],
    uses: Mapping[int, int],
) -> Iterator[Member]:
    """Each text after its source; one whose source is unknown to the actor hangs on the root.

    Where the root itself is unknown, such a text stands on its own.
    """
    below: dict[int, list[int]] = defaultdict(list)
    for pk in known:
        if pk != root.pk:
            source = ties[pk].source_id
            below[source if source in known else root.pk].append(pk)
    tops = [root.pk] if root.pk in known else below[root.pk]
    row, stack = 0, [(pk, -1, 0) for pk in reversed(tops)]
    while stack:
        pk, parent, depth = stack.pop()
        yield _member(known[pk], ties.get(pk), row, parent, depth, pk in visible, uses.get(pk, 0))
        stack += [(child, row, depth + 1) for child in reversed(below[pk])]
        row += 1


def _member(
    entry: Entry,
    tie: Derivation | None,
    row: int,
    parent: int,
    depth: int,
    is_visible: bool,
    uses: int,
) -> Member:
    current = entry.current
    where, area = _place(entry.body)
    return Member(
        row=row,
        parent=parent,
        depth=depth,
        entry_id=entry.pk,
        body_id=entry.body_id,
        version_id=entry.current_id or 0,
        title=entry.title if is_visible else "",
        url=entry.get_absolute_url() if is_visible else "",
        body=str(entry.body),
        province=where,
        area=area,
        number=current.number if current else 0,
        based_on=_based_on(current),
        behind=tie.behind if tie else 0,
        uses=uses,
    )


def _place(body: Body) -> tuple[str, str]:
    province = province_of(body)
    return (province.name, province.region.macro_area) if province else ("", "")


def _based_on(version: Version | None) -> int:
    basis = getattr(version, "basis", None)
    return basis.source_version.number if basis else 0


def filtered(family: Family, *, provinces: Sequence[str], areas: Sequence[str]) -> Sequence[Member]:
    """The lines of those places; without a choice, all."""
    return [
        member
        for member in family.members
        if (not provinces or member.province in provinces) and (not areas or member.area in areas)
    ]
