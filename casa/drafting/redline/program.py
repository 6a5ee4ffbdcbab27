"""`python -m casa.drafting redline [--author NAME] [--on DAY] [--to docx|odt] BEFORE AFTER`."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from casa.drafting import office
from casa.drafting.errors import Unreadable
from casa.drafting.filling.programs import _limits as limits_given
from casa.drafting.kinds import Kind
from casa.drafting.limits import Limits
from casa.drafting.redline.docx import docx
from casa.drafting.redline.odt import odt
from casa.drafting.sniffing import sniff

NOT_TEXTS = (
    "Le revisioni si scrivono tra due file DOCX o ODT: salva tutte e due le versioni come "
    "«Documento di Word» (.docx) o come «Documento di testo ODF» (.odt) e riprova."
)
NOT_CONVERTED = (
    "I due file hanno formati diversi e uno non si può convertire: salva tutte e due le versioni "
    "come DOCX, o tutte e due come ODT, e riprova."
)
KINDS = {Kind.DOCX: "docx", Kind.ODT: "odt"}
_WRITERS = {"docx": docx, "odt": odt}


def run(arguments: list[str]) -> bytes:
    """The file with tracked changes, in the format asked for or in that of the second file.

    Where a file has another format LibreOffice converts it, if it may run. Raises Unreadable.
    """
    parser = argparse.ArgumentParser(prog="python -m casa.drafting redline")
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--author", default="Casa dei Comuni")
    parser.add_argument("--on", type=date.fromisoformat, default=datetime.now(UTC).date())
    parser.add_argument("--to", default="", choices=["", *_WRITERS])
    parser.add_argument("--limits", type=limits_given, default=Limits())
    options = parser.parse_args(arguments)
    to = options.to or format_of(options.after)
    limits = options.limits
    with as_format(options.before, to, limits) as old, as_format(options.after, to, limits) as new:
        return _WRITERS[to](old, new, author=options.author, on=options.on, limits=limits)


def format_of(path: Path) -> str:
    """ "docx" or "odt". Raises Unreadable for all else."""
    kind = sniff(path)
    if kind not in KINDS:
        raise Unreadable("not_supported", NOT_TEXTS)
    return KINDS[kind]


@contextmanager
def as_format(path: Path, to: str, limits: Limits) -> Iterator[Path]:
    """The file itself, or converted for as long as it is needed."""
    suffix = format_of(path)
    if suffix == to:
        yield path
        return
    try:
        with office.converted(path, suffix=suffix, to=to, limits=limits) as made:
            if made is None:
                raise Unreadable("not_supported", NOT_CONVERTED)
            yield made
    except (office.CannotConvert, TimeoutError) as error:
        raise Unreadable("not_supported", NOT_CONVERTED) from error
