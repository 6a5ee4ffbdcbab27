"""Bringing the index up to the cards: batch by batch, or whole.

Whatever happens in between, the index says itself which change it holds: the number and a mark
stand in the same commit as the documents. What is applied twice is the same as once.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db.models import Max
from django.db.models.functions import Length
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from casa.search import engine
from casa.search.documents import documents_of
from casa.search.engine.seam import Applied, CardDocument, Engine, EngineSilent, EngineUnavailable
from casa.search.models import IndexCard, IndexState

BATCH = 100
BATCH_CHARACTERS = 20_000_000
CHUNK = 50

Progress = Callable[[int, int], None]
"""Told how many cards are in the new index, of how many."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where cards and index stand at one moment."""

    wanted: int
    marks: frozenset[str]
    rebuild_wanted: bool


def standing() -> Standing:
    """One row and one number from the database."""
    state, _made = IndexState.objects.get_or_create(pk=IndexState.ONLY)
    return Standing(
        wanted=last_number(),
        marks=frozenset({state.mark, state.previous_mark}),
        rebuild_wanted=state.rebuild_wanted,
    )


def last_number() -> int:
    return IndexCard.objects.aggregate(last=Max("sequence"))["last"] or 0


def reason_to_rebuild(applied: Applied | None, now: Standing) -> str:
    """Why the index must be made anew, in words for the log; empty when it need not."""
    if applied is None:
        return _("l'indice manca, è danneggiato o di una versione precedente")
    if engine.current().is_reported_damaged():
        return _("chi cerca non riesce a leggere l'indice")
    if applied.sequence > now.wanted or applied.mark not in now.marks:
        return _("il database non è quello che l'indice ha seguito")
    if now.rebuild_wanted:
        return _("è stato chiesto")
    return ""


def apply_batch(applied: Applied) -> Applied:
    """Apply the next changes in order, at most a hundred. Gives how far the index is then."""
    cards = _next_cards(applied.sequence)
    if not cards:
        return applied
    reached = Applied(cards[-1].sequence, _new_mark())
    index = engine.current()
    _announce(reached, before=applied)
    index.delete(card.key for card in cards if card.removed)
    index.upsert(documents_of([card for card in cards if not card.removed]))
    index.commit(reached)
    _say(applied=reached.sequence, problem="")
    return reached


def rebuild(applied: Applied | None, progress: Progress) -> Applied:
    """Make the whole index aside from the cards, then swap it in. Readers never see a gap.

    Cards come in the order of their changes, so that one killed halfway goes on where it was.
    Changes made meanwhile have higher numbers than the one noted first: they follow.
    """
    IndexState.objects.get_or_create(pk=IndexState.ONLY)
    index = engine.current()
    begun = _begun(index)
    reached = Applied(last_number(), begun.mark if begun else _new_mark())
    total = IndexCard.objects.alive().count()
    _say(done=0, total=max(total, 1), aside_mark=reached.mark)

    def report(count: int) -> None:
        _say(done=count)
        progress(count, total)

    try:
        documents = _documents_between(begun.sequence if begun else 0, reached.sequence)
        if begun:
            gone = _removed_between(begun.sequence, reached.sequence)
            generation = index.resume(documents, gone, reached, report)
        else:
            generation = index.rebuild(documents, reached, report)
        _announce(reached, before=applied)
        index.swap(generation)
    finally:
        _say(done=0, total=0)
    _say(applied=reached.sequence, problem="")
    _settle(reached)
    return reached


def is_begun() -> bool:
    """Whether a rebuild would go on with one that was stopped."""
    return _begun(engine.current()) is not None


def inspect(applied: Applied) -> None:
    """Look whether the index still holds what it should; raises when it does not."""
    health = engine.current().health()
    if health.silent:
        raise EngineSilent(health.problem)
    if health.problem:
        raise EngineUnavailable(health.problem)
    if health.applied != applied:
        raise EngineUnavailable(f"the index says {health.applied} instead of {applied}")
    before = last_number()
    alive = IndexCard.objects.alive().count()
    calm = before == last_number() == applied.sequence
    if calm and alive != health.documents:
        raise EngineUnavailable(f"{health.documents} documents for {alive} cards")


def present() -> Applied | None:
    """How far the index is; nothing when there is none that can be used."""
    health = engine.current().health()
    if health.silent:
        raise EngineSilent(health.problem)
    return health.applied


def beat() -> None:
    """Say that the follower is alive."""
    _say()


def ask_for_rebuild() -> None:
    IndexState.objects.get_or_create(pk=IndexState.ONLY)
    state = IndexState.objects.filter(pk=IndexState.ONLY)
    state.update(rebuild_wanted=True, aside_mark="")  # what is begun may know less


def confess(problem: str) -> None:
    """Write down, for the status page, what keeps the index from following."""
    _say(problem=problem[:300])


def _announce(reached: Applied, *, before: Applied | None) -> None:
    """Name the commit before it is made: after a crash either name is the right one."""
    previous = before.mark if before else ""
    IndexState.objects.filter(pk=IndexState.ONLY).update(mark=reached.mark, previous_mark=previous)


def _say(**fields: object) -> None:
    IndexState.objects.filter(pk=IndexState.ONLY).update(beat_at=timezone.now(), **fields)


def _next_cards(after: int) -> list[IndexCard]:
    """Up to a hundred changes, fewer when their texts are very long (but one at least)."""
    changed = IndexCard.objects.changed_after(after)
    rows = changed.annotate(size=Length("text")).values_list("sequence", "size")[:BATCH]
    last, characters = after, 0
    for sequence, size in rows:
        characters += size
        if last > after and characters > BATCH_CHARACTERS:
            break
        last = sequence
    return list(changed.filter(sequence__lte=last)) if last > after else []


def _begun(index: Engine) -> Applied | None:
    """How far the index came that a killed follower was making, if it is still the one wanted."""
    wanted = IndexState.objects.filter(pk=IndexState.ONLY).values_list("aside_mark", flat=True)
    begun = index.begun()
    return begun if begun and begun.mark in set(wanted) - {""} else None


def _settle(reached: Applied) -> None:
    """What was asked is done, unless it was asked again in the meantime."""
    state = IndexState.objects.filter(pk=IndexState.ONLY, aside_mark=reached.mark)
    state.update(aside_mark="", rebuild_wanted=False)


def _documents_between(after: int, last: int) -> Iterator[CardDocument]:
    """Cards that changed after one number and up to another, in that order."""
    alive = IndexCard.objects.alive().filter(sequence__lte=last).defer("clauses")
    while cards := list(alive.changed_after(after)[:CHUNK]):
        yield from documents_of(cards)
        after = cards[-1].sequence


def _removed_between(after: int, last: int) -> list[str]:
    removed = IndexCard.objects.filter(removed=True, sequence__lte=last).changed_after(after)
    return list(removed.values_list("key", flat=True))


def _new_mark() -> str:
    return get_random_string(16)
