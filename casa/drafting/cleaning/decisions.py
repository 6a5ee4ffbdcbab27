"""What a person decided of each datum, and what came of it."""

import json
from dataclasses import dataclass

from casa.drafting.errors import Unreadable

ACTIONS = ("keep", "remove")
WRONG = (
    "Le decisioni non si possono usare: scrivi per ciascuna il valore, «keep» o «remove», e il "
    "motivo quando il dato resta."
)


@dataclass(frozen=True, slots=True)
class Decision:
    """`action` is "keep" or "remove"; who keeps a datum says why."""

    value: str
    action: str
    reason: str = ""

    def __post_init__(self) -> None:
        """Raise Unreadable when it decides nothing, or keeps without a reason."""
        unexplained = self.action == "keep" and not self.reason.strip()
        if not self.value.strip() or self.action not in ACTIONS or unexplained:
            raise Unreadable("corrupt", WRONG)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The copy's bytes and suffix; the values taken away and those kept by decision."""

    data: bytes
    suffix: str
    removed: tuple[str, ...]
    kept: tuple[str, ...]


def decided(text: str) -> tuple[Decision, ...]:
    """The decisions in a JSON list of {"value", "action", "reason"}. Raises Unreadable."""
    try:
        return tuple(
            Decision(str(one["value"]), str(one["action"]), str(one.get("reason", "")))
            for one in json.loads(text)
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable("corrupt", WRONG) from error
