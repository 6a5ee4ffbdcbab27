"""The history of a dossier: the same for both bodies, but for what is secret until the deadline."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.dossier import queries, services
from casa.dossier.models import Dossier
from casa.foundation.errors import Refused
from tests.dossier.test_turns import move
from tests.factories import BodyFactory, MandateFactory

pytestmark = pytest.mark.django_db


def test_both_bodies_read_who_did_what_and_others_do_not(
    client, login, person, dossier, author, officer
):
    move(dossier, "rup", author, note="Decreto 4")
    address = f"/fascicoli/{dossier.pk}/cronologia/"
    for actor in (author, officer):
        login(client, actor)
        text = client.get(address).content.decode()
        assert "ha aperto il fascicolo" in text
        assert "Nominare il responsabile unico del progetto (RUP); stato: Fatto" in text
        client.logout()
    login(client, person("author"))
    assert client.get(address).status_code == 404


def test_until_the_deadline_the_other_body_does_not_learn_that_somebody_was_invited(
    dossier, author, officer
):
    now = timezone.now()
    services.publish(
        dossier.pk, cig="B1A2C3D4E5", on=timezone.localdate(now),
        offers_due_at=now + timedelta(days=20), actor=officer, now=now,
    )  # fmt: skip
    services.list_participant(dossier.pk, role="invited", name="Alfa", actor=officer, now=now)
    dossier = Dossier.objects.get(pk=dossier.pk)

    def acts(actor, at=now) -> set[str]:
        return {line.act for line in queries.history(actor, dossier, now=at)}

    assert acts(author) == {"dossier.dossier.opened", "dossier.dossier.published"}
    assert "dossier.dossier.listed" in acts(officer)
    assert "dossier.dossier.listed" in acts(author, at=now + timedelta(days=21))


@pytest.mark.parametrize("count", [1, 5])
def test_the_history_asks_as_much_for_five_lines_as_for_one(
    client, login, dossier, author, django_assert_max_num_queries, count
):
    for number in range(count):
        move(dossier, "rup", author, state="doing", note=f"Bozza {number}")
    login(client, author)
    client.get(f"/fascicoli/{dossier.pk}/cronologia/")
    with django_assert_max_num_queries(9):
        text = client.get(f"/fascicoli/{dossier.pk}/cronologia/").content.decode()
    assert text.count("ha aggiornato un passo") == count


def test_who_has_left_a_body_is_no_officer_of_it(person, dossier, author, comune):
    rup = Dossier._meta.get_field("rup").related_model.objects.get(pk=person("author", comune).id)
    yesterday = timezone.localdate() - timedelta(days=1)
    rup.mandates.update(starts_on=yesterday - timedelta(days=9), ends_on=yesterday)
    given = services.Data(title="Pulizia", rup=rup)
    with pytest.raises(Refused, match="non ha un mandato"):
        services.describe(dossier.pk, given, actor=author, now=timezone.now())


def test_who_once_left_another_body_is_offered_as_an_officer(person, author, comune):
    today = timezone.localdate()
    person_model = Dossier._meta.get_field("rup").related_model
    one = person_model.objects.get(pk=author.id)
    MandateFactory(
        person=one, body=BodyFactory(), role="author", starts_on=today - timedelta(days=90),
        ends_on=today - timedelta(days=30),
    )  # fmt: skip
    assert list(queries.officers_of(comune.pk, on=today)) == [one]
    assert list(queries.officers_of(comune.province_body_id, on=today)) == []
