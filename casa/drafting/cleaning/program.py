"""`python -m casa.drafting clean [--decisions JSON] [--report FILE] FILE`: the copy on stdout.

`--report -` prints the report on a line of its own before the bytes, for callers outside a jail.
"""

import json
from pathlib import Path

from casa.drafting.cleaning.cleaning import clean
from casa.drafting.cleaning.decisions import decided
from casa.drafting.cleaning.reporting import framed, report
from casa.drafting.filling.programs import parser


def run(arguments: list[str]) -> bytes:
    """The bytes of the copy. Raises Unreadable."""
    reading = parser("clean")
    reading.add_argument("--decisions", default="[]")
    reading.add_argument("--report", default="")
    options = reading.parse_args(arguments)
    cleaned = clean(options.file, decisions=decided(options.decisions), limits=options.limits)
    if options.report == "-":
        return framed(cleaned)
    if options.report:
        said = json.dumps(report(cleaned), ensure_ascii=False, indent=2)
        Path(options.report).write_text(said, encoding="utf-8")
    return cleaned.data
