"""How fast personal data are found in a whole law, and how many of the labelled names.

Beside it, in the same run, the floor: one naive regular expression over the same text. Whatever is
found in a law is nobody's: that number is how often people are disturbed for nothing.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.finding import FOLDER, LAW, law_text, speeds
from bench.measure import surroundings
from casa.drafting import personal
from tests.drafting.test_personal import (
    HELD_NAMES,
    LAST_NAMES,
    MAKERS,
    MORE_NAMES,
    NAMES,
    TITLED,
    marked,
)

PLANTED = 1000
NAIVE = re.compile(r"\b[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]\b|\b[\w.]+@[\w.]+\b")


def run(_size: int) -> str:
    """Measure; gives the report in Markdown."""
    about, text = surroundings(), law_text(FOLDER)
    finders: dict[str, Callable[[str], object]] = {
        "personal.find": personal.find,
        "floor: one regular expression": NAIVE.findall,
    }
    files = (NAMES, MORE_NAMES, LAST_NAMES, HELD_NAMES)
    labelled = [one for file in files for one in marked(file)]  # type: ignore[no-untyped-call]
    right = wrong = missed = 0
    for sentence, wanted in labelled:
        seen = {TITLED.sub("", one.value) for one in personal.find(sentence) if one.kind == "name"}
        right += len(seen & wanted)
        wrong += len(seen - wanted)
        missed += len(wanted - seen)
    return "\n".join(
        [
            "# Personal data\n",
            f"{about}\n\nText: {Path(LAW).name}, {len(text.split()):,} words.\n",
            speeds(finders, text),
            f"Found in the law, where there is nobody: {len(personal.find(text))}.\n",
            (
                f"On {right + missed} labelled names: precision {right / (right + wrong):.3f}, "
                f"recall {right / (right + missed):.3f} (tests/drafting/personal_names*.txt).\n"
            ),
            *_structured(),
        ]
    )


def _structured() -> list[str]:
    """Data with a form of their own, made up with right check digits, each alone in a sentence."""
    rows = ["| made up | planted | recall | precision |", "|---|---:|---:|---:|"]
    for kind, make in MAKERS.items():
        texts = [f"Il concorrente indica: {make()}, come da modello." for _ in range(PLANTED)]  # type: ignore[no-untyped-call]
        seen = [Counter(one.kind for one in personal.find(text)) for text in texts]
        hits = sum(min(1, one[kind]) for one in seen)
        told = sum(one.total() for one in seen)
        rows.append(f"| {kind} | {PLANTED} | {hits / PLANTED:.3f} | {hits / max(1, told):.3f} |")
    return [*rows, ""]
