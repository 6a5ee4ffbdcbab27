"""What a person decided of each datum, and what came of it."""

import json
from dataclasses import dataclass

from casa.drafting.cleaning.sentences import DROPPED, WARNINGS
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
class Redaction:
    """A value taken away in `count` places; `kind` is that of personal data, "" for other words.

    `decided`: a person named it. Then `count` may be 0: it was not in the text.
    """

    value: str
    kind: str
    count: int
    decided: bool


@dataclass(frozen=True, slots=True)
class Dropped:
    """Things of one sort that went whole: `code` is a key of `sentences.DROPPED`."""

    code: str
    count: int

    @property
    def message(self) -> str:
        """In Italian, as it may be shown: "2 commenti"."""
        one, many = DROPPED[self.code]
        return one if self.count == 1 else many.format(self.count)


@dataclass(frozen=True, slots=True)
class Warned:
    """What the copy cannot promise, or had to change: `code` is a key of `sentences.WARNINGS`."""

    code: str
    detail: str = ""

    @property
    def message(self) -> str:
        """An Italian sentence."""
        return WARNINGS[self.code].format(self.detail)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The copy's bytes and suffix, what went, what stays by decision, what is not certain."""

    data: bytes
    suffix: str
    redactions: tuple[Redaction, ...] = ()
    spared: tuple[Decision, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    warnings: tuple[Warned, ...] = ()

    @property
    def removed(self) -> tuple[str, ...]:
        """The values taken away."""
        return tuple(one.value for one in self.redactions)

    @property
    def kept(self) -> tuple[str, ...]:
        """The values that stay by decision."""
        return tuple(one.value for one in self.spared)


def decided(text: str) -> tuple[Decision, ...]:
    """The decisions in a JSON list of {"value", "action", "reason"}. Raises Unreadable."""
    try:
        return tuple(
            Decision(str(one["value"]), str(one["action"]), str(one.get("reason", "")))
            for one in json.loads(text)
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Unreadable("corrupt", WRONG) from error
