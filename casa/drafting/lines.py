"""Lines of text to paragraphs, for plain texts: blank lines, numbers and short lines end them."""

import re
from collections.abc import Iterable, Sequence

from casa.drafting.labels import split_number

_HYPHEN = re.compile(r"([a-zà-ù])-$")
_WRAP_WIDTH = 100
_FULL_SHARE = 0.7
CITING = re.compile(
    r"(?:\b(?:artt?\.?|articol[oi]|n\.|nn\.|comm[ai]|co\.|lett\.|letter[ae]|punt[oi]|all['’]|"
    r"dell['’]|dal|del|della|e|ed|o|degli|dagli|agli|di|al|da|il|la))$",
    re.IGNORECASE,
)


def paragraphs(text: str) -> Iterable[list[str]]:
    """Groups of lines, one group for each paragraph."""
    lines = [line.strip() for line in text.split("\n")]
    width = _wrap_width(lines)
    group: list[str] = []
    for line in lines:
        if group and (not line or _begins(line, group, width=width)):
            yield group
            group = []
        if line:
            group.append(line)
    if group:
        yield group


def joined(group: Sequence[str]) -> str:
    """One paragraph from its lines; words split by a hyphen at the line end are one again."""
    parts = [group[0]]
    for line in group[1:]:
        before = parts[-1]
        if _HYPHEN.search(before[-2:]) and line[:1].islower():
            parts[-1] = before[:-1]
            parts.append(line)
        elif before.endswith(("'", "’")):
            parts.append(line)
        else:
            parts.append(f" {line}")
    return "".join(parts)


def _wrap_width(lines: Sequence[str]) -> int:
    """The width at which the text was wrapped, 0 when every line is a paragraph of its own."""
    lengths = sorted(len(line) for line in lines if line)
    if not lengths or lengths[-1] > _WRAP_WIDTH:
        return 0
    return lengths[int(len(lengths) * 0.9)] if len(lengths) > 1 else 0


def _begins(line: str, group: Sequence[str], *, width: int) -> bool:
    """Does this line open a new paragraph?"""
    if not width:
        return True
    before = group[-1]
    if CITING.search(before):
        return False
    if split_number(line)[0]:
        return True
    if len(group) == 1 and split_number(before)[0].lower().startswith("art"):
        return len(before) < _FULL_SHARE * width
    return len(before) < _FULL_SHARE * width and not line[:1].islower()
