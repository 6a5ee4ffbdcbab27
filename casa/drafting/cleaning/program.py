"""`python -m casa.drafting clean [--decisions JSON] [--report FILE] FILE`: the copy on stdout.

`--decisions-file FILE` is for many decisions, and for those that no list of processes may show.
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
    reading.add_argument("--decisions-file", type=Path)
    reading.add_argument("--report", default="")
    options = reading.parse_args(arguments)
    said = options.decisions
    if options.decisions_file:
        said = options.decisions_file.read_text(encoding="utf-8")
    cleaned = clean(options.file, decisions=decided(said), limits=options.limits)
    if options.report == "-":
        return framed(cleaned)
    if options.report:
        told = json.dumps(report(cleaned), ensure_ascii=False, indent=2)
        Path(options.report).write_text(told, encoding="utf-8")
    return cleaned.data
