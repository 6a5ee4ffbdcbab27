"""Dossiers for the tests, invented."""

from datetime import date
from decimal import Decimal

from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Dossier
from casa.guide.choosing import Need, advise
from casa.guide.law import Law, read_folder
from tests.guide.test_law import FOLDER

LAW = Law(read_folder(FOLDER))
ON = date(2026, 11, 1)


def need(amount="300000", kind="services", **more) -> Need:
    return Need(kind=kind, amount=Decimal(amount), on=ON, **more)


def opened(actor, *, supporter=None, asked=None, title="Pulizia degli uffici") -> Dossier:
    """A dossier of the actor's body: by default a negotiated procedure."""
    asked = asked or need("150000", qualification="sf3")
    wish = services.Wish(title=title, need=asked, advice=advise(asked, LAW), supporter=supporter)
    return services.open_dossier(wish, actor=actor, now=timezone.now())
