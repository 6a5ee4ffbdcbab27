"""Finding the name of an operator in a text, however it is punctuated."""

import re
from collections.abc import Collection

_SIGNS = re.compile(r"[^\w]+")
SHORTEST = 3


def named_in(text: str, names: Collection[str]) -> bool:
    """Whether one of the names stands in the text, whatever its case, spaces and dots."""
    words = f" {_plain(text)} "
    plain = (_plain(name) for name in names)
    return any(f" {name} " in words for name in plain if len(name) >= SHORTEST)


def _plain(text: str) -> str:
    return _SIGNS.sub(" ", text.casefold().replace(".", "")).strip()
