"""The words before and after a place, in a window of fixed size: reading stays linear."""

import re

_ABBREVIATED = 4
_END = re.compile(r"[.;\n](?=\s|$)")


def before(text: str, start: int, *, most: int = 60) -> str:
    """At most so many characters before, on the same line."""
    return text[max(0, start - most) : start].rpartition("\n")[2]


def after(text: str, end: int, *, most: int = 30) -> str:
    """At most so many characters after, on the same line."""
    return text[end : end + most].partition("\n")[0]


def sentence_before(text: str, start: int, *, most: int = 110) -> str:
    """The same, from the last end of a sentence."""
    window = text[max(0, start - most) : start]
    ends = [found.end() for found in _END.finditer(window) if not _is_abbreviation(window, found)]
    return window[ends[-1] :] if ends else window


def _is_abbreviation(window: str, found: re.Match[str]) -> bool:
    """The point of "sig.", "n.", "dott." ends no sentence."""
    word = re.search(r"\w*$", window[: found.start()])
    return found[0] == "." and word is not None and len(word[0]) <= _ABBREVIATED
