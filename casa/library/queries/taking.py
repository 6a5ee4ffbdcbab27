"""The news of the source beside our text: clause by clause, with what somebody chose so far."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from casa import drafting
from casa.drafting import comparing, merging
from casa.library.models import Basis, Derivation, Entry, Obligation, Taking, Version
from casa.library.models.choices import Audience
from casa.library.queries.obligations import look_of, obligations_above, reasons_of
from casa.library.queries.shelved import stored_reading

TAKE, KEEP, WRITE = "take", "keep", "write"
PART = "~"
"""Between the key of a clause and the number of one of its paragraphs."""


@dataclass(frozen=True, slots=True)
class Trio:
    """What we started from, what we have, what the source says now."""

    base: Version
    ours: Version
    theirs: Version

    @property
    def mark(self) -> str:
        """Which three texts a page was made of."""
        return f"{self.base.pk}-{self.ours.pk}-{self.theirs.pk}"


@dataclass(frozen=True, slots=True)
class Row:
    """A clause to decide: three texts, how the source's changed, what was chosen, what was written.

    `choice` is "" for a conflict that nobody has decided. `bound`: the source calls it compulsory,
    and not to take it asks for a `reason`.
    """

    key: str
    title: str
    is_conflict: bool
    base: str
    ours: str
    theirs: str
    changed: Sequence[comparing.Words]
    choice: str
    text: str
    bound: Obligation | None = None
    reason: str = ""

    @property
    def is_removed(self) -> bool:
        """The source took the clause out."""
        return not self.theirs

    @property
    def is_added(self) -> bool:
        """The source put the clause in."""
        return not self.base and not self.ours


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything the page of the news shows. `kept` counts clauses that only we changed."""

    trio: Trio
    rows: Sequence[Row]
    kept: int
    same: int

    @property
    def conflicts(self) -> int:
        return sum(row.is_conflict for row in self.rows)

    @property
    def undecided(self) -> Sequence[Row]:
        return [row for row in self.rows if not row.choice]

    @property
    def unexplained(self) -> Sequence[Row]:
        """Compulsory clauses that are not taken, and nobody says why."""
        return [row for row in self.rows if _departs(row) and not row.reason.strip()]

    @property
    def reasons(self) -> dict[str, str]:
        """Why compulsory clauses are not taken, by key of the clause that is marked."""
        found: dict[str, list[str]] = {}
        for row in self.rows:
            if row.bound and _departs(row):
                found.setdefault(row.bound.key, []).append(row.reason)
        return {key: " ".join(dict.fromkeys(said)) for key, said in found.items()}


def trio_of(entry: Entry) -> Trio | None:
    """The three versions of a copy that has a source with news; None else. Three queries.

    What the source's body keeps for itself is no news: copies are always another body's.
    """
    derivation = Derivation.objects.filter(entry=entry).select_related("source__current").first()
    if derivation is None or entry.current is None:
        return None
    theirs = derivation.source.current
    basis = Basis.objects.filter(version=entry.current).select_related("source_version").first()
    if basis is None or theirs is None or theirs.audience == Audience.BODY:
        return None
    if theirs.number <= basis.source_version.number:
        return None
    return Trio(base=basis.source_version, ours=entry.current, theirs=theirs)


def merged(trio: Trio) -> merging.Merge | None:
    """The merge of the main texts as they were read; None where one has no text."""
    drafts = [_draft(version) for version in (trio.base, trio.ours, trio.theirs)]
    if any(draft is None for draft in drafts):
        return None
    base, ours, theirs = (draft for draft in drafts if draft is not None)
    return merging.merge(base, ours, theirs)


def desk_of_news(trio: Trio, taking: Taking | None) -> Desk | None:
    """Conflicts first, then what only the source changed."""
    merge = merged(trio)
    if merge is None:
        return None
    rows = sorted(
        _bound(_rows(merge, taking), trio, merge, taking), key=lambda row: not row.is_conflict
    )
    states = [clause.state for clause in merge.clauses]
    return Desk(
        trio=trio,
        rows=rows,
        kept=states.count("ours"),
        same=states.count("same") + states.count("both_same"),
    )


def taking_of(entry: Entry, trio: Trio | None) -> Taking | None:
    """What somebody chose half-way, as long as it is about these very versions."""
    found = Taking.objects.filter(entry=entry).first()
    if found is None or trio is None:
        return found
    same = (found.base_id, found.ours_id, found.theirs_id) == (
        trio.base.pk,
        trio.ours.pk,
        trio.theirs.pk,
    )
    return found if same else None


def _rows(merge: merging.Merge, taking: Taking | None) -> Iterator[Row]:
    choices = taking.choices if taking else {}
    texts = taking.texts if taking else {}
    titles = {clause.key: _title(clause) for clause in merge.clauses}
    for clause in merge.clauses:
        if clause.state not in ("theirs", "conflict"):
            continue
        conflict = clause.state == "conflict"
        yield Row(
            key=clause.key,
            title=titles[clause.key] or titles.get(clause.key.partition(PART)[0], ""),
            is_conflict=conflict,
            base=clause.base or "",
            ours=clause.ours or "",
            theirs=clause.theirs or "",
            changed=comparing.diff_words(clause.base or "", clause.theirs or ""),
            choice=choices.get(clause.key, "" if conflict else TAKE),
            text=texts.get(clause.key, clause.proposal or clause.ours or clause.theirs or ""),
        )


def _departs(row: Row) -> bool:
    return row.bound is not None and row.choice in (KEEP, WRITE)


def _bound(
    rows: Iterable[Row], trio: Trio, merge: merging.Merge, taking: Taking | None
) -> Iterator[Row]:
    """The rows with what the source asks of each; what it took out it no longer asks."""
    marks = obligations_above(trio.ours.entry)
    if not marks:
        yield from rows
        return
    said = reasons_of(trio.ours.entry) | (taking.reasons if taking else {})
    looks = [look_of(version, marks) for version in (trio.base, trio.theirs)]
    units = {clause.key: (clause.units[0], clause.units[2]) for clause in merge.clauses}
    for row in rows:
        found = [
            look(unit.first_block) for look, unit in zip(looks, units[row.key], strict=True) if unit
        ]
        bound = None if row.is_removed else next((one for one in found if one), None)
        reason = said.get(row.key) or (said.get(bound.key, "") if bound else "")
        yield replace(row, bound=bound, reason=reason)


def _title(clause: merging.ClauseMerge) -> str:
    return " – ".join(part for part in (clause.label, clause.heading) if part)


def _draft(version: Version) -> drafting.Draft | None:
    stored = stored_reading(version)
    return drafting.from_json(stored.draft) if stored else None
