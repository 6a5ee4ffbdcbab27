"""The text of an entry as it can be changed in the browser, clause by clause; tables stay."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.translation import gettext as _

from casa import drafting
from casa.drafting.comparing.units import BETWEEN, Unit, units_of
from casa.library.models import Entry, Obligation, Rewriting, Version
from casa.library.queries.comparing import REDLINED
from casa.library.queries.fields import main_upload
from casa.library.queries.obligations import beginning, look_of, obligations_of
from casa.library.queries.shelved import stored_reading


@dataclass(frozen=True, slots=True)
class Part:
    """Paragraphs that a person may write anew, or (`rows`) a table that stays as it is."""

    text: str
    rows: Sequence[Sequence[str]] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """A clause of the sheet. `parts` are as they stand now, what was written included."""

    key: str
    first_block: int
    title: str
    before: str
    parts: Sequence[Part]
    is_changed: bool
    bound: Obligation | None

    @property
    def begins(self) -> str:
        """Its first words after the heading."""
        heading = self.title.rpartition(" – ")[2]
        words = " ".join(part.text for part in self.parts if not part.rows)
        return beginning(words.removeprefix(self.title).removeprefix(heading))

    @property
    def has_table(self) -> bool:
        return any(part.rows for part in self.parts)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The text to write into. `is_writable`: its file is one that we can write."""

    version: Version
    is_draft: bool
    is_writable: bool
    clauses: Sequence[Written]

    @property
    def is_open(self) -> bool:
        """Nobody is reviewing it."""
        return self.version.state != Version.State.IN_REVIEW

    @property
    def changed(self) -> Sequence[Written]:
        return [clause for clause in self.clauses if clause.is_changed]

    @property
    def note(self) -> str:
        """What changes, in a sentence to begin with."""
        titles = [clause.title or _("l'inizio") for clause in self.changed]
        return _("Cambiate: %s.") % "; ".join(titles) if titles else ""

    def clause(self, key: str | None) -> Written | None:
        return next((clause for clause in self.clauses if clause.key == key), None)


def start_of(entry: Entry) -> Version | None:
    """What is written into: the open version, else the one in force."""
    opened = entry.versions.exclude(state=Version.State.PUBLISHED).first()
    return opened or entry.current


def rewriting_of(entry: Entry) -> Rewriting | None:
    """What somebody wrote half-way."""
    return Rewriting.objects.filter(entry=entry).first()


def sheet_of(entry: Entry, rewriting: Rewriting | None) -> Sheet | None:
    """The text of an entry to write into; None where there is none. Seven queries at most."""
    version = start_of(entry)
    stored = stored_reading(version) if version else None
    if version is None or stored is None:
        return None
    file = main_upload(version)
    texts = rewriting.texts if rewriting else {}
    look = look_of(version, obligations_of(entry))
    return Sheet(
        version=version,
        is_draft=version.state != Version.State.PUBLISHED,
        is_writable=file is not None and file.format in REDLINED,
        clauses=[
            _written(unit, texts, look(unit.first_block))
            for unit in units_of(drafting.from_json(stored.draft))
        ],
    )


def joined(clause: Written, texts: Sequence[str]) -> str:
    """The words of a clause with these texts between its tables, as drafting takes them."""
    given = iter(texts)
    parts = [
        part.text if part.rows else _tidy(next(given, part.text), like=part.text)
        for part in clause.parts
    ]
    return BETWEEN.join(part for part in parts if part)


def standing(sheet: Sheet, rewriting: Rewriting) -> dict[str, str]:
    """What was written for clauses that still read as they did then, by key."""
    return {
        clause.key: rewriting.texts[clause.key]["text"]
        for clause in sheet.changed
        if clause.key in rewriting.texts
    }


def _written(
    unit: Unit, texts: Mapping[str, Mapping[str, str]], bound: Obligation | None
) -> Written:
    said = texts.get(unit.key)
    holds = said is not None and said["before"] == unit.text
    parts = list(_parts(unit))
    return Written(
        key=unit.key,
        first_block=unit.first_block,
        title=" – ".join(part for part in (unit.label, unit.heading) if part),
        before=unit.text,
        parts=list(_split(said["text"], parts)) if said and holds else parts,
        is_changed=holds,
        bound=bound,
    )


def _parts(unit: Unit) -> Iterator[Part]:
    """Its paragraphs, those between two tables together."""
    pairs = zip(unit.blocks, unit.parts, strict=True)
    for is_table, group in groupby(pairs, key=lambda pair: pair[0].kind == "table"):
        if is_table:
            yield from (Part(text, block.rows) for block, text in group)
        else:
            yield Part(BETWEEN.join(text for _block, text in group))


def _split(text: str, parts: Sequence[Part]) -> Iterator[Part]:
    """What was written, cut at the tables again."""
    for table in (part for part in parts if part.rows):
        before, _words, text = text.partition(table.text)
        yield from _written_part(before)
        yield table
    yield from _written_part(text)


def _written_part(text: str) -> Iterator[Part]:
    if words := text.strip("\n"):
        yield Part(words)


def _tidy(text: str, *, like: str) -> str:
    """Each line a paragraph of its own, unless the text has broken lines already."""
    lines = text.strip().split(BETWEEN if "\n" in like.replace(BETWEEN, "") else "\n")
    return BETWEEN.join(line.strip() for line in lines if line.strip())
