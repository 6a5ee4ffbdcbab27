"""The page «Chiusura»: what is told, what stays after a mistake, who sees what."""

import pytest
from django.utils import timezone

from casa.dossier import services
from casa.dossier.models import Closing, Dossier, Sharing
from tests.dossier.endings import FIRM, cleaned, end, fresh, lay, signed
from tests.library.makers import UploadFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@pytest.fixture
def tender(author):
    return signed(author)


def read(client, address) -> str:
    return client.get(address).content.decode()


def test_a_mistake_keeps_what_was_typed_and_then_the_dossier_is_closed(
    client, login, author, tender
):
    login(client, author)
    address = f"/fascicoli/{tender.pk}/chiusura/"
    assert "Chiudi il fascicolo" in read(client, f"/fascicoli/{tender.pk}/")
    wrong = client.post(address, {"esito": "concluded", "ribasso": "120", "offerte": "4"})
    assert wrong.status_code == 422
    assert 'value="4"' in wrong.content.decode()
    refused = client.post(address, {"esito": "unawarded", "motivo": "Nessuna offerta."})
    assert refused.status_code == 422
    assert "Nessuna offerta." in refused.content.decode()

    answer = client.post(address, {"esito": "concluded", "ribasso": "12,5", "offerte": "4"})
    assert answer.headers["Location"] == f"/fascicoli/{tender.pk}/chiusura/condividi/"
    assert (Closing.objects.get().discount, fresh(tender).is_closed) == (12.5, True)
    text = read(client, f"/fascicoli/{tender.pk}/")
    assert "Aggiorna" not in text
    assert "tocca a" not in text
    assert (
        "tocca a" not in read(client, "/fascicoli/").lower().partition("<main")[2].split("<ul")[-1]
    )


def test_what_was_chosen_stays_after_a_mistake_and_is_sent_once(
    client, login, author, comune, tender
):
    upload = UploadFactory(body=comune)
    lay(tender, author, upload=upload)
    copy = cleaned(upload, author)
    end(tender, author)
    login(client, author)
    address = f"/fascicoli/{tender.pk}/chiusura/condividi/"
    typed = {
        "documenti": [copy.pk], "titolo": "Com'è andata", "oggetto": "Tempi.", "lettori": "network",
    }  # fmt: skip
    unsure = client.post(address, typed)
    text = unsure.content.decode()
    assert unsure.status_code == 422
    assert "Guarda le copie ripulite e conferma" in text
    assert "Com&#x27;è andata" in text
    assert f'value="{copy.pk}" id="id_documenti_0" checked' in " ".join(text.split())
    assert client.post(address, {**typed, "documenti": [copy.pk + 9]}).status_code == 422

    for _ in range(2):
        answer = client.post(address, {**typed, "conferma": "on"})
        assert answer.status_code == 302
    row = Sharing.objects.get()
    assert (row.copies, row.audience, row.state) == ([copy.pk], "network", "waiting")
    text = read(client, address)
    assert "si sta preparando" in text
    assert "Manda in revisione" not in text


def test_members_read_how_it_ended_and_only_workers_act(
    client, login, author, person, comune, tender
):
    end(tender, author)
    address = f"/fascicoli/{tender.pk}/chiusura/"
    for actor, status, words in (
        (person("reader", comune), 200, "mandato di redazione e opera per"),
        (person("author"), 404, ""),
    ):
        login(client, actor)
        page = client.get(address, follow=True)
        assert page.status_code == status
        assert words in page.content.decode()
        assert client.post(f"{address}riapri/").status_code in (403, 404)
        client.logout()
    assert fresh(tender).is_closed


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_asks_the_same_for_one_document_and_for_five(
    client, login, author, comune, tender, count, django_assert_max_num_queries
):
    for _ in range(count):
        upload = UploadFactory(body=comune)
        lay(tender, author, upload=upload)
        cleaned(upload, author)
    services.list_participant(tender.pk, role="bidder", name=FIRM, actor=author, now=timezone.now())
    end(tender, author)
    login(client, author)
    with django_assert_max_num_queries(26):
        text = read(client, f"/fascicoli/{tender.pk}/chiusura/condividi/")
    assert text.count("Prepara un'altra copia") == count
    assert Dossier.objects.get().is_closed
