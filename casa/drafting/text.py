"""Small things done to words: cleaning, slugs."""

import re
import unicodedata

# Control characters, lone surrogates and non-characters do come out of real files; PostgreSQL
# refuses NUL, JSON refuses surrogates, and bidirectional controls can show what is not there.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]"
)
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u205f\u3000]+")
_LINE_ENDS = re.compile(r" *(?:\r\n|[\n\r\x85\u2028\u2029]) *")
_EMPTY_LINES = re.compile(r"\n{3,}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LIGATURES = re.compile("[\ufb00-\ufb06]")
# what most texts have none of: one look instead of six changes
_TO_CHANGE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\xa0\xad\u2000-\u200f\u2028-\u202f\u205f-\u2069\u3000\ud800-\uf8ff"
    "\ufb00-\ufb06\ufeff\ufff9-\uffff]|  | \n|\n |\n{3}"
)
_NOT_WORD = re.compile(r"[^a-z0-9]+")
SLUG_LENGTH = 60
CHECKBOXES = {
    "\uf06f": "☐",
    "\uf071": "☐",
    "\uf0a8": "☐",
    "\uf072": "☐",
    "\uf0fe": "☒",
    "\uf052": "☑",
}


def clean(text: str) -> str:
    """The same words without what no reader sees: controls, odd spaces, spaces at line ends."""
    if not _TO_CHANGE.search(text):
        return unicodedata.normalize("NFC", text).strip()
    text = _LIGATURES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    text = _PRIVATE.sub(lambda found: CHECKBOXES.get(found[0], "•"), text)
    text = _LINE_ENDS.sub("\n", _SPACES.sub(" ", _UNWANTED.sub("", text)))
    text = _EMPTY_LINES.sub("\n\n", text)
    return unicodedata.normalize("NFC", text).strip()


def visible(text: str) -> str:
    """The same text without the characters that nobody sees, its spaces as they are."""
    return _UNWANTED.sub("", text)


def one_line(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, at most 60 characters, cut between words."""
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    words = _NOT_WORD.sub("-", ascii_text.lower()).strip("-")
    if len(words) <= SLUG_LENGTH:
        return words
    return words[: SLUG_LENGTH + 1].rpartition("-")[0] or words[:SLUG_LENGTH]
