"""Acts that a duty's button does by itself: given by the rooms that know the thing.

An act may be done from a mail without a log-in, so it must destroy nothing and be safe to repeat.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from casa.notices.models import Duty
from casa.registry.actor import Actor

Run = Callable[[Duty, Actor, datetime], str]
"""Does it and gives the outcome in words. Raises Refused."""


@dataclass(frozen=True, slots=True)
class Act:
    """`code` stands in addresses; `question` is what the page asks before the button."""

    code: str
    label: str | Promise
    question: str | Promise
    run: Run


_acts: dict[str, dict[str, Act]] = {}


def register(kind: str, act: Act) -> None:
    """Offer an act for the duties of a kind. The same code again replaces it."""
    _acts.setdefault(kind, {})[act.code] = act


def acts_of(duty: Duty) -> tuple[Act, ...]:
    return tuple(_acts.get(duty.kind, {}).values())


def act_of(duty: Duty, code: str) -> Act | None:
    return _acts.get(duty.kind, {}).get(code)
