"""Tracked changes resolved: all accepted, all rejected, by us and by LibreOffice itself.

Two kinds of pairs of real files (`../shared/data`, in place): a file beside a version of it
changed from a seed, as an office changes a model, and two files that share nothing, the worst
case. A side is exact when numbers, words and tables, notes and headers are those of the file
that was wanted. For LibreOffice that file goes through it too, so that only the tracked changes
are measured and not what it rewrites of any file.
"""

import random
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from docx import Document

from bench.measure import surroundings
from casa.drafting import redline
from casa.drafting.limits import DEFAULT
from casa.drafting.redline import checking
from tests.drafting import libreoffice

SEED = 20261125
FILES = sorted(
    (Path(__file__).parents[2] / "shared" / "data" / "documents" / "templates_docx").glob("*.docx")
)
VERSIONS = 2
STRANGERS = (1, 4)
SIDES = {"accepted": "Accept", "rejected": "Reject"}


@dataclass
class Count:
    """Sides that came out exactly, of how many, and the seconds that writing the changes took."""

    sides: int = 0
    ours: int = 0
    office: int = 0
    seconds: float = 0.0
    left: tuple[str, ...] = ()
    plain: dict[Path, tuple[object, ...]] = field(default_factory=dict)


def run(_size: int) -> str:
    """Measure; gives the report in Markdown."""
    if not FILES or shutil.which("soffice") is None:
        return "# Redlining: needs LibreOffice and the trial files of ../shared/data\n"
    head = "| pairs | sides | exact by us | exact by LibreOffice | s per file | not exact |"
    rows = ["# Redlining real files\n", surroundings(), "", head, "|---|---|---|---|---|---|"]
    for name, pairs in (
        ("versions of one file", _versions),
        ("files that share nothing", _strangers),
    ):
        with tempfile.TemporaryDirectory() as folder:
            rows.append(_row(name, _counted(pairs(Path(folder)), Path(folder))))
    return "\n".join([*rows, ""])


def _row(name: str, count: Count) -> str:
    seconds = count.seconds / max(1, count.sides / 2)
    left = ", ".join(count.left) or "–"
    return f"| {name} | {count.sides} | {count.ours} | {count.office} | {seconds:.2f} | {left} |"


def _versions(folder: Path) -> Iterator[tuple[Path, Path]]:
    """Each file beside changed copies of itself."""
    for place, path in enumerate(FILES):
        for version in range(VERSIONS):
            yield (
                path,
                _edited(path, folder / f"v{version}-{path.name}", SEED + place * 10 + version),
            )


def _strangers(_folder: Path) -> Iterator[tuple[Path, Path]]:
    for place, path in enumerate(FILES):
        for step in STRANGERS:
            yield path, FILES[(place + step) % len(FILES)]


def _edited(path: Path, to: Path, seed: int) -> Path:
    """A version with words changed, one paragraph gone and one added, formatting untouched."""
    chance, document = random.Random(seed), Document(str(path))
    worded = [one for one in document.paragraphs if len(one.text.split()) > 5]  # noqa: PLR2004
    chosen = chance.sample(worded, min(len(worded), 8))
    for paragraph in chosen[2:]:
        run = max(paragraph.runs, key=lambda one: len(one.text), default=None)
        if run is not None and "<w:t" in run._r.xml:
            run.text = f"{run.text.rstrip()} entro trenta giorni "
    for paragraph in chosen[:1]:
        paragraph.insert_paragraph_before("Le parti si scambiano gli atti per posta certificata.")
    for paragraph in chosen[1:2]:
        if (holder := paragraph._p.getparent()) is not None:
            holder.remove(paragraph._p)
    document.save(str(to))
    return to


def _counted(pairs: Iterator[tuple[Path, Path]], folder: Path) -> Count:
    count = Count()
    for place, (before, after) in enumerate(pairs):
        room = folder / str(place)
        room.mkdir()
        path = room / "revisioni.docx"
        begun = time.perf_counter()
        path.write_bytes(redline.docx(before, after, author="Comune di Prova", on=date(2026, 3, 3)))
        count.seconds += time.perf_counter() - begun
        for side, wanted in (("accepted", after), ("rejected", before)):
            _look(count, path, side, wanted)
    return count


def _look(count: Count, path: Path, side: str, wanted: Path) -> None:
    """One side of one file, by both."""
    count.sides += 1
    ours = path.with_name(f"{side}.docx")
    ours.write_bytes(getattr(redline, side)(path))
    exact = checking.said(ours, limits=DEFAULT) == checking.said(wanted, limits=DEFAULT)
    count.ours += exact
    office = libreoffice.resolved(path, SIDES[side], profile=_profile(path))
    if wanted not in count.plain:
        count.plain[wanted] = _blocks(_through(wanted, path.parent / f"plain-{side}"))
    same = _blocks(office) == count.plain[wanted]
    count.office += same
    if not (exact and same):
        count.left = (*count.left, f"{wanted.stem} {side}")


def _profile(path: Path) -> Path:
    """One for all: a start for each file, not two."""
    return path.parents[1] / "profile"


def _blocks(path: Path) -> tuple[object, ...]:
    """Numbers, words and tables: in headers LibreOffice writes page counts anew."""
    return checking.said(path, limits=DEFAULT)[0]


def _through(path: Path, folder: Path) -> Path:
    """The file as LibreOffice writes it when it changes nothing."""
    folder.mkdir()
    copy = shutil.copy(path, folder / f"plain{path.suffix}")
    made = libreoffice.resolved(Path(copy), "Accept", profile=_profile(folder))
    if not made.exists():
        raise subprocess.SubprocessError(f"LibreOffice did not write {path.name}")
    return made


if __name__ == "__main__":
    print(run(0))
