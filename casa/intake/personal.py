"""Personal data with a check digit: what can be recognised without guessing.

Fiscal codes of persons and IBANs are found in any writing (small letters, spaces between the
groups) and kept only when their check digits are right, so a form's "RSSMRA00A00A000A" is not.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from stdnum import iban
from stdnum.it import codicefiscale

_DIGIT = "[0-9LMNPQRSTUV]"  # letters stand for digits where two persons would share a code
_FISCAL_CODE = re.compile(
    rf"(?<![A-Z0-9])[A-Z]{{3}} ?[A-Z]{{3}} ?{_DIGIT}{{2}} ?[ABCDEHLMPRST] ?{_DIGIT}{{2}} ?"
    rf"[A-Z]{_DIGIT}{{3}} ?[A-Z](?![A-Z0-9])",
    re.IGNORECASE,
)
_IBAN = re.compile(
    r"(?<![A-Z0-9])[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![A-Z0-9])",
    re.IGNORECASE,
)
_ITALIAN_IBAN = re.compile(
    r"(?<![A-Z0-9])IT ?[0-9]{2} ?[A-Z] ?[0-9]{5} ?[0-9]{5} ?[A-Z0-9]{12}(?![A-Z0-9])",
    re.IGNORECASE,
)

_KINDS: tuple[tuple[re.Pattern[str], Callable[[str], bool]], ...] = (
    (_FISCAL_CODE, codicefiscale.is_valid),
    (_ITALIAN_IBAN, iban.is_valid),
    (_IBAN, iban.is_valid),
)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One value and the offset in the text where it was first seen; `count` times in all."""

    value: str
    start: int
    count: int = 1


def fiscal_codes(text: str) -> list[Sighting]:
    """The fiscal codes of persons with a right check letter, each once, in reading order."""
    return _gathered(_valid(text, (_FISCAL_CODE,), codicefiscale.is_valid))


def ibans(text: str) -> list[Sighting]:
    """The IBANs with right check digits, each once, in reading order."""
    return _gathered(_valid(text, (_ITALIAN_IBAN, _IBAN), iban.is_valid))


def masked(value: str) -> str:
    """Enough to find the value again in one's own document, too little to use it."""
    return f"{value[:3]}{'•' * (len(value) - 4)}{value[-1:]}"


def hidden(words: str) -> str:
    """Words with every value of these kinds masked, whatever its spacing."""
    for pattern, is_valid in _KINDS:
        for found in pattern.findall(words):
            value = found.replace(" ", "").upper()
            if is_valid(value):
                words = words.replace(found, masked(value))
    return words


def _valid(
    text: str, patterns: Iterable[re.Pattern[str]], is_valid: Callable[[str], bool]
) -> Iterator[tuple[int, str]]:
    for pattern in patterns:
        for found in pattern.finditer(text):
            value = found[0].replace(" ", "").upper()
            if is_valid(value):
                yield found.start(), value


def _gathered(seen: Iterable[tuple[int, str]]) -> list[Sighting]:
    places: dict[str, set[int]] = {}
    for start, value in seen:
        places.setdefault(value, set()).add(start)
    sightings = [
        Sighting(value=value, start=min(starts), count=len(starts))
        for value, starts in places.items()
    ]
    return sorted(sightings, key=lambda sighting: sighting.start)
