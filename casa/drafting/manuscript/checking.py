"""Whether a manuscript may be published: built, read back, filled, its norms looked up."""

import io
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from casa.drafting import filling
from casa.drafting.draft import Draft
from casa.drafting.errors import Unreadable
from casa.drafting.filling import BadData, BadModel, Field, FieldType, Problem
from casa.drafting.manuscript.asking import Asked, fields_of, sample, unasked
from casa.drafting.manuscript.body import STYLES, lines_of
from casa.drafting.manuscript.citing import cited
from casa.drafting.manuscript.inline import plain
from casa.drafting.manuscript.manuscript import HEADINGS, NUMBERED, Fault, Line, Manuscript
from casa.drafting.manuscript.numbers import numbers
from casa.drafting.manuscript.package import docx
from casa.drafting.manuscript.wording import wording
from casa.drafting.norms import NormTable
from casa.drafting.readers.docx.package import W, value
from casa.drafting.reading import read

_OPENED = ("{{", "{%", "{#", "}}", "%}", "#}")
_NUMBERED = frozenset(STYLES[kind] for kind in NUMBERED)
_AMBIGUOUS = "non si capisce quale atto è citato: scrivilo per intero, o definisci «Codice»"


@dataclass(frozen=True, slots=True)
class Ground:
    """What all manuscripts are checked against."""

    fields: Mapping[str, Asked]
    table: NormTable
    pillars: frozenset[str]


def check(manuscript: Manuscript, ground: Ground) -> tuple[Fault, ...]:
    """All that stands against publishing it; nothing when it may be."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "model.docx"
        path.write_bytes(docx(manuscript))
        faults = [
            *wording(manuscript),
            *_pillar(manuscript, ground.pillars),
            *_norms(manuscript, ground.table),
            *_structure(manuscript, read(path)),
            *_model(manuscript, path, ground.fields),
        ]
    return tuple(sorted(set(faults), key=lambda fault: (fault.line, fault.words)))


def _pillar(manuscript: Manuscript, pillars: frozenset[str]) -> Iterator[Fault]:
    if manuscript.head["pillar"] not in pillars:
        told = ", ".join(sorted(pillars))
        yield Fault(1, f"il pilastro «{manuscript.head['pillar']}» non esiste: {told}")


def _norms(manuscript: Manuscript, table: NormTable) -> Iterator[Fault]:
    for one in cited(manuscript, table):
        if one.holds:
            continue
        verdict = one.verdict
        words = {"ambiguous": _AMBIGUOUS, "unknown": "non è nella tabella delle norme"}.get(
            verdict.status, f"non è in vigore ({verdict.status}) {verdict.replaced_by}".strip()
        )
        yield Fault(one.line, f"citazione «{one.citation.text}»: {words} {verdict.note}".strip())


def _structure(manuscript: Manuscript, draft: Draft) -> Iterator[Fault]:
    """Read back: all numbers, all headings at their level, Italian, nothing unread."""
    lines = [one for one in manuscript.blocks if isinstance(one, Line)]
    titles = [one for one in lines if one.kind in HEADINGS]
    words = {plain(one.text) for one in titles}
    wanted = [(one.label, one.text, one.line) for one in numbers(manuscript)]
    found = [
        (block.number, block.text)
        for block in draft.blocks
        if block.number and f"{block.number} {block.text}" not in words
    ]
    yield from _apart(wanted, found, what="il numero")
    levels = [(str(HEADINGS[one.kind]), plain(one.text), one.line) for one in titles]
    named = {text for _level, text, _line in levels}
    read_back = [(str(level), text) for level, text in _headings(draft, named)]
    yield from _apart(levels, read_back, what="il livello dell'intestazione")
    if draft.language != "it" or draft.unread:
        yield Fault(0, "riletto, il documento non risulta in italiano o non si legge tutto")


def _headings(draft: Draft, named: set[str]) -> Iterator[tuple[int, str]]:
    """Headings of the draft; bold lines that look like one are none of ours."""
    for block in draft.blocks:
        whole = f"{block.number} {block.text}".strip()
        text = whole if whole in named else block.text
        if block.kind == "heading" and text in named:
            yield block.level, text


def _apart(
    wanted: Sequence[tuple[str, str, int]], found: Sequence[tuple[str, str]], *, what: str
) -> Iterator[Fault]:
    """The first place where two lists part; after it nothing can be told."""
    for (label, text, line), other in zip(wanted, found, strict=False):
        if (label, text) != other:
            yield Fault(line, f"{what} «{label}» si rilegge «{other[0]}» ({other[1][:40]})")
            return
    if len(wanted) != len(found):
        extra = found[len(wanted)][1][:60] if len(found) > len(wanted) else ""
        words = f"{what}: {len(wanted)} scritti, {len(found)} riletti"
        yield Fault(0, f"{words} («{extra}» comincia come un numero)" if extra else words)


def _model(manuscript: Manuscript, path: Path, shared: Mapping[str, Asked]) -> Iterator[Fault]:
    """Its fields are known, and filled in every way no sign of a field is left."""
    try:
        used = filling.fields(path)
    except BadModel as error:
        yield from _told(manuscript, error.problems)
        return
    for name, words in unasked(used, manuscript, shared):
        yield Fault(_line_with(manuscript, name), words)
    if any(field.name not in fields_of(manuscript, shared) for field in used):
        return
    for case, answers in cases(manuscript, used, shared).items():
        yield from _filled(manuscript, path, case, answers)


def cases(
    manuscript: Manuscript, used: Sequence[Field], shared: Mapping[str, Asked]
) -> Mapping[str, Mapping[str, object]]:
    """Ways to fill it: the example, every yes, every no, every word that conditions know."""
    example = sample(fields_of(manuscript, shared))
    switches = [field.name for field in used if field.type == FieldType.BOOLEAN]
    told = {
        "esempio": example,
        "tutti sì": {**example, **dict.fromkeys(switches, True)},
        "tutti no": {**example, **dict.fromkeys(switches, False)},
    }
    for field in used:
        for option in field.options:
            told[f"{field.name} = {option}"] = {**told["tutti sì"], field.name: option}
    for count in (1, 3):
        told[f"righe: {count}"] = {**told["tutti sì"], **_rows(example, count)}
    return told


def _rows(answers: Mapping[str, object], count: int) -> Mapping[str, object]:
    """Every list with so many rows: one lot, three lots."""
    lists = {name: value for name, value in answers.items() if isinstance(value, list) and value}
    return {name: (value * count)[:count] for name, value in lists.items()}


def _filled(
    manuscript: Manuscript, path: Path, case: str, answers: Mapping[str, object]
) -> Iterator[Fault]:
    try:
        data = filling.fill(path, answers)
    except BadData as error:
        told = _told(manuscript, error.problems)
        yield from (Fault(one.line, f"compilato ({case}): {one.words}") for one in told)
        return
    yield from (Fault(0, f"compilato ({case}): {words}") for words in _empty(data))
    left = [sign for sign in _OPENED if sign in _text_of(data)]
    if left:
        yield Fault(0, f"compilato ({case}) restano campi: {' '.join(left)}")
    made = path.with_name("filled.docx")
    made.write_bytes(data)
    try:
        draft = read(made)
    except Unreadable as error:
        yield Fault(0, f"compilato ({case}) non si rilegge: {error.message}")
        return
    yield from _gaps(draft, case)


def _gaps(draft: Draft, case: str) -> Iterator[Fault]:
    """Articles count on without a gap, whatever went."""
    shown = [block.number for block in draft.blocks if block.number.startswith("Art. ")]
    wanted = [f"Art. {count} –" for count in range(1, len(shown) + 1)]
    if shown != wanted:
        yield Fault(0, f"compilato ({case}) gli articoli si leggono {', '.join(shown[:5])}…")
    for blank in ("( )", "()", " ,", " ;", "euro ,", "n.  del", ".."):
        if blank in draft.text:
            at = draft.text.index(blank)
            around = draft.text[max(0, at - 30) : at + 30].replace("\n", " ")
            what = "due punti di fila" if blank == ".." else "un vuoto"
            yield Fault(0, f"compilato ({case}) resta {what}: «…{around}…»")


def _empty(data: bytes) -> Iterator[str]:
    """A number, letter or dash before nothing: its words went and their paragraph stayed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        body = etree.fromstring(archive.read("word/document.xml"))
    for paragraph in body.iter(f"{W}p"):
        style = value(paragraph.find(f"{W}pPr"), "pStyle")
        if style in _NUMBERED and not "".join(text.text or "" for text in paragraph.iter(f"{W}t")):
            yield f"resta un numero senza testo ({style})"


def _text_of(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(archive.read(name).decode() for name in archive.namelist())


def _told(manuscript: Manuscript, problems: Sequence[Problem]) -> Iterator[Fault]:
    lines = lines_of(manuscript)
    for problem in problems:
        at = problem.place.paragraph - 1
        body = problem.place.part == "body" and 0 <= at < len(lines)
        yield Fault(lines[at] if body else 0, f"«{problem.text[:70]}» – {problem.reason}")


def _line_with(manuscript: Manuscript, name: str) -> int:
    """The first line that names a field."""
    for block in manuscript.blocks:
        texts = [block.text] if isinstance(block, Line) else [" ".join(row) for row in block.rows]
        lines = [block.line] if isinstance(block, Line) else block.lines
        for text, line in zip(texts, lines, strict=True):
            if name in text:
                return line
    return 0
