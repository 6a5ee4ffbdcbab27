"""`python -m casa.drafting fill [--to docx|odt|pdf] MODEL DATA.json`: the document on stdout."""

from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.filling.filling import fill
from casa.drafting.filling.programs import NOT_JSON, json_given, parser


def run(arguments: list[str]) -> bytes:
    """The filled document. `--data` gives the data as words instead. Raises Unreadable."""
    reading = parser("fill")
    reading.add_argument("answers", type=Path, nargs="?")
    reading.add_argument("--data", default="")
    reading.add_argument("--to", default="")
    reading.add_argument("--stamp", default="{}")
    options = reading.parse_args(arguments)
    text = options.data or _read(options.answers)
    data = json_given(text, dict)
    said = {str(name): str(value) for name, value in json_given(options.stamp, dict).items()}
    return fill(options.file, data, to=options.to, stamp=said, limits=options.limits)


def _read(path: Path | None) -> str:
    try:
        return path.read_text(encoding="utf-8-sig") if path else "{}"
    except (OSError, ValueError) as error:
        raise Unreadable("data", NOT_JSON) from error
