"""The documents at the steps of a dossier: who lays them, who reads them, what publication does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casa.dossier import queries, services
from casa.dossier.models import Dossier, Paper
from casa.foundation.errors import Refused
from casa.guide.prepare import prepare
from casa.library.models import Experience, StarterText
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.library.makers import NOON, EntryFactory, UploadFactory, VersionFactory, published

pytestmark = pytest.mark.django_db


def lay(dossier, code, actor, **sheet) -> Paper:
    step = dossier.case.steps.get(code=code)
    given = services.Sheet(**sheet)
    return services.lay(dossier.pk, step.pk, given, actor=actor, now=timezone.now())


def publish(dossier, officer):
    now = timezone.now()
    services.publish(
        dossier.pk, cig="B1A2C3D4E5", on=timezone.localdate(now),
        offers_due_at=now + timedelta(days=20), actor=officer, now=now,
    )  # fmt: skip


def read(client, address) -> str:
    return client.get(address).content.decode()


def test_a_new_version_of_a_model_changes_nothing_in_a_published_tender(
    client, login, person, dossier, author, officer
):
    first = published(person, title="Capitolato delle pulizie")
    lay(dossier, "specifications", author, version=first)
    publish(dossier, officer)
    login(client, author)
    before = list(Paper.objects.values())
    address = f"/fascicoli/{dossier.pk}/"
    assert "Capitolato delle pulizie, versione 1" in read(client, address)

    second = published(person, entry=first.entry)

    assert second.number == 2
    assert list(Paper.objects.values()) == before
    text = read(client, address)
    assert "Capitolato delle pulizie, versione 1" in text
    assert "versione 2" not in text


def test_the_documents_of_the_notice_freeze_with_it_and_later_ones_do_not(
    person, dossier, author, officer
):
    version, other = published(person), published(person)
    paper = lay(dossier, "specifications", author, version=version)
    publish(dossier, officer)

    with pytest.raises(Refused, match="Fai una rettifica"):
        lay(dossier, "specifications", author, version=other)
    with pytest.raises(Refused, match="Fai una rettifica"):
        services.take_away(dossier.pk, paper.pk, actor=author, now=timezone.now())
    made = lay(dossier, "commission", officer, version=other)
    assert set(Paper.objects.all()) == {paper, made}
    services.take_away(dossier.pk, made.pk, actor=officer, now=timezone.now())
    services.take_away(dossier.pk, made.pk, actor=officer, now=timezone.now())
    assert TrailLine.objects.filter(act="dossier.dossier.taken").count() == 1


def test_each_body_lays_documents_at_its_own_steps_and_only_what_is_fit(
    person, dossier, author, officer, comune
):
    version = published(person)
    assert lay(dossier, "rup", author, version=version) == lay(
        dossier, "rup", author, version=version
    )
    with pytest.raises(Refused, match="tocca all'altro ente"):
        lay(dossier, "rup", officer, version=version)
    with pytest.raises(Refused, match="uno dei due"):
        lay(dossier, "rup", author, version=version, upload=UploadFactory(body=comune))
    with pytest.raises(Refused, match="versione pubblicata"):
        lay(dossier, "rup", author, version=VersionFactory(entry=EntryFactory(body=comune)))
    with pytest.raises(Refused, match="file del tuo ente"):
        lay(dossier, "rup", author, upload=UploadFactory())
    assert Paper.objects.count() == 1


def test_both_bodies_take_the_file_and_nobody_else(
    client, login, person, dossier, author, officer, comune
):
    paper = lay(dossier, "specifications", author, upload=UploadFactory(body=comune))
    address = f"/fascicoli/{dossier.pk}/documenti/{paper.pk}/"
    for actor, status in ((author, 200), (officer, 200), (person("author"), 404)):
        login(client, actor)
        assert client.get(address).status_code == status
        client.logout()
    assert client.get(address).status_code == 404


def test_a_reserved_document_is_for_who_runs_the_award_until_the_deadline(
    client, login, dossier, author, officer, comune
):
    upload = UploadFactory(body=comune.province_body, name="invitati.txt")
    paper = lay(dossier, "publication", officer, upload=upload, reserved=True)
    publish(dossier, officer)
    home, address = f"/fascicoli/{dossier.pk}/", f"/fascicoli/{dossier.pk}/documenti/{paper.pk}/"

    login(client, author)
    assert "invitati.txt" not in read(client, home)
    assert client.get(address).status_code == 404
    client.logout()
    login(client, officer)
    assert "invitati.txt" in read(client, home)
    assert client.get(address).status_code == 200
    client.logout()
    Dossier.objects.update(offers_due_at=timezone.now() - timedelta(hours=1))
    login(client, author)
    assert "invitati.txt" in read(client, home)
    assert client.get(address).status_code == 200


def test_models_come_nearest_first_with_who_used_them_and_how_it_went(
    client, login, person, dossier, author, comune
):
    far = published(person, title="Capitolato della rete", phase="design")
    near = published(person, title="Capitolato nostro", phase="design", entry=None, body=comune)
    middle = published(
        person, title="Capitolato della Provincia", phase="design", body=comune.province_body
    )
    published(person, title="Verbale di esecuzione", phase="performance")
    Experience.objects.create(
        entry=far.entry, version=far, body=comune, office=comune.offices.get(), outcome="changed",
        why="Abbiamo cambiato la durata.", told_at=NOON,
    )  # fmt: skip
    published(person, title="Capitolato delle mense", phase="design", cpv_codes=["55523100"])
    type(dossier).objects.update(cpv="90910000")
    dossier.refresh_from_db()
    step = dossier.case.steps.get(code="specifications")

    found = queries.proposals(author, dossier, step=step)
    assert [one.entry for one in found] == [near.entry, middle.entry, far.entry]
    assert "con modifiche per 1" in found[2].told

    login(client, author)
    address = f"/fascicoli/{dossier.pk}/passi/{step.pk}/documenti/"
    text = read(client, address)
    assert text.index("Capitolato nostro") < text.index("Capitolato della Provincia")
    assert "Verbale di esecuzione" not in text
    answer = client.post(address, {"modello": near.pk}, follow=True)
    assert "Capitolato nostro, versione 1" in answer.content.decode()
    assert client.post(address, {"modello": ""}).status_code == 422
    assert Paper.objects.get().version == near


def test_the_model_for_the_papers_of_a_step_comes_first_among_its_peers(person, dossier, author):
    other = published(person, title="Atto di programmazione", phase="planning")
    own = published(person, title="Nomina del RUP", phase="planning")
    StarterText.objects.create(
        slug="nomina-rup", number=1, entry=own.entry, version=own, sha256="0" * 64,
        checked_on=NOON.date(), loaded_at=NOON,
    )  # fmt: skip
    step = dossier.case.steps.get(code="rup")
    found = queries.proposals(author, dossier, step=step)
    assert [one.entry for one in found] == [own.entry, other.entry]


def test_what_came_from_the_demonstration_goes_with_it(person, dossier, author):
    demo = BodyFactory(is_demo=True)
    lay(dossier, "rup", author, version=published(person, body=demo))
    kept = lay(dossier, "rup", author, version=published(person))

    services.remove_demo(body_ids=[demo.pk])

    assert Paper.objects.get() == kept


@pytest.mark.parametrize("count", [1, 5])
def test_a_dossier_asks_as_much_for_five_documents_as_for_one(
    client, login, person, dossier, author, django_assert_max_num_queries, count
):
    for number in range(count):
        lay(dossier, "rup", author, version=published(person, title=f"Atto {number}"))
    login(client, author)
    client.get(f"/fascicoli/{dossier.pk}/")
    with django_assert_max_num_queries(13):
        assert read(client, f"/fascicoli/{dossier.pk}/").count(", versione 1") == count


def test_a_step_says_what_the_guide_knows_of_its_documents(client, login, dossier, author, officer):
    step = dossier.case.steps.get(code="tender_papers")
    address = f"/fascicoli/{dossier.pk}/passi/{step.pk}/documenti/"
    login(client, officer)
    assert "Di solito servono: Disciplinare o lettera d&#x27;invito" in read(client, address)
    prepare(lambda _words: None)
    text = read(client, address)
    assert "Lettera d&#x27;invito (fa le veci del disciplinare)" in text
    assert "artt. 35, 82 e 87, d.lgs. 36/2023" in text
    assert "da verificare" in text
