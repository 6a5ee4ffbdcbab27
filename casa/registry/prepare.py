"""What the registry needs before the house opens. Safe to repeat, quick when nothing is missing."""

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from casa.registry.actor import SYSTEM
from casa.registry.services import demo
from casa.registry.services.newsroom import seed_newsroom
from casa.registry.services.project import seed_project
from casa.registry.services.territory import seed_territory


def prepare(tell: Callable[[str], None]) -> None:
    """Territory with its bodies, the project, the newsroom and, once, the demonstration."""
    now = timezone.now()
    seed_territory(actor=SYSTEM, now=now, tell=tell)
    seed_project()
    seed_newsroom(actor=SYSTEM, now=now)
    demo.seed_demo(wanted=settings.DEMO, actor=SYSTEM, now=now, tell=tell)
