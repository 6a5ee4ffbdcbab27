"""Which clauses are compulsory, for whom, and where a copy departs from them."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db.models import F, Q, QuerySet

from casa.drafting import comparing
from casa.library.models import Basis, Clause, Departure, Derivation, Entry, Obligation, Version
from casa.library.queries.shelved import drafted

LONGEST_BEGINNING = 160
NEXT = "\n\n"


@dataclass(frozen=True, slots=True)
class Marked:
    """A clause of a text with what its body says of it; no obligation: the clause is free."""

    key: str
    title: str
    begins: str
    level: int
    obligation: Obligation | None


@dataclass(frozen=True, slots=True)
class Departing:
    """A compulsory clause of the source that reads otherwise here, or is gone.

    `reason` is what was last said of it; it holds when it was said of these very words.
    """

    key: str
    title: str
    obligation: Obligation
    words: Sequence[comparing.Words]
    is_dropped: bool
    digest: str
    reason: str
    is_explained: bool


def obligations_of(entry: Entry) -> dict[str, Obligation]:
    """What holds for a text by key: its body's own marks, then those of what it derives from."""
    return _nearest(Obligation.objects.filter(Q(entry=entry) | Q(entry__in=_above(entry))))


def obligations_above(entry: Entry) -> dict[str, Obligation]:
    """What the sources of a copy ask of it, by key. One query."""
    return _nearest(Obligation.objects.filter(entry__in=_above(entry)))


def marked_clauses(entry: Entry) -> list[Marked]:
    """The clauses of the current text for whoever marks them."""
    marks = {row.key: row for row in entry.obligations.all()}
    if entry.current is None:
        return []
    rows = entry.current.clauses.order_by("position")
    return [
        Marked(row.key, title_of(row), beginning(row.text), row.level, marks.get(row.key))
        for row in rows
    ]


def spread(clauses: Iterable[Clause], marks: Mapping[str, Obligation]) -> dict[str, Obligation]:
    """What holds for each clause: its own mark, else that of the clause it stands below."""
    found: dict[str, Obligation] = {}
    above: list[tuple[int, Obligation]] = []
    for clause in clauses:
        while above and above[-1][0] >= clause.level:
            above.pop()
        if mark := marks.get(clause.key):
            above.append((clause.level, mark))
        if above:
            found[clause.key] = above[-1][1]
    return found


def look_of(
    version: Version, marks: Mapping[str, Obligation]
) -> Callable[[int], Obligation | None]:
    """What holds at a block of the file of a version: that of the clause in which it stands."""
    clauses = list(version.clauses.order_by("position"))
    starts, bound = [clause.first_block for clause in clauses], spread(clauses, marks)

    def look(block: int) -> Obligation | None:
        at = bisect_right(starts, block) - 1
        return bound.get(clauses[at].key) if at >= 0 else None

    return look


def departing(version: Version) -> list[Departing]:
    """Where a version of a copy departs from compulsory clauses of what it is based on.

    Without marks one query; else the two texts are compared.
    """
    marks = obligations_above(version.entry)
    basis = Basis.objects.filter(version=version).select_related("source_version").first()
    if not marks or basis is None:
        return []
    older, newer = drafted(basis.source_version), drafted(version)
    if older is None or newer is None:
        return []
    clauses = list(basis.source_version.clauses.order_by("position"))
    changes = _changes(comparing.compare(older, newer), clauses, marks)
    titles = {clause.key: title_of(clause) for clause in clauses}
    said = _said(version)
    return [
        _departing(title, marks[key], changes[key], said.get(key, ()))
        for key, title in titles.items()
        if key in changes
    ]


def unexplained(version: Version) -> list[Departing]:
    """Those of which nobody has said why."""
    return [one for one in departing(version) if not one.is_explained]


def reasons_of(entry: Entry) -> dict[str, str]:
    """What the body of a copy said last of each compulsory clause, by key."""
    rows = Departure.objects.filter(entry=entry).order_by("version__number")
    return dict(rows.values_list("key", "reason"))


def departures_from(entry: Entry) -> QuerySet[Departure]:
    """What bodies say of the compulsory clauses that they changed in their text of today."""
    below = Q(entry__derivation__source=entry) | Q(entry__derivation__root=entry)
    held = Departure.objects.filter(below, version=F("entry__current"), entry__withdrawn_at=None)
    return held.select_related("entry__body").order_by("title", "entry__body__name", "pk")


def beginning(text: str) -> str:
    """The first words, never half a word nor half a field of a model."""
    words = " ".join(text.split())
    if len(words) <= LONGEST_BEGINNING:
        return words
    cut = words[:LONGEST_BEGINNING].rpartition(" ")[0]
    if cut.rfind("{") > cut.rfind("}"):
        cut = cut[: cut.rfind("{")].rstrip("{")
    return f"{cut.rstrip()} …"


def title_of(clause: Clause) -> str:
    """A clause in words: number and heading."""
    return " – ".join(part for part in (clause.label, clause.heading) if part) or clause.key


def _above(entry: Entry) -> QuerySet[Derivation, Any]:
    """The source, its source, and the first of the chain."""
    own = Derivation.objects.filter(entry=entry)
    return own.values("source").union(
        own.values("root"),
        Derivation.objects.filter(entry__derivations__entry=entry).values("source"),
    )


def _nearest(rows: QuerySet[Obligation]) -> dict[str, Obligation]:
    """One for each key: our own before the source's, a nearer source's before a farther one's."""
    found: dict[str, Obligation] = {}
    for row in rows.order_by("-entry_id"):  # a copy is always younger than its source
        found.setdefault(row.key, row)
    return found


def _changes(
    comparison: comparing.Comparison, clauses: Sequence[Clause], marks: Mapping[str, Obligation]
) -> dict[str, list[comparing.ClauseChange]]:
    """What changed of each compulsory clause; what was put into it counts as a change of it."""
    bound = spread(clauses, marks)
    levels = {clause.key: clause.level for clause in clauses}
    found: dict[str, list[comparing.ClauseChange]] = {}
    open_one = ""  # the compulsory clause in which we are, among those that stand in the new text
    for change in comparison.clauses:
        own = bound[change.key].key if change.key in bound else ""
        if change.before is None:
            own = open_one if open_one and change.level > levels[open_one] else ""
        if change.after is not None:
            open_one = own
        if own and (change.is_edited or None in (change.before, change.after)):
            found.setdefault(own, []).append(change)
    return found


def _said(version: Version) -> dict[str, list[Departure]]:
    """What was said so far in this entry, by key, the latest first."""
    found: dict[str, list[Departure]] = {}
    rows = Departure.objects.filter(entry=version.entry_id, version__number__lte=version.number)
    for row in rows.order_by("-version__number"):
        found.setdefault(row.key, []).append(row)
    return found


def _departing(
    title: str,
    obligation: Obligation,
    parts: Sequence[comparing.ClauseChange],
    said: Sequence[Departure],
) -> Departing:
    digest = sha256("\x1f".join(part.after or "\x00" for part in parts).encode()).hexdigest()
    same = next((row for row in said if row.digest == digest), None)
    known = same or next(iter(said), None)
    return Departing(
        key=obligation.key,
        title=title,
        obligation=obligation,
        words=list(_words(parts)),
        is_dropped=all(part.after is None for part in parts),
        digest=digest,
        reason=known.reason if known else "",
        is_explained=same is not None,
    )


def _words(parts: Iterable[comparing.ClauseChange]) -> Iterator[comparing.Words]:
    for at, part in enumerate(parts):
        if at:
            yield comparing.Words("equal", NEXT)
        yield from part.words
