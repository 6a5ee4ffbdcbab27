"""What the library needs before it opens: the demonstration, and our own texts and kits."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from casa.library.demo import seeding as demo
from casa.library.starter import tasks as starter


def prepare(tell: Callable[[str], None]) -> None:
    """Safe to repeat. Our texts are left to the worker: each is read in the jail."""
    demo.seed(tell)
    if starter.ask(tell=tell):
        tell(_("i testi della Redazione arrivano in biblioteca appena la casa è aperta"))
