"""Whether a condition of a model holds with the answers known so far."""

import re
from collections.abc import Mapping

from casa.drafting.filling.expressions import BadTag, parse
from casa.drafting.filling.values import BadValue
from casa.drafting.filling.working import Missing, is_met

WORDS = {"e": "and", "o": "or", "oppure": "or", "non": "not"}
_PIECES = re.compile(r"""("[^"]*"|'[^']*')|\b(oppure|non|e|o)\b""")


def holds(condition: str, answers: Mapping[str, object]) -> bool | None:
    """Whether it holds; None while an answer that it looks at is missing, or it cannot be read."""
    try:
        return is_met(parse(_PIECES.sub(_in_english, condition)), answers)
    except (BadTag, BadValue, Missing, TypeError):
        return None


def _in_english(piece: re.Match[str]) -> str:
    """The words between names; what stands in quotes stays as it is."""
    return piece[1] or WORDS[piece[2]]
