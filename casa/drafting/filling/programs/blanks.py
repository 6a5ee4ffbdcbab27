"""`python -m casa.drafting blanks FILE`: the blanks of a document as a JSON list on stdout."""

from dataclasses import asdict

from casa.drafting.filling.blanks import blanks
from casa.drafting.filling.programs import json_bytes, parser


def run(arguments: list[str]) -> bytes:
    """The blanks, each with number, kind, name, type, format, text, before, after, place."""
    options = parser("blanks").parse_args(arguments)
    return json_bytes([asdict(blank) for blank in blanks(options.file, limits=options.limits)])
