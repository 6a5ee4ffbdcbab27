"""The pages of the exchange: who sees what, and nothing changes before one says so."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casa.library.exchange import keys
from casa.library.models import Bundle, BundleLine, Entry, Installation
from casa.library.services import exchanging
from tests.factories import PersonFactory
from tests.library.exchange_makers import bring, export, houses, trusting
from tests.library.makers import NOON, published

pytestmark = pytest.mark.django_db
__all__ = ["houses"]
HOME = "/biblioteca/scambio/"
PAGES = [HOME + page for page in ("fidate/", "esporta/", "importa/")]


@pytest.fixture
def manager(person):
    return person(network="manager")


@pytest.fixture
def desk(client, login, manager, houses):
    """The browser of a manager of installation B, which trusts A."""
    with houses("A"):
        key = exchanging.own_key()
    with houses("B"):
        trusting("Casa A", key)
        yield login(client, manager)


def sent(path):
    return SimpleUploadedFile("scambio.zip", path.read_bytes(), content_type="application/zip")


def test_everybody_may_compare_our_fingerprint_and_only_managers_see_the_rest(
    client, login, manager, houses
):
    with houses("A"):
        assert "non ha ancora scambiato nulla" in client.get(HOME).content.decode()
        key = exchanging.own_key()
        page = client.get(HOME).content.decode()
        assert key.fingerprint in page
        assert "Installazioni fidate" not in page
        page = login(client, manager).get(HOME).content.decode()
        assert "Installazioni fidate" in page


@pytest.mark.parametrize("address", PAGES)
def test_others_are_refused_the_desk(client, login, person, address):
    assert client.get(address).status_code in {302, 403}
    for who in (person("administrator"), person(network="reviewer")):
        assert login(client, who).get(address).status_code == 403


def test_who_may_not_exchange_sees_no_bundle(client, login, person, desk, houses, tmp_path):
    line = a_bundle(1)
    login(client, person(network="reviewer"))
    assert client.get(line.get_absolute_url()).status_code == 403
    assert client.post(reverse("library:start_bundle", args=[line.pk])).status_code == 403
    pk = line.installation_id
    assert client.post(reverse("library:end_trust", args=[pk])).status_code == 403


def test_a_key_is_trusted_with_the_fingerprint_that_was_read_aloud(desk, houses):
    other = keys.PublicKey(keys.uuid.uuid4(), Installation.objects.trusted().get().public_key)
    said = {"name": "Casa C", "key": str(other), "fingerprint": "0000"}
    page = desk.post(HOME + "fidate/", said)
    assert page.status_code == 422
    assert "impronta non è quella" in page.content.decode()
    assert str(other) in page.content.decode()

    said["fingerprint"] = other.fingerprint.upper().replace(" ", "-")
    page = desk.post(HOME + "fidate/", said, follow=True).content.decode()
    assert "Casa C" in page
    assert other.fingerprint in page

    row = Installation.objects.get(name="Casa C")
    page = desk.post(reverse("library:end_trust", args=[row.pk]), follow=True).content.decode()
    assert "Non più fidata" in page


def test_chosen_entries_are_taken_out_and_nothing_chosen_is_said(desk, person):
    published(person, slug="verde", title="Il verde")
    published(person, slug="strade", title="Le strade")
    page = desk.get(HOME + "esporta/?parole=verde").content.decode()
    assert "Il verde" in page
    assert "Le strade" not in page
    assert "Scegli almeno una scheda" in desk.post(HOME + "esporta/").content.decode()
    assert desk.post(HOME + "esporta/", {"entries": ["altrove"]}).status_code == 422
    answer = desk.post(HOME + "esporta/", {"entries": ["verde"]})
    with zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as archive:
        assert {"manifest.json", "manifest.sig"} < set(archive.namelist())


def test_a_bundle_is_seen_first_and_brought_in_by_the_worker(desk, houses, person, tmp_path):
    published(person, slug="verde", title="Il verde")
    with houses("A"):
        export(tmp_path / "a.zip", "verde")
    with houses("B"):
        page = desk.post(HOME + "importa/", {"file": sent(tmp_path / "a.zip")}, follow=True)
        assert "Nuova" in page.content.decode()
        assert not Entry.objects.filter(is_received=True).exists()
        bundle = Bundle.objects.get()
        page = desk.post(reverse("library:start_bundle", args=[bundle.pk]), {"publishes": "on"})
        exchanging.carry_bundle_on(bundle_id=bundle.pk, now=NOON)
        page = desk.get(bundle.get_absolute_url()).content.decode()
        assert "Pubblicata" in page
        entry = Entry.objects.get(is_received=True)
        page = desk.get(entry.get_absolute_url()).content.decode()
        assert "Arriva da un'altra installazione, «Casa A»" in page
        assert "rivista dove è nata, non in questa installazione" in page


def test_a_bundle_of_nobody_known_is_refused_on_the_form_with_what_to_do(
    desk, houses, person, tmp_path
):
    published(person, slug="verde")
    with houses("C"):
        export(tmp_path / "c.zip", "verde")
    with houses("B"):
        Installation.objects.filter(name="Casa C").update(ended_at=NOON)
        page = desk.post(HOME + "importa/", {"file": sent(tmp_path / "c.zip")})
    assert page.status_code == 422
    assert "aggiungila in «Scambio»" in page.content.decode()
    assert Bundle.objects.count() == 0


def a_bundle(lines):
    installation = Installation.objects.trusted().get(name="Casa A")
    made = Bundle.objects.create(
        name="a.zip",
        sha256="0" * 64,
        installation=installation,
        made_at=NOON,
        person_id=PersonFactory().pk,
        received_at=NOON,
    )
    BundleLine.objects.bulk_create(
        BundleLine(bundle=made, position=at, title=f"Scheda {at}", number=1, outcome="new")
        for at in range(lines)
    )
    return made


@pytest.mark.parametrize("count", [1, 5])
def test_lists_ask_the_same_queries_however_long(
    desk, person, count, django_assert_max_num_queries
):
    for at in range(count):
        published(person, slug=f"scheda-{at}")
        bundle = a_bundle(count)
        key = keys.PublicKey(keys.uuid.uuid4(), bundle.installation.public_key)
        trusting(f"Casa {at} di prova", key)
    with django_assert_max_num_queries(12):
        desk.get(HOME)
    with django_assert_max_num_queries(12):
        desk.get(HOME + "esporta/")
    with django_assert_max_num_queries(12):
        desk.get(bundle.get_absolute_url())


def test_what_a_bundle_would_do_is_known_in_a_few_queries(
    houses, person, manager, tmp_path, django_assert_max_num_queries
):
    for slug in "abcde":
        published(person, slug=slug)
    with houses("A"):
        export(tmp_path / "one.zip", "a")
        with django_assert_max_num_queries(16):
            export(tmp_path / "a.zip", *"abcde")
        key = exchanging.own_key()
    with houses("B"):
        trusting("Casa A", key)
        bring(tmp_path / "one.zip", manager)
        with django_assert_max_num_queries(5):
            _installation, lines = exchanging.try_bundle(tmp_path / "a.zip", actor=manager)
    assert [line.outcome for line in lines] == ["there", "new", "new", "new", "new"]
