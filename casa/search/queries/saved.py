"""Saved searches: the owner's list, what is new since last time."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.core import signing
from django.db.models import Max

from casa.notices.queries import told_by_mail
from casa.registry.actor import Actor
from casa.search import engine
from casa.search.engine.seam import DEEPEST, Sort
from casa.search.models import IndexCard, SavedSearch
from casa.search.models.saved import SavedSearchQuerySet
from casa.search.queries.cards import links
from casa.search.queries.finding import understood
from casa.search.queries.results import Link
from casa.search.queries.searching import Search

ALERT_SALT = "casa.search.alerts"


@dataclass(frozen=True, slots=True)
class News:
    """What changed for one saved search: the first lines, and how many there are in all."""

    search: SavedSearch
    lines: tuple[Link, ...]
    total: int
    keys: frozenset[str] = frozenset()

    @property
    def others(self) -> int:
        return self.total - len(self.lines)


def saved_by(actor: Actor) -> SavedSearchQuerySet:
    return SavedSearch.objects.of(actor)


def already_saved(
    actor: Actor, *, words: str, filters: Mapping[str, Sequence[str]]
) -> SavedSearch | None:
    """The same question, when the actor keeps it already."""
    return SavedSearch.objects.of(actor).filter(words=words, filters=dict(filters)).first()


def named_by(token: str) -> SavedSearchQuerySet:
    """The searches that a link in a mail names. Raises `BadSignature` for a link not ours."""
    return SavedSearch.objects.filter(pk__in=signing.loads(token, salt=ALERT_SALT))


def applied() -> int | None:
    """The last change that the index holds; nothing when it cannot be asked."""
    health = engine.current().health()
    return health.applied.sequence if health.applied and not health.problem else None


def last_change() -> int:
    """The last change of a card, whether the index holds it already or not."""
    return IndexCard.objects.aggregate(last=Max("sequence"))["last"] or 0


def news_for(
    actor: Actor, saved: SavedSearch, *, until: int, limit: int, but: Collection[str] = ()
) -> News:
    """The cards found that changed after the owner was last told, newest first.

    What the same mail says already (`but`), and what another mail tells its followers, is not
    told again. Raises `EngineUnavailable` when the index cannot be asked: then nothing is known.
    """
    changed = IndexCard.objects.visible_to(actor).filter(
        sequence__gt=saved.seen, sequence__lte=until
    )
    if not changed.exists():
        return News(saved, (), 0)
    keys = every_key(actor, words=saved.words, filters=saved.filters)
    found = dict(changed.filter(key__in=keys).values_list("key", "changed_at"))
    told = told_by_mail(saved.person_id, found) if found else {}
    left = {key for key, at in found.items() if key not in but and (told.get(key) or at) <= at}
    cards = changed.filter(key__in=left).select_related("body").order_by("-sequence")
    return News(saved, links(list(cards[:limit])), len(left), frozenset(left))


def every_key(
    actor: Actor, *, words: str, filters: Mapping[str, Sequence[str]], most: int = DEEPEST
) -> tuple[str, ...]:
    """The keys of what a search finds with every word, newest first, as deep as it goes."""
    return Search(actor, filters, Sort.NEWEST, 1).keys(understood(words), limit=most)
