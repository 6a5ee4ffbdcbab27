"""What the guide needs before the house opens: the norms, from `data/`."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.guide.services import load_norms, read_norms
from casa.registry.actor import SYSTEM


def prepare(tell: Callable[[str], None]) -> None:
    """Safe to repeat: loads what is new, leaves what editors changed."""
    path = Path(settings.ROOT) / "data" / "norms.toml"
    report = load_norms(read_norms(path), source=path.name, actor=SYSTEM, now=timezone.now())
    if report.changes:
        tell(_("carico la tabella delle norme (%d righe cambiate)") % report.changes)
