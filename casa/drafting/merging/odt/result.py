"""Our ODT with the result of a merge in it: our formatting, and conflicts as tracked changes.

It is written twice: as it is while nobody has decided, and as the open conflicts would have it.
The tracked changes are those between the two.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

from casa.drafting.draft import Block, Draft
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.merging.choosing import Choice, chosen, clause_blocks, is_tracked, target_of
from casa.drafting.merging.looking import Look, brings_nothing
from casa.drafting.merging.merging import merge
from casa.drafting.merging.model import ClauseMerge, Merge
from casa.drafting.merging.odt.writing import Writer
from casa.drafting.reading import read
from casa.drafting.redline.odt import odt as redlined
from casa.drafting.redline.odt.resolving import accepted

Target = Callable[[ClauseMerge], Sequence[Block]]


def odt(
    base: Path,
    ours: Path,
    theirs: Path,
    *,
    choices: Mapping[str, Choice] | None = None,
    author: str,
    on: date,
    limits: Limits = DEFAULT,
) -> bytes:
    """Our ODT with what `theirs` changed; undecided conflicts as changes tracked by `author`.

    `base` and `theirs` may be of any format that is read. `choices` are a person's decisions by
    key of the clause. Raises Unreadable, also when some clause of the result could not be written.
    """
    drafts = [read(path, limits=limits) for path in (base, ours, theirs)]
    if not choices and brings_nothing(*drafts):
        return accepted(ours)
    merged = chosen(merge(*drafts), choices or {})
    kept = _written(ours, drafts[1], merged, target=_kept, limits=limits)
    if not merged.conflicts:
        return kept
    proposed = _written(ours, drafts[1], merged, target=target_of, limits=limits)
    with tempfile.TemporaryDirectory() as folder:
        before, after = Path(folder, "kept.odt"), Path(folder, "proposed.odt")
        before.write_bytes(kept)
        after.write_bytes(proposed)
        return redlined(before, after, author=author, on=on, limits=limits)


def _kept(clause: ClauseMerge) -> Sequence[Block]:
    """What stands until somebody decides."""
    return clause_blocks(clause) if not is_tracked(clause) else _ours(clause)


def _ours(clause: ClauseMerge) -> Sequence[Block]:
    ours = clause.units[1]
    return ours.blocks if ours else ()


def _written(ours: Path, draft: Draft, merged: Merge, *, target: Target, limits: Limits) -> bytes:
    writer = Writer(ours, draft, limits=limits)
    for clause in merged.clauses:
        unit = clause.units[1]
        first = unit.first_block if unit else 0
        writer.write(
            _ours(clause), target(clause), first=first, moved=clause.moved and bool(clause.side)
        )
    data = writer.saved()
    Look(data, limits=limits).check(merged)
    return data
