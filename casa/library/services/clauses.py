"""The clauses of a version, from what was read in its main file and what people said of it."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.db import connection

from casa import drafting
from casa.library.models import Clause, FieldReading, HeadingCorrection, Version
from casa.library.queries import (
    as_correction,
    as_drafted,
    corrections_of,
    levels_of,
    parts_of,
    stored_reading,
)
from casa.library.services.citations import write_citations

BETWEEN_FILES = "\n\n"


def write_clauses(version: Version) -> None:
    """Write the text and the clauses of an open version anew, keys handed on from the last one.

    A version that has none yet begins with the headings as they were corrected in the last one;
    where another file takes the place of the first, corrections look for their words in it.
    """
    files = version.files.select_related("upload__reading")
    drafts = [drafting.from_json(file.upload.reading.draft) for file in files.order_by("position")]
    version.text = BETWEEN_FILES.join(draft.text for draft in drafts)
    version.save(update_fields=["text"])
    before = _published_before(version)
    if before and not version.clauses.exists() and not version.heading_corrections.exists():
        _inherit(version, before)
    version.clauses.all().delete()
    if drafts:
        _find_places(version, drafts[0])
        known = _known(before, told_as=version) if before else ()
        _write(version, drafts[0], drafting.carry_keys(known, _told(version, drafts[0])))
    write_citations(version)
    FieldReading.objects.filter(version=version).delete()  # the rounds look again


def rewrite_clauses(version: Version, draft: drafting.Draft) -> None:
    """Cut a version anew as its corrections have it; `draft` is its main file as it was read.

    A clause that opens where one opened keeps its key; one that was no heading for a while gets
    back the key that it had in the version before.
    """
    own = {row.first_block: row.key for row in version.clauses.all()}
    before = _published_before(version)
    older = list(before.clauses.order_by("position")) if before else []
    told = _told(version, draft)
    new = [clause for clause in told if clause.first_block not in own]
    lost = [as_drafted(row) for row in older if row.key not in own.values()]
    found = {one.first_block: one.key for one in drafting.carry_keys(lost, new)}
    regained = {at: key for at, key in found.items() if key in {one.key for one in lost}}
    taken = [*own.values(), *(row.key for row in older)]
    version.clauses.all().delete()
    with _rereading(version):
        _write(version, draft, drafting.rekeyed(told, own | regained, taken=taken))
    write_citations(version)


@contextmanager
def _rereading(version: Version) -> Iterator[None]:
    """Let the database take clauses of a published version: it refuses them otherwise."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('casa.rereads', %s, true)", [str(version.pk)])
        yield
        cursor.execute("SELECT set_config('casa.rereads', '', true)")


def _told(version: Version, draft: drafting.Draft) -> Sequence[drafting.Clause]:
    return drafting.relevelled(draft, levels_of(corrections_of(version))).clauses


def _known(before: Version, *, told_as: Version) -> Sequence[drafting.Clause]:
    """The clauses of the version before, cut as the new one is: else a clause that a corrected
    heading ends would not be known again."""
    rows = list(before.clauses.order_by("position"))
    said, now = (
        [as_correction(row) for row in corrections_of(version)] for version in (before, told_as)
    )
    stored = stored_reading(before) if said != now else None
    if stored is None:
        return [as_drafted(row) for row in rows]
    alike = drafting.corrected(drafting.from_json(stored.draft), now).clauses
    keys = {row.first_block: row.key for row in rows}
    return drafting.rekeyed(alike, keys, taken=keys.values())


def _write(version: Version, draft: drafting.Draft, clauses: Iterable[drafting.Clause]) -> None:
    part_of = parts_of(draft).part_of
    Clause.objects.bulk_create(
        _row(version, clause, position=at, part=part_of(clause.first_block))
        for at, clause in enumerate(clauses)
    )


def _published_before(version: Version) -> Version | None:
    """The version that this one follows: of its own entry, else of the source it was made from."""
    earlier = Version.objects.published().filter(entry=version.entry_id, number__lt=version.number)
    own = earlier.defer("text").order_by("-number").first()
    return own or Version.objects.filter(followed_by__version=version).defer("text").first()


def _inherit(version: Version, before: Version) -> None:
    HeadingCorrection.objects.bulk_create(
        HeadingCorrection(
            version=version, words=row.words, level=row.level, turn=row.turn, turns=row.turns
        )
        for row in corrections_of(before)
    )


def _find_places(version: Version, draft: drafting.Draft) -> None:
    """Where the words of each correction stand in this text; nowhere, it waits."""
    rows = corrections_of(version)
    found = drafting.places(draft, [as_correction(row) for row in rows])
    for row, places in zip(rows, found, strict=True):
        row.places = list(places)
    HeadingCorrection.objects.bulk_update(rows, ["places"])


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
