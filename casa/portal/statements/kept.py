"""One line of the privacy page."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of personal data: what, why, for how long, and the models that hold it."""

    what: str
    why: str
    until: str
    models: tuple[str, ...]
