"""`python -m casa.drafting merge [--choices JSON] [--author NAME] [--on DAY] BASE OURS THEIRS`.

`--choices-file FILE` takes them from a file: an argument may not be longer than 128 kB. Into our
DOCX an ODT of theirs goes when LibreOffice may convert it (`--limits '{"programs": 1}'`).
"""

import argparse
import json
from datetime import UTC, date, datetime
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.filling.programs import _limits as limits_given
from casa.drafting.kinds import Kind
from casa.drafting.limits import Limits
from casa.drafting.merging.choosing import Choice
from casa.drafting.merging.odt import odt
from casa.drafting.merging.writing import docx
from casa.drafting.redline.program import KINDS, as_format
from casa.drafting.sniffing import sniff

ONLY_DOCX = (
    "Il risultato si scrive nel nostro file, che deve essere un DOCX o un ODT; in un DOCX entrano "
    "le novità di un altro DOCX o di un ODT: salva i due testi come «Documento di Word» (.docx) e "
    "riprova."
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
    parser.add_argument("--limits", type=limits_given, default=Limits())
    options = parser.parse_args(arguments)
    said = {"choices": options.choices, "author": options.author, "on": options.on}
    if sniff(options.ours) == Kind.ODT:
        return odt(options.base, options.ours, options.theirs, **said)
    if sniff(options.ours) != Kind.DOCX or sniff(options.theirs) not in KINDS:
        raise Unreadable("not_supported", ONLY_DOCX)
    with as_format(options.theirs, "docx", options.limits) as theirs:
        return docx(options.base, options.ours, theirs, **said)


def _choices_in(path: str) -> dict[str, Choice]:
    return _choices(Path(path).read_text(encoding="utf-8"))


def _choices(text: str) -> dict[str, Choice]:
    return {key: Choice(**choice) for key, choice in json.loads(text).items()}
