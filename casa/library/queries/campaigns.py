"""Campaigns: who is hit, how far each office and Province has come."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.translation import gettext as _

from casa.library.access import may_keep_text
from casa.library.cards import place_of
from casa.library.models import Campaign, CampaignHit, Clause, Entry, Kit, KitItem
from casa.registry.actor import Actor

OPEN, KEPT = CampaignHit.State.OPEN, CampaignHit.State.KEPT


@dataclass(frozen=True, slots=True)
class Hit:
    """A text of the list. `url` and `title` are empty where the actor may not read it.

    `may_keep`: the actor says why it stays as it is. What came from another installation
    (`is_received`) is brought up to date there.
    """

    pk: int
    title: str
    url: str
    body: str
    office: str
    province: str
    clauses: Sequence[str]
    state: str
    label: str
    why: str
    may_keep: bool
    is_received: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How many texts of a place are done, of how many."""

    name: str
    done: int
    total: int


def campaigns() -> QuerySet[Campaign]:
    """All of them with their counts, the newest first. One query."""
    counted = Campaign.objects.annotate(
        texts=Count("hits"), left=Count("hits", filter=Q(hits__state=OPEN))
    )
    return counted.order_by("-opened_at", "-pk")


def hits_of(campaign: Campaign, actor: Actor) -> list[Hit]:
    """The list of a campaign. Three queries, however long it is.

    Members learn which bodies have work to do; titles and clauses only where they may read the
    text. What is left to do comes first.
    """
    rows = list(
        campaign.hits.select_related(
            "entry__body__province__region",
            "entry__body__municipality__province__region",
            "entry__body__province_body",
            "office",
        ).order_by(Case(When(state=OPEN, then=0), default=1), "state", "entry__body__name", "pk")
    )
    visible = set(
        Entry.objects.visible_to(actor)
        .filter(pk__in=[row.entry_id for row in rows])
        .values_list("pk", flat=True)
    )
    names = _clause_names(rows)
    return [_hit(row, actor, row.entry_id in visible, names) for row in rows]


def banner_of(entry: Entry) -> QuerySet[CampaignHit]:
    """The open campaigns that hit an entry."""
    rows = CampaignHit.objects.filter(entry=entry, state=OPEN, campaign__closed_at=None)
    return rows.select_related("campaign")


def by_province(hit: Hit) -> str:
    return hit.province


def by_office(hit: Hit) -> str:
    return f"{hit.office}, {hit.body}"


def holding(hits: QuerySet[CampaignHit]) -> Q:
    """What of a kit is hit: a text that it gives as it is today, or a version that it gives for
    ever, which a later one does not mend."""
    unpinned = Q(version=None, entry__in=hits.filter(state=OPEN).values("entry"))
    return unpinned | Q(version__in=hits.exclude(state=KEPT).values("version"))


def banner_of_kit(kit: Kit, actor: Actor) -> list[CampaignHit]:
    """The same of what a kit holds, as far as the actor may read it: one for each campaign."""
    readable = Entry.objects.visible_to(actor).values("pk")
    hits = CampaignHit.objects.filter(campaign__closed_at=None, entry__in=readable)
    today = Q(state=OPEN, entry__in=kit.items.filter(version=None).values("entry"))
    pinned = ~Q(state=KEPT) & Q(version__in=kit.items.exclude(version=None).values("version"))
    rows = hits.filter(today | pinned)
    return list(
        rows.select_related("campaign").order_by("campaign_id", "pk").distinct("campaign_id")
    )


def kits_hit(campaign: Campaign, actor: Actor) -> list[Kit]:
    """Kits on offer that hold a text still to be updated, and that may be read. One query."""
    readable = Entry.objects.visible_to(actor).values("pk")
    items = KitItem.objects.filter(holding(campaign.hits.filter(entry__in=readable)))
    rows = Kit.objects.visible_to(actor).offered().filter(items__in=items)
    return list(rows.distinct().order_by("title", "pk"))


def progress(hits: Iterable[Hit], place: Callable[[Hit], str] = by_province) -> list[Progress]:
    """By Province or by office, those with most left to do first."""
    total, done = Counter[str](), Counter[str]()
    for hit in hits:
        name = place(hit)
        total[name] += 1
        done[name] += hit.state != OPEN
    rows = [Progress(name=name, done=done[name], total=total[name]) for name in total]
    return sorted(rows, key=lambda row: (row.done - row.total, row.name))


COLUMNS = ("provincia", "ente", "ufficio", "testo", "clausole", "stato", "perché")


def lines(hits: Iterable[Hit]) -> Iterator[list[str]]:
    """The list as a table to take away."""
    for hit in hits:
        clauses = "; ".join(hit.clauses)
        yield [hit.province, hit.body, hit.office, hit.title, clauses, hit.label, hit.why]


def _clause_names(rows: Sequence[CampaignHit]) -> dict[tuple[int, str], str]:
    found = Clause.objects.filter(version__in=[row.version_id for row in rows])
    keys = {key for row in rows for key in row.clauses}
    named = found.filter(key__in=keys).values_list("version_id", "key", "label", "heading")
    return {
        (version_id, key): " – ".join(part for part in (label, heading) if part)
        for version_id, key, label, heading in named
    }


def _hit(
    row: CampaignHit, actor: Actor, is_visible: bool, names: dict[tuple[int, str], str]
) -> Hit:
    return Hit(
        pk=row.pk,
        title=row.entry.title if is_visible else "",
        url=row.entry.get_absolute_url() if is_visible else "",
        body=str(row.entry.body),
        office=str(row.office),
        province=place_of(row.entry.body) or _("Nessuna Provincia"),
        clauses=[names.get((row.version_id, key), key) for key in row.clauses]
        if is_visible
        else [],
        state=row.state,
        label=row.get_state_display(),
        why=row.why,
        may_keep=row.state == OPEN and may_keep_text(actor, row),
        is_received=row.entry.is_received,
    )
