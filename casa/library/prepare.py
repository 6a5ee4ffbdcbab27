"""What the library needs before it opens: entries for the demonstration, once."""

from collections.abc import Callable

from casa.library.demo import seeding


def prepare(tell: Callable[[str], None]) -> None:
    """Safe to repeat."""
    seeding.seed(tell)
