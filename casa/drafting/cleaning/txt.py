"""A clean plain text: UTF-8, without the values."""

from pathlib import Path

from casa.drafting.cleaning.decisions import Cleaned
from casa.drafting.cleaning.work import Work
from casa.drafting.encodings import decode
from casa.drafting.errors import Unreadable
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.text import visible


def clean(path: Path, *, work: Work, limits: Limits = DEFAULT) -> Cleaned:
    """The cleaned copy of a plain text. Raises Unreadable."""
    text = decode(path.read_bytes())
    if text is None:
        raise Unreadable("corrupt")
    if len(text) > limits.characters:
        raise Unreadable("too_large")
    text = visible(text)
    work.look([text])
    return work.done(work.redacted(text).encode(), ".txt")
