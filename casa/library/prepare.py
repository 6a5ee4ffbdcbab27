"""What the library needs before it opens: the demonstration, and our own texts and kits."""

from collections.abc import Callable

from django.utils import timezone

from casa.library.demo import seeding as demo
from casa.library.starter import seeding as starter
from casa.library.starter.sources import folder


def prepare(tell: Callable[[str], None]) -> None:
    """Safe to repeat."""
    demo.seed(tell)
    starter.seed(folder(), tell=tell, now=timezone.now())
