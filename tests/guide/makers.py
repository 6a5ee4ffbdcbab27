"""Norms for the tests, invented."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from casa.drafting import norms
from casa.guide.models import Norm


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
