"""A tender without its officer: owed by the office until somebody is named, the notice out or not."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Dossier
from casa.dossier.services.closing import End, close
from casa.dossier.services.naming import AWARD_OFFICER, RUP, name_officers, owe_officer
from casa.foundation.errors import Refused
from casa.notices.models import Duty
from casa.registry.models import Person, TrailLine

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def vacant(dossier, now):
    """Whoever was named has left, the notice is out."""
    Dossier.objects.filter(pk=dossier.pk).update(
        published_on=timezone.localdate(now), cig="B1A2C3D4E5", offers_due_at=now + 20 * DAY
    )
    dossier.refresh_from_db()
    owe_officer(dossier, "rup", now=now)
    return dossier


@pytest.fixture
def rup(person, comune):
    return Person.objects.get(pk=person("author", comune).id)


def page(dossier):
    return f"/fascicoli/{dossier.pk}/responsabili/"


def test_somebody_is_named_after_the_notice_and_nobody_owes_it(client, login, vacant, author, rup):
    assert Duty.objects.open().get(kind=RUP).office == vacant.case.office
    login(client, author)
    assert client.post(page(vacant), {"rup": ""}).status_code == 422

    client.post(page(vacant), {"rup": rup.pk})

    vacant.refresh_from_db()
    assert vacant.rup == rup
    assert not Duty.objects.open().filter(kind=RUP).exists()
    assert TrailLine.objects.filter(act="dossier.dossier.officer_named").count() == 1
    assert "nessuno da indicare" in client.get(page(vacant)).content.decode()


def test_each_body_names_its_own_and_nobody_over_another(
    client, login, vacant, author, officer, person, rup, now
):
    stranger = Person.objects.get(pk=person("author").id)
    for actor, who, why in (
        (officer, rup, "lo nomina l'altro"),
        (author, stranger, "non ha un mandato"),
    ):
        with pytest.raises(Refused, match=why):
            name_officers(vacant.pk, {"rup": who}, actor=actor, now=now)
    login(client, officer)
    assert 'name="rup"' not in client.get(page(vacant)).content.decode()
    login(client, person("author"))
    assert client.get(page(vacant)).status_code == 404
    name_officers(vacant.pk, {"rup": rup}, actor=author, now=now)
    with pytest.raises(Refused, match="già indicato"):
        name_officers(vacant.pk, {"rup": rup}, actor=author, now=now)


def test_the_office_of_the_sua_owes_its_own_officer(vacant, now):
    owe_officer(vacant, "award_officer", now=now)
    duty = Duty.objects.open().get(kind=AWARD_OFFICER)
    assert duty.office == vacant.case.supporter.offices.get(is_default=True)


def test_naming_among_the_data_settles_it_too_and_so_does_the_end(dossier, author, rup, now):
    owe_officer(dossier, "rup", now=now)
    data = services.Data(title="Pulizia", rup=rup)
    services.describe(dossier.pk, data, actor=author, now=now)
    assert not Duty.objects.open().filter(kind=RUP).exists()

    owe_officer(dossier, "rup", now=now)
    close(dossier.pk, End(outcome="unawarded", reason="Non serve più."), actor=author, now=now)
    assert not Duty.objects.open().filter(kind=RUP).exists()
