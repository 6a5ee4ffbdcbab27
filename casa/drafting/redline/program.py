"""`python -m casa.drafting redline [--author NAME] [--on DAY] BEFORE AFTER`: a DOCX on stdout."""

import argparse
from datetime import UTC, date, datetime
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.kinds import Kind
from casa.drafting.redline.docx import docx
from casa.drafting.sniffing import sniff

ONLY_DOCX = (
    "Le revisioni si scrivono tra due file DOCX: salva tutte e due le versioni come «Documento di "
    "Word» (.docx) e riprova."
)


def run(arguments: list[str]) -> bytes:
    """The DOCX with tracked changes. Raises Unreadable."""
    parser = argparse.ArgumentParser(prog="python -m casa.drafting redline")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--author", default="Casa dei Comuni")
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = parser.parse_args(arguments)
    if {sniff(options.before), sniff(options.after)} != {Kind.DOCX}:
        raise Unreadable("not_supported", ONLY_DOCX)
    return docx(options.before, options.after, author=options.author, on=options.on)
