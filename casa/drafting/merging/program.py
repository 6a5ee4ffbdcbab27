"""`python -m casa.drafting merge [--choices JSON] [--author NAME] [--on DAY] BASE OURS THEIRS`.

`--choices-file FILE` takes them from a file: an argument may not be longer than 128 kB.
"""

import argparse
import json
from datetime import UTC, date, datetime
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.kinds import Kind
from casa.drafting.merging.choosing import Choice
from casa.drafting.merging.odt import odt
from casa.drafting.merging.writing import docx
from casa.drafting.sniffing import sniff

ONLY_DOCX = (
    "Il risultato si scrive nel nostro file, che deve essere un ODT, o un DOCX come quello della "
    "fonte: salva i due testi come «Documento di Word» (.docx) e riprova."
)


def run(arguments: list[str]) -> bytes:
    """Our DOCX, or ODT, with the result; conflicts without a choice are tracked changes.

    `--choices` is an object by key of the clause: {"art-7": {"action": "take"}}. Raises Unreadable.
    """
    parser = argparse.ArgumentParser(prog="python -m casa.drafting merge")
    for name in ("base", "ours", "theirs"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--choices", type=_choices, default={})
    parser.add_argument("--choices-file", type=_choices_in, dest="choices")
    parser.add_argument("--author", default="Fonte")
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    options = parser.parse_args(arguments)
    kinds = {sniff(options.ours), sniff(options.theirs)}
    in_odt = sniff(options.ours) == Kind.ODT
    if not in_odt and kinds != {Kind.DOCX}:
        raise Unreadable("not_supported", ONLY_DOCX)
    return (odt if in_odt else docx)(
        options.base,
        options.ours,
        options.theirs,
        choices=options.choices,
        author=options.author,
        on=options.on,
    )


def _choices_in(path: str) -> dict[str, Choice]:
    return _choices(Path(path).read_text(encoding="utf-8"))


def _choices(text: str) -> dict[str, Choice]:
    return {key: Choice(**choice) for key, choice in json.loads(text).items()}
