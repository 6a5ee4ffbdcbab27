"""Thousands of files damaged by seed, over every format: read, or refused with a sentence.

A hundred of them go through the real jail, which must give the same kind of answer.
"""

import io
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from PIL import Image

from bench.carriers import make_eml, make_msg, make_pec, make_pem, make_xml, make_zip
from bench.measure import surroundings, table
from bench.mutations import SEED, Outcome, mutated, outcomes
from casa.foundation.jail import JailBroken, jail_in_force
from casa.foundation.jail import run as run_jailed
from tests.drafting.makers import (
    make_docx,
    make_html,
    make_ods,
    make_odt,
    make_pdf,
    make_scan,
    make_txt,
    make_xlsx,
)
from tests.drafting.makers_signed import signed

FULL, USUAL = 20_000, 10_000
JAILED = 100
RTF = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Arial;}}\f0 Art. 1 \'96 Oggetto\par 1. Il servizio.\par}"


def make_p7m(path: Path) -> Path:
    """A signed envelope around a text."""
    path.write_bytes(signed(make_txt(path.with_suffix(".inside")).read_bytes()))  # type: ignore[no-untyped-call]
    return path


def make_image(path: Path) -> Path:
    """A picture of a page, without a word in it."""
    made = io.BytesIO()
    Image.new("L", (320, 200), 255).save(made, "PNG")
    path.write_bytes(made.getvalue())
    return path


def make_rtf(path: Path) -> Path:
    """A small RTF."""
    path.write_text(RTF)
    return path


def make_doc(path: Path) -> Path:
    """The head of a Word 97 file: the magic number of OLE and empty sectors."""
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    return path


SHARES: Mapping[Callable[[Path], Path], int] = {
    make_docx: 15,
    make_odt: 11,
    make_pdf: 18,
    make_html: 6,
    make_txt: 3,
    make_xlsx: 7,
    make_ods: 6,
    make_p7m: 6,
    make_pem: 4,
    make_eml: 4,
    make_pec: 3,
    make_msg: 4,
    make_zip: 4,
    make_xml: 3,
    make_scan: 2,
    make_image: 2,
    make_rtf: 1,
    make_doc: 1,
}
"""Of a hundred files, how many of each format."""


def run(size: int) -> str:
    """Damage `size` files; gives the report in Markdown."""
    size = FULL if size == USUAL else size
    about, rows, failures = surroundings(), [], []
    with tempfile.TemporaryDirectory() as folder:
        for make, share in SHARES.items():
            path = make(Path(folder, make.__name__))
            found = list(outcomes(path, first=0, count=max(1, size * share // 100)))
            rows.append(_row(found))
            failures += [outcome for outcome in found if outcome.is_failure]
            print(rows[-1], flush=True)
        jailed = _jailed(Path(folder))
    head = ["format", "files", "read", "refused", "failures", "median s", "slowest s", "peak MB"]
    return "\n".join(
        [
            f"# Damaged files, {size:,}\n",
            f"{about}; seed {SEED}. Each is read in a child with 2 GB, CPU seconds are counted.\n",
            table(head, rows),
            *[f"- failure: {one}" for one in failures],
            jailed,
        ]
    )


def _row(found: Sequence[Outcome]) -> list[object]:
    codes = Counter(one.code for one in found)
    bad = sum(one.is_failure for one in found)
    seconds = [one.seconds for one in found]
    return [
        found[0].name.removeprefix("make_"),
        len(found),
        codes["read"],
        len(found) - codes["read"] - bad,
        bad,
        f"{statistics.median(seconds):.3f}",
        f"{max(seconds):.2f}",
        f"{max(one.megabytes for one in found):.0f}",
    ]


def _jailed(folder: Path) -> str:
    """A hundred through the jail: how they ended, and in what time."""
    chance, ends, begun = random.Random(SEED), Counter[str](), time.monotonic()
    makers = chance.choices(list(SHARES), weights=list(SHARES.values()), k=JAILED)
    for number, make in enumerate(makers):
        path = make(folder / "jailed")
        damage = random.Random(f"{SEED} {make.__name__} {number}")
        path.write_bytes(mutated(path.read_bytes(), damage))
        ends[_end_in_jail(path)] += 1
    told = ", ".join(f"{end} {count}" for end, count in sorted(ends.items()))
    return (
        f"\nThrough the jail ({jail_in_force()}, which has no network): {JAILED} files, {told}, "
        f"{time.monotonic() - begun:.0f} s in all.\n"
    )


def _end_in_jail(path: Path) -> str:
    try:
        output = run_jailed([sys.executable, "-m", "casa.drafting", "{input}"], input_file=path)
    except JailBroken as broken:
        return f"**failure {type(broken).__name__}**"
    answer = json.loads(output)
    return "refused" if "message" in answer else "read"
