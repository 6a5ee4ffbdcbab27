"""Plain text: UTF-8, UTF-16 or Windows-1252, hard-wrapped or one paragraph a line."""

from pathlib import Path

from casa.drafting.encodings import decode
from casa.drafting.errors import Unreadable
from casa.drafting.labels import split_number
from casa.drafting.limits import Limits
from casa.drafting.lines import joined, paragraphs
from casa.drafting.passages import Content, Passage
from casa.drafting.text import clean

_TITLE_LENGTH = 90
_WORD_LENGTH = 4
CERTAINTY = 0.7


def read(path: Path, *, limits: Limits) -> Content:
    """The paragraphs of a plain text; headings are told by their number or their capitals."""
    text = decode(path.read_bytes())
    if text is None:
        raise Unreadable("corrupt")
    if len(text) > limits.characters:
        raise Unreadable("too_large")
    passages = [_passage(joined(group)) for group in paragraphs(clean(text))]
    return Content(passages=passages, confidence=CERTAINTY)


def _passage(text: str) -> Passage:
    short = len(text) <= _TITLE_LENGTH and not text.endswith((".", ";", ",", ":"))
    _, words = split_number(text)
    return Passage(text, standout=short and words.isupper() and len(words) >= _WORD_LENGTH)
