"""What people follow that an upper room keeps itself, as saved searches: for one page of all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casa.registry.actor import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One of them. Both addresses take a POST: `pace_url` a `cadence`, `stop_url` nothing more."""

    kind: str
    title: str
    url: str
    cadence: str
    pace_url: str
    stop_url: str
    home_url: str


_keepers: list[Callable[[Actor], Sequence[Kept]]] = []


def register(keeper: Callable[[Actor], Sequence[Kept]]) -> None:
    """Offer what a person follows there; rooms call it in `ready()`."""
    if keeper not in _keepers:
        _keepers.append(keeper)


def kept_by(actor: Actor) -> list[Kept]:
    """All that the other rooms keep for the actor, in their order."""
    return [kept for keeper in _keepers for kept in keeper(actor)]
