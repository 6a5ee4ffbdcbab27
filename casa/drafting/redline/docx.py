"""Two Word files become one with real tracked changes.

The package is that of the second file, so accepting all gives exactly it: styles, numbering and
pictures included. What the second file lacks comes from the first, as deleted words in their own
look. The last look resolves the result both ways; where it is not exact it is written again, with
coarser changes.
"""

from datetime import date
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.redline.carrying import Carrier
from casa.drafting.redline.checking import NOT_EXACT, Said, is_exact, said
from casa.drafting.redline.furniture import track_furniture
from casa.drafting.redline.marks import pen_for
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.resolving import accept, accepted, rejected
from casa.drafting.redline.writing import Redline

_STRICT, _WHOLE = {"strict": True}, {"strict": True, "whole": True}


def docx(before: Path, after: Path, *, author: str, on: date, limits: Limits = DEFAULT) -> bytes:
    """The second DOCX with tracked changes from the first, by `author` on that day.

    Changes that the files already track are taken as accepted. Raises Unreadable, also when no
    way of writing them gives both texts to the letter.
    """
    wanted = said(before, limits=limits), said(after, limits=limits)
    for how in ({}, _STRICT, _WHOLE):
        data = _written(before, after, author=author, on=on, limits=limits, **how)
        if _fits(data, *wanted, limits=limits):
            return data
    raise Unreadable("not_supported", NOT_EXACT)


def _fits(data: bytes, before: Said, after: Said, *, limits: Limits) -> bool:
    return is_exact(data, accepted, after, limits=limits) and is_exact(
        data, rejected, before, limits=limits
    )


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
    old, new = OpenDocx(before, limits=limits), OpenDocx(after, limits=limits)
    for document in (old, new):
        for root in document.texts():
            accept(root)
    redline = Redline(
        old=old,
        new=new,
        pen=pen_for(new.body, author=author, on=on),
        carrier=Carrier(old, new, strict=strict),
        source=old.main,
        target=new.main,
        whole=whole,
    )
    redline.track(old.body, new.body)
    redline.things.order_notes()
    track_furniture(redline)
    return new.saved()
