"""Norms for the tests, invented; the rules as the house brings them."""

from datetime import date
from pathlib import Path

import factory
from django.conf import settings
from django.utils import timezone
from factory.django import DjangoModelFactory

from casa.drafting import norms
from casa.guide.models import Norm
from casa.guide.services import load_rules, read_rules
from casa.registry.actor import SYSTEM


class NormFactory(DjangoModelFactory):
    """A row that an editor wrote: in force since 2001."""

    class Meta:
        model = Norm

    act = factory.Sequence(lambda n: f"l. {n + 1}/2001")
    status = Norm.Status.IN_FORCE
    valid_from = date(2001, 1, 1)
    citation = "art. 1 l. 1/2001"
    source = "prova"


def seed(act="l. 1/2001", **values):
    """A row of the file."""
    given = {
        "status": "in_force",
        "valid_from": date(2001, 1, 1),
        "citation": "l. 2/2002",
        "source": "prova",
    }
    return norms.Norm(act=act, **(given | values))


def load_the_rules():
    """The rules of `data/guide`, in the database."""
    rows = read_rules(Path(settings.ROOT) / "data" / "guide")
    load_rules(rows, source="guide", actor=SYSTEM, now=timezone.now())
