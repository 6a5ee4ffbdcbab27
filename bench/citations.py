"""How fast citations of norms are found in a whole law, and how many of the labelled ones.

Beside it, in the same run, the floor: one naive regular expression over the same text.
"""

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from bench.finding import FOLDER, LAW, law_text, speeds
from bench.measure import surroundings
from casa.drafting import citations
from tests.drafting.test_citations_labelled import FILE, SECOND, THIRD, found, records

NAIVE = re.compile(r"\bart(?:icol[oi]|t?\.)\s*\d+", re.IGNORECASE)


def run(_size: int) -> str:
    """Measure; gives the report in Markdown."""
    about, text = surroundings(), law_text(FOLDER)
    finders: dict[str, Callable[[str], object]] = {
        "citations.find": citations.find,
        "floor: one regular expression": NAIVE.findall,
    }
    right = wrong = missed = 0
    for record in (*records(FILE), *records(SECOND), *records(THIRD)):
        expected, seen = Counter(record.expected), found(record)
        right += (expected & seen).total()
        wrong += (seen - expected).total()
        missed += (expected - seen).total()
    return "\n".join(
        [
            "# Citations of norms\n",
            f"{about}\n\nText: {Path(LAW).name}, {len(text.split()):,} words.\n",
            speeds(finders, text),
            (
                f"On {right + missed} labelled citations: precision {right / (right + wrong):.3f}, "
                f"recall {right / (right + missed):.3f} (tests/drafting/citations_labelled*.txt).\n"
            ),
        ]
    )
