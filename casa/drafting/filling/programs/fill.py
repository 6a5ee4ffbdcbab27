"""`python -m casa.drafting fill --data JSON [--to docx|odt|pdf] MODEL`: the document on stdout."""

from casa.drafting.filling.filling import fill
from casa.drafting.filling.programs import json_given, parser


def run(arguments: list[str]) -> bytes:
    """The filled document. `--data` is JSON or the path of a JSON file. Raises Unreadable."""
    reading = parser("fill")
    reading.add_argument("--data", required=True)
    reading.add_argument("--to", default="")
    options = reading.parse_args(arguments)
    data = json_given(options.data, dict)
    return fill(options.file, data, to=options.to, limits=options.limits)
