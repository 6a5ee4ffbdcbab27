"""The offices of a body, kept by its administrators."""

import pytest
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.models import TrailLine
from casa.registry.services import offices
from tests.factories import BodyFactory, MandateFactory, OfficeFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def boss(person, body):
    return person("administrator", body)


def test_an_office_is_opened_renamed_and_closed(boss, body):
    office = offices.open_office(body=body, name="Gare", actor=boss, now=timezone.now())
    office = offices.rename_office(
        office=office, name="Gare e contratti", email="", actor=boss, now=timezone.now()
    )
    office = offices.close_office(office=office, actor=boss, now=timezone.now())

    assert (office.name, office.closed_on) == ("Gare e contratti", timezone.localdate())
    assert list(TrailLine.objects.order_by("pk").values_list("act", flat=True)) == [
        "registry.office.created",
        "registry.office.renamed",
        "registry.office.closed",
    ]


def test_the_default_office_and_one_where_somebody_works_stay_open(boss, body):
    busy = OfficeFactory(body=body)
    MandateFactory(body=body, office=busy)

    with pytest.raises(Refused, match="predefinito"):
        offices.close_office(
            office=body.offices.get(is_default=True), actor=boss, now=timezone.now()
        )
    with pytest.raises(Refused, match="1 mandato"):
        offices.close_office(office=busy, actor=boss, now=timezone.now())


def test_two_offices_of_a_body_have_different_names(boss, body):
    OfficeFactory(body=body, name="Gare")
    other = OfficeFactory(body=body, name="Lavori")

    with pytest.raises(Refused, match="già un ufficio"):
        offices.open_office(body=body, name="gare", actor=boss, now=timezone.now())
    with pytest.raises(Refused, match="già un ufficio"):
        offices.rename_office(office=other, name="GARE", email="", actor=boss, now=timezone.now())


@pytest.mark.parametrize("role", ["reviewer", "reader"])
def test_only_administrators_keep_the_offices(person, body, role):
    with pytest.raises(Refused):
        offices.open_office(body=body, name="Gare", actor=person(role, body), now=timezone.now())
    with pytest.raises(Refused):
        offices.open_office(
            body=body, name="Gare", actor=person("administrator"), now=timezone.now()
        )
