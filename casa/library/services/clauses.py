"""The clauses of a version, from what was read in its main file."""

from collections.abc import Sequence

from casa import drafting
from casa.library.models import Clause, Version
from casa.library.queries import as_drafted, parts_of
from casa.library.services.citations import write_citations

BETWEEN_FILES = "\n\n"


def write_clauses(version: Version) -> None:
    """Write the text and the clauses of an open version anew, keys handed on from the last one."""
    files = version.files.select_related("upload__reading")
    drafts = [drafting.from_json(file.upload.reading.draft) for file in files.order_by("position")]
    version.text = BETWEEN_FILES.join(draft.text for draft in drafts)
    version.save(update_fields=["text"])
    version.clauses.all().delete()
    found = drafts[0].clauses if drafts else ()
    carried = drafting.carry_keys(_published_before(version), found)
    part_of = parts_of(drafts[0]).part_of if drafts else int
    Clause.objects.bulk_create(
        _row(version, clause, position=at, part=part_of(clause.first_block))
        for at, clause in enumerate(carried)
    )
    write_citations(version)


def _published_before(version: Version) -> Sequence[drafting.Clause]:
    """The clauses of the entry's current version, as the drafting table knows them."""
    current = version.entry.current
    if current is None:
        return ()
    return [as_drafted(row) for row in current.clauses.order_by("position")]


def _row(version: Version, clause: drafting.Clause, *, position: int, part: int) -> Clause:
    return Clause(
        version=version,
        key=clause.key,
        label=clause.label[:40],
        heading=clause.heading[:300],
        text=clause.text,
        level=clause.level,
        position=position,
        part=part,
        start=clause.start,
        end=clause.end,
        first_block=clause.first_block,
    )
