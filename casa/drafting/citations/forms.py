"""The forms in which an act is numbered: «31 marzo 2023, n. 36», «36/2023», «n. 36 del 2023»."""

import re

from casa.drafting.citations.numbers import DATE, date_of, year_of

S = r"[ ]?"
"""At most one blank: the text is squeezed."""
N = rf"(?:n(?:umero|r|°|º)?{S}\.?{S}|nr\.?{S}|n\.°{S})"
YEAR = r"(?:18|19|20)\d\d"
NUMBERED = rf"""(?:
    (?:del{S}|dell['’]{S}|in[ ]data[ ])?(?P<d1>{DATE}){S},?{S}{N}(?P<n1>\d{{1,5}})(?![\d/])
  | {N}?(?P<n2>\d{{1,5}}){S}/{S}(?P<y2>{YEAR}|\d\d)(?![\d/])
  | {N}?(?P<n3>\d{{1,5}})\s+(?:del|dell['’]|in\ data|d\.d\.){S}(?P<d3>{DATE})
  | {N}?(?P<n4>\d{{1,5}})\s+del(?:l['’]anno)?\s+(?P<y4>{YEAR})(?!\d)
)"""


def number_in(match: re.Match[str]) -> tuple[str, int, str]:
    """Number, year (0 when the date is none) and ISO day of `NUMBERED`, whatever its form."""
    for number, day in (("n1", "d1"), ("n3", "d3")):
        if match[number]:
            found = date_of(match[day])
            return (match[number], found.year, found.isoformat()) if found else ("0", 0, "")
    for number, year in (("n2", "y2"), ("n4", "y4")):
        if match[number]:
            return match[number], year_of(match[year]), ""
    return "0", 0, ""
