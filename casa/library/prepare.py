"""What the library needs before it opens: the demonstration, and our own texts and kits."""

from collections.abc import Callable

from django.utils import timezone
from django.utils.translation import gettext as _

from casa.library.demo import seeding as demo
from casa.library.starter import seeding as starter
from casa.library.starter import tasks
from casa.library.starter.sources import folder


def prepare(tell: Callable[[str], None]) -> None:
    """Safe to repeat. Our texts are left to the worker: each is read in the jail."""
    demo.seed(tell)
    if starter.is_behind(folder(), tell=tell, now=timezone.now()):
        tasks.load_starter.enqueue()
        tell(_("i testi della Redazione arrivano in biblioteca appena la casa è aperta"))
