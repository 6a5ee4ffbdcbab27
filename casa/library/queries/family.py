"""The family of a model: bodies and versions, who is behind, how much it is used in all."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce
from django.urls import reverse

from casa.library.models import Derivation, Entry, Tally
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
    """The whole family an entry belongs to. Four queries, however many copies there are."""
    own = Derivation.objects.filter(entry=entry).first()
    root_id = own.root_id if own else entry.pk
    rows = _published(root_id)
    texts = {text.entry_id: text for text in _texts(rows)}
    seen = Entry.objects.visible_to(actor).filter(pk__in=rows.values("pk"))
    visible, uses = set(seen.values_list("pk", flat=True)), _uses(rows)
    known = texts if actor.is_member else {pk: texts[pk] for pk in texts if pk in visible}
    members = list(_in_order(root_id, known, visible=visible, uses=uses))
    return Family(
        members=members,
        root_id=root_id,
        uses=sum(uses.values()),
        hidden=len(texts) - len(members),
    )


class _Text(NamedTuple):
    """What a line says, as the database gives it: a family may have a thousand."""

    entry_id: int
    slug: str
    title: str
    body_id: int
    body: str
    province: str | None
    area: str | None
    version_id: int | None
    number: int | None
    based_on: int | None
    source_id: int | None
    behind: int | None


def _published(root_id: int) -> QuerySet[Entry]:
    """The first text and its published copies. A draft is nobody else's business."""
    copies = Q(derivation__root=root_id, current__isnull=False, withdrawn_at=None)
    return Entry.objects.filter(Q(pk=root_id) | copies)


def _texts(rows: QuerySet[Entry]) -> Iterator[_Text]:
    """In the order of their making. A body stands where `cards.place_of` says."""
    found = rows.order_by("derivation__made_at", "derivation__pk").values_list(
        "pk", "slug", "title", "body_id", "body__name",
        Coalesce(
            "body__province__name",
            "body__municipality__province__name",
            Case(When(body__kind=Body.Kind.PROVINCE, then="body__name")),
            "body__province_body__name",
        ),
        Coalesce(
            "body__province__region__macro_area",
            "body__municipality__province__region__macro_area",
        ),
        "current_id", "current__number", "current__basis__source_version__number",
        "derivation__source", "derivation__behind",
    )  # fmt: skip
    return (_Text(*row) for row in found)


def _uses(rows: QuerySet[Entry]) -> dict[int, int]:
    told = Tally.objects.filter(version__entry__in=rows.values("pk")).order_by()
    return dict(told.values_list("version__entry").annotate(Sum("downloads")))


def _in_order(
    root_id: int, known: Mapping[int, _Text], *, visible: set[int], uses: Mapping[int, int]
) -> Iterator[Member]:
    """Each text after its source; one whose source is unknown to the actor hangs on the root.

    Where the root itself is unknown, such a text stands on its own.
    """
    below: dict[int, list[int]] = defaultdict(list)
    for pk, text in known.items():
        if pk != root_id:
            source = text.source_id
            below[source if source and source in known else root_id].append(pk)
    tops = [root_id] if root_id in known else below[root_id]
    row, stack = 0, [(pk, -1, 0) for pk in reversed(tops)]
    while stack:
        pk, parent, depth = stack.pop()
        yield _member(known[pk], row, parent, depth, pk in visible, uses.get(pk, 0))
        stack += [(child, row, depth + 1) for child in reversed(below[pk])]
        row += 1


def _member(text: _Text, row: int, parent: int, depth: int, is_visible: bool, uses: int) -> Member:
    return Member(
        row=row,
        parent=parent,
        depth=depth,
        entry_id=text.entry_id,
        body_id=text.body_id,
        version_id=text.version_id or 0,
        title=text.title if is_visible else "",
        url=reverse("library:entry", args=[text.slug]) if is_visible else "",
        body=text.body,
        province=text.province or "",
        area=text.area or "",
        number=text.number or 0,
        based_on=text.based_on or 0,
        behind=text.behind or 0,
        uses=uses,
    )


def filtered(family: Family, *, provinces: Sequence[str], areas: Sequence[str]) -> Sequence[Member]:
    """The lines of those places; without a choice, all."""
    return [
        member
        for member in family.members
        if (not provinces or member.province in provinces) and (not areas or member.area in areas)
    ]
