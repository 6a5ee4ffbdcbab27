"""The two officers of a tender: each body names its own, and who has left stays written."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.dossier import queries, services
from casa.dossier.models import Dossier
from casa.foundation.errors import Refused
from casa.registry.models import Person

pytestmark = pytest.mark.django_db


def describe(dossier, actor, **data):
    given = services.Data(title="Pulizia", **data)
    return services.describe(dossier.pk, given, actor=actor, now=timezone.now())


@pytest.fixture
def rup(person, comune):
    return Person.objects.get(pk=person("author", comune).id)


@pytest.fixture
def sua_rup(person, comune):
    return Person.objects.get(pk=person("author", comune.province_body).id)


def leave(one):
    yesterday = timezone.localdate() - timedelta(days=1)
    one.mandates.update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)


def test_each_body_names_its_own_officer_and_leaves_the_other_s(
    dossier, author, officer, rup, sua_rup
):
    for actor, wrong in ((author, {"award_officer": sua_rup}), (officer, {"rup": rup})):
        with pytest.raises(Refused, match="Ogni ente nomina il suo responsabile"):
            describe(dossier, actor, **wrong)
    describe(dossier, author, rup=rup)
    describe(dossier, officer, rup=rup, award_officer=sua_rup)
    with pytest.raises(Refused, match="Ogni ente nomina il suo responsabile"):
        describe(dossier, author, rup=rup)
    dossier.refresh_from_db()
    assert (dossier.rup, dossier.award_officer) == (rup, sua_rup)


def test_who_has_left_is_kept_shown_as_gone_and_not_named_anew(client, login, dossier, author, rup):
    describe(dossier, author, rup=rup)
    leave(rup)
    login(client, author)
    home = f"/fascicoli/{dossier.pk}/"
    text = client.get(f"{home}dati/").content.decode()
    assert f"{rup.full_name} (incarico cessato)</option>" in text
    assert "(incarico cessato)" in client.get(home).content.decode()

    client.post(f"{home}dati/", {"oggetto": "Pulizia", "rup": rup.pk})
    dossier.refresh_from_db()
    assert dossier.rup == rup
    client.post(f"{home}dati/", {"oggetto": "Pulizia", "rup": ""})
    again = client.post(f"{home}dati/", {"oggetto": "Pulizia", "rup": rup.pk})
    assert again.status_code == 422
    assert Dossier.objects.get(pk=dossier.pk).rup is None


def test_the_page_offers_each_body_its_own_officer_alone(client, login, dossier, officer, rup):
    Dossier.objects.filter(pk=dossier.pk).update(rup=rup)
    login(client, officer)
    address = f"/fascicoli/{dossier.pk}/dati/"
    text = client.get(address).content.decode()
    assert 'name="rup_gara"' in text
    assert 'name="rup"' not in text
    client.post(address, {"oggetto": "Pulizia", "rup": "", "rup_gara": officer.id})
    found = Dossier.objects.get(pk=dossier.pk)
    assert (found.rup_id, found.award_officer_id) == (rup.pk, officer.id)


def test_nobody_is_gone_while_in_office(dossier, rup, django_assert_num_queries):
    today = timezone.localdate()
    with django_assert_num_queries(0):
        assert queries.gone(dossier, on=today) == frozenset()
    dossier.rup = rup
    with django_assert_num_queries(1):
        assert queries.gone(dossier, on=today) == frozenset()
    leave(rup)
    assert queries.gone(dossier, on=today) == {rup.pk}
