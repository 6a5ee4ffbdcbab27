"""What the anticorruption authority resolved, and its guidelines."""

import re
from bisect import bisect_right, insort
from collections.abc import Iterator, Sequence

from casa.drafting.citations.acts import Act, Mention
from casa.drafting.citations.forms import NUMBERED, N, S, number_in

_ANAC = (
    rf"(?:ANAC|A\.{S}N\.{S}AC\.?|A\.{S}N\.{S}A\.{S}C\.?|AVCP"
    rf"|Autorità[ ]nazionale[ ]anti-?corruzione)(?!\w)"
)
_OF = rf"(?:dell['’]{S}|di[ ]|della[ ])?"
_RESOLUTION = re.compile(
    rf"""(?<!\w)(?:deliberazion[ei]|deliber[ae]|determinazion[ei]|det\.|del\.)
    (?:{S}del{S}(?:consiglio|presidente))?{S}
    (?:{_OF}(?P<by>{_ANAC}){S},?{S})?{NUMBERED}(?:{S},?{S}{_OF}(?P<of>{_ANAC}))?""",
    re.IGNORECASE | re.VERBOSE,
)
_GUIDELINES = re.compile(
    rf"(?<!\w)(?:linee guida|l\.{S}g\.){S}(?:dell['’])?{S}(?:{_ANAC}{S})?{N}(\d{{1,2}})\b(?!{S}/)",
    re.IGNORECASE,
)
_APPROVED = re.compile(
    r"[^.;\x00]{0,60}\b(?:approvat|aggiornat|adottat|modificat)[aei]\b"
    r"[^.;\x00]{0,60}\bcon ?(?:la )?",
    re.IGNORECASE,
)
_REACH = 130


def guidelines(text: str) -> Iterator[Mention]:
    """«Linee guida ANAC n. 4»."""
    for match in _GUIDELINES.finditer(text):
        yield Mention(match.start(), match.end(), Act(f"l.g. ANAC {int(match[1])}", "", "l.g."))


def anac(text: str) -> Iterator[Mention]:
    """Guidelines, and resolutions that name the authority or approve its guidelines."""
    lines = list(guidelines(text))
    yield from lines
    ends = [one.end for one in lines]
    for match in _RESOLUTION.finditer(text):
        theirs = match["by"] or match["of"] or _approves(text, match.start(), ends)
        number, year, _day = number_in(match)
        if theirs and year:
            insort(ends, match.end())
            act = Act(f"del. ANAC {int(number)}/{year}", "", "del.", certain=True)
            yield Mention(match.start(), match.end(), act)


def _approves(text: str, at: int, ends: Sequence[int]) -> bool:
    """«Linee guida n. 4, approvate con delibera n. 1097»: the authority goes without saying."""
    last = bisect_right(ends, at) - 1
    if last < 0 or at - ends[last] > _REACH:
        return False
    return bool(_APPROVED.fullmatch(text, ends[last], at))
