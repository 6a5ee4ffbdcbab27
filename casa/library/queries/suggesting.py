"""Which clauses of a copy can be proposed to its source, and what became of those that were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from casa.drafting import comparing
from casa.library.models import Basis, Derivation, Entry, Suggestion, Version
from casa.library.models.choices import Audience
from casa.library.queries.shelved import drafted


@dataclass(frozen=True, slots=True)
class Offer:
    """A clause that we changed: the source's words of today, ours, and what we proposed of it."""

    key: str
    title: str
    before: str
    after: str
    words: Sequence[comparing.Words]
    sent: Suggestion | None

    @property
    def can_be_sent(self) -> bool:
        """Not while the same clause waits for an answer."""
        return self.sent is None or not self.sent.is_open


def offered_source(copy: Entry) -> Entry | None:
    """The source of a copy, as long as it is open to others and its body answers here."""
    tie = Derivation.objects.filter(entry=copy).select_related("source__body", "source__current")
    found = tie.first()
    if found is None or found.source.current is None or found.source.is_withdrawn:
        return None
    answers = found.source.audience != Audience.BODY and not found.source.is_received
    return found.source if answers else None


def offers_of(copy: Entry, source: Entry) -> list[Offer]:
    """What our text of today says otherwise than the version of the source that it follows."""
    basis = Basis.objects.filter(version=copy.current).select_related("source_version").first()
    if basis is None or copy.current is None or source.current is None:
        return []
    own = _comparison(basis.source_version, copy.current)
    theirs = {
        change.key: change.after for change in _comparison(basis.source_version, source.current)
    }
    sent = {row.key: row for row in Suggestion.objects.filter(copy=copy).order_by("sent_at")}
    return list(_offers(own, theirs, sent))


def suggestions_of(entry: Entry) -> QuerySet[Suggestion]:
    """What was proposed to a text, and what its body proposed to its source; the latest first."""
    rows = Suggestion.objects.filter(Q(source=entry) | Q(copy=entry))
    rows = rows.select_related("source__body", "copy__body", "version")
    return rows.order_by("-sent_at")


def _comparison(before: Version, after: Version) -> Sequence[comparing.ClauseChange]:
    older, newer = drafted(before), drafted(after)
    if older is None or newer is None:
        return ()
    return comparing.compare(older, newer).clauses


def _offers(
    own: Sequence[comparing.ClauseChange],
    theirs: dict[str, str | None],
    sent: dict[str, Suggestion],
) -> Iterator[Offer]:
    for change in own:
        now = theirs.get(change.key)
        changed = change.is_edited and change.before is not None
        if not changed or not change.after or now is None or now == change.after:
            continue
        yield Offer(
            key=change.key,
            title=" – ".join(part for part in (change.label_before, change.heading) if part),
            before=now,
            after=change.after,
            words=comparing.diff_words(now, change.after),
            sent=sent.get(change.key),
        )


def words_of(suggestion: Suggestion) -> Sequence[comparing.Words]:
    """What a proposal changes of the source's words of that day, word by word."""
    return comparing.diff_words(suggestion.before, suggestion.text)
