"""The second ODT with tracked changes from the first.

As with Word files, the package is that of the second, and a last look resolves the result both
ways. OpenDocument cannot remember old forms: what changed its style goes and comes whole.
"""

import tempfile
from collections.abc import Hashable
from datetime import date
from itertools import count
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.redline.checking import NOT_EXACT, Said, is_exact, said
from casa.drafting.redline.odt.atoms import Letters
from casa.drafting.redline.odt.carrying import Carrier
from casa.drafting.redline.odt.furniture import track_furniture
from casa.drafting.redline.odt.marks import Pen
from casa.drafting.redline.odt.outline import list_headings
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.redline.odt.resolving import accept, accepted, rejected
from casa.drafting.redline.odt.writing import Redline

_STRICT, _WHOLE = {"strict": True}, {"strict": True, "whole": True}


def odt(before: Path, after: Path, *, author: str, on: date, limits: Limits = DEFAULT) -> bytes:
    """The second ODT with tracked changes from the first, by `author` on that day.

    Changes that the files already track are taken as accepted. Raises Unreadable, also when no
    way of writing them gives both texts to the letter.
    """
    old, new = _counted(before, limits=limits), _counted(after, limits=limits)
    for how in ({}, _STRICT, _WHOLE):
        data = _written(before, after, author=author, on=on, limits=limits, **how)
        back = is_exact(data, rejected, old, limits=limits)
        if back and is_exact(data, accepted, new, limits=limits):
            return data
    raise Unreadable("not_supported", NOT_EXACT)


def _counted(path: Path, *, limits: Limits) -> Said:
    """What a file says when it is opened: its notes are counted then, whatever it keeps."""
    with tempfile.TemporaryDirectory() as folder:
        opened = Path(folder, "opened.odt")
        opened.write_bytes(accepted(path))
        return said(opened, limits=limits)


def _written(
    before: Path,
    after: Path,
    *,
    author: str,
    on: date,
    limits: Limits,
    strict: bool = False,
    whole: bool = False,
) -> bytes:
    old, new = OpenOdt(before, limits=limits), OpenOdt(after, limits=limits)
    for document in (old, new):
        accept(document)
    list_headings(old, new)
    known: dict[Hashable, str] = {}
    redline = Redline(
        pen=Pen(author, on, new.text, count(1)),
        carrier=Carrier(old, new),
        before=Letters(known, old),
        after=Letters(known, new),
        strict=strict,
    )
    (redline.whole if whole else redline.track)(old.text, new.text)
    track_furniture(redline, old, new)
    return new.saved()
