"""What the guide needs before the house opens: norms and rules, from `data/`."""

from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from casa.guide.services import load_norms, load_rules, read_norms, read_rules
from casa.registry.actor import SYSTEM


def prepare(tell: Callable[[str], None]) -> None:
    """Safe to repeat: loads what is new, leaves what editors changed."""
    data, now = Path(settings.ROOT) / "data", timezone.now()
    norms, rules = read_norms(data / "norms.toml"), read_rules(data / "guide")
    report = load_norms(norms, source="norms.toml", actor=SYSTEM, now=now)
    if report.changes:
        tell(_("carico la tabella delle norme (%d righe cambiate)") % report.changes)
    report = load_rules(rules, source="guide", actor=SYSTEM, now=now)
    if report.changes:
        tell(_("carico le regole della guida (%d righe cambiate)") % report.changes)
