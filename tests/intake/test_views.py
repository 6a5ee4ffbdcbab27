"""The pages of the intake, with real files."""

import json
import re
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casa.intake import transfer
from casa.intake.models import Upload
from casa.search import prints
from casa.search import services as services_of_search
from tests.drafting.makers import make_xlsx
from tests.drafting.makers_signed import signed
from tests.factories import BodyFactory, MandateFactory, OfficeFactory
from tests.intake.makers import docx, inspected, receive, sent

pytestmark = pytest.mark.django_db
UPLOAD, SEND, FILES = "/carica/", "/carica/invia/", "/carica/file/"


@pytest.fixture
def author(person):
    return person("author", BodyFactory())


@pytest.fixture
def page(client, login, author):
    return login(client, author)


def office_of(actor):
    return next(iter(actor.mandates)).office_id


def post(client, actor, *files, to=UPLOAD):
    return client.post(to, {"documents": list(files), "office": office_of(actor)})


def bytes_stored():
    root = Path(default_storage.path(""))
    return [path.name for path in root.rglob("*") if path.is_file()]


# The door


def test_the_page_says_for_whom_what_and_how_much(page, author):
    text = page.get(UPLOAD).content.decode()
    assert f"<strong>{Upload._meta.get_field('body').related_model.objects.get()}</strong>" in text
    assert "Word (DOCX), OpenDocument (ODT), PDF" in text
    assert "100 MB e 2.000 pagine per file; fino a 50 file e 500 MB per volta" in text
    assert "multiple" in text
    assert 'enctype="multipart/form-data"' in text


@pytest.mark.parametrize("address", [UPLOAD, SEND, FILES])
def test_who_is_not_logged_in_is_asked_to(client, address):
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer.url == f"{reverse('account_login')}?next={address}"


def test_a_reader_is_told_whom_to_ask(client, login, person):
    answer = login(client, person("reader", BodyFactory())).get(UPLOAD)
    assert answer.status_code == 403
    assert "chiedilo a chi lo amministra" in answer.content.decode()


def test_somebody_without_a_body_brings_nothing_in(client, login, person):
    assert login(client, person()).get(UPLOAD).status_code == 403
    assert login(client, person()).post(UPLOAD, {"documents": sent("a.txt")}).status_code == 403
    assert bytes_stored() == []


def test_several_files_come_in_at_once(page, author):
    answer = post(page, author, sent("uno.txt"), sent("due.txt", b"altro"))
    assert (answer.status_code, answer.url) == (302, FILES)
    assert sorted(Upload.objects.values_list("name", flat=True)) == ["due.txt", "uno.txt"]
    assert "2 file ricevuti: il controllo è cominciato." in page.get(FILES).content.decode()


def test_no_file_at_all_is_said_beside_the_field(page, author):
    answer = post(page, author)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"documents": ["Scegli almeno un file."]}


def test_a_file_over_the_limit_is_turned_away_with_a_sentence(page, author, settings):
    settings.INTAKE_MAX_BYTES = 1 << 20
    answer = post(page, author, sent("grande.txt", bytes((1 << 20) + 1)))
    assert answer.status_code == 413
    assert "«grande.txt» supera il limite di 1 MB per file" in answer.content.decode()
    assert not Upload.objects.exists()
    assert bytes_stored() == []


def test_the_good_files_are_kept_when_another_is_turned_away(page, author, settings):
    settings.INTAKE_MAX_BYTES = 1 << 20
    big = sent("grande.txt", bytes(3 << 20))
    assert post(page, author, sent("uno.txt"), big, sent("due.txt", b"x")).status_code == 302
    assert sorted(Upload.objects.values_list("name", flat=True)) == ["due.txt", "uno.txt"]
    assert "«grande.txt» supera il limite" in page.get(FILES).content.decode()


def test_the_files_above_the_number_are_left_out_and_said(page, author, settings):
    settings.INTAKE_MAX_FILES = 2
    files = [sent(f"{number}.txt", str(number).encode()) for number in range(6)]
    assert post(page, author, *files).status_code == 302
    assert Upload.objects.count() == 2
    assert "I file sono più di 2" in page.get(FILES).content.decode()


def test_a_request_that_is_too_much_in_all_stores_nothing(page, author, settings):
    settings.INTAKE_MAX_BYTES = 1000
    answer = post(page, author, *[sent(f"{number}.txt", bytes(900)) for number in range(6)])
    assert answer.status_code == 413
    assert "caricali in più volte" in answer.content.decode()
    assert not Upload.objects.exists()


def test_who_has_two_offices_chooses_one(client, login, person, author):
    second = OfficeFactory(body_id=author.acting_for, name="Ufficio gare")
    MandateFactory(person_id=author.id, body_id=author.acting_for, office=second, role="reviewer")
    client = login(client, author)
    assert "Ufficio gare" in client.get(UPLOAD).content.decode()
    client.post(UPLOAD, {"documents": sent("a.txt"), "office": second.pk})
    assert Upload.objects.get().office == second
    other = OfficeFactory(body_id=author.acting_for)
    answer = client.post(UPLOAD, {"documents": sent("b.txt"), "office": other.pk})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["office"]


def test_the_script_gets_the_sentences_as_data(page, author, settings):
    settings.INTAKE_MAX_BYTES = 1 << 20
    answer = post(page, author, sent("uno.txt"), to=SEND)
    assert answer.status_code == 201
    assert json.loads(answer.content) == {
        "received": [str(Upload.objects.get().token)],
        "mistakes": [],
    }
    answer = post(page, author, sent("grande.txt", bytes(2 << 20)), to=SEND)
    assert answer.status_code == 413
    assert "supera il limite" in json.loads(answer.content)["mistakes"][0]


def test_the_script_of_a_reader_gets_the_reason(client, login, person):
    actor = person("reader", BodyFactory())
    answer = post(login(client, actor), actor, sent("a.txt"), to=SEND)
    assert answer.status_code == 403
    assert "mandato di redazione" in json.loads(answer.content)["mistakes"][0]


def test_too_many_transfers_in_a_minute_must_wait(page, author, monkeypatch, counters_stand_still):
    monkeypatch.setattr("casa.intake.views.sending.PER_MINUTE", 2)
    answers = [post(page, author, sent(f"{n}.txt"), to=SEND).status_code for n in range(3)]
    assert answers == [201, 201, 429]


def test_strangers_store_no_byte(client, monkeypatch):
    """Even while they send: the handler itself refuses, before any view could."""
    made = []
    monkeypatch.setattr(transfer, "Incoming", lambda *arguments: made.append(arguments))
    client.post(UPLOAD, {"documents": BytesIO(b"x" * 3_000_000)})
    assert made == []
    assert bytes_stored() == []


@pytest.mark.parametrize(
    ("role", "address"),
    [
        ("reader", UPLOAD),
        ("reader", SEND),
        ("reader", "/utile/"),
        ("author", "/utile/"),
        ("author", FILES),
        ("author", "/rete/importa/"),
    ],
)
def test_who_may_not_send_files_there_stores_no_byte(
    client, login, person, monkeypatch, role, address
):
    """A mere reader anywhere, an author where no files are taken: CSRF reads the form first."""
    made = []
    monkeypatch.setattr(transfer, "Incoming", lambda *arguments: made.append(arguments))
    client = login(client, person(role, BodyFactory()))
    client.handler.enforce_csrf_checks = True
    client.post(address, {"documents": BytesIO(b"x" * 300_000)})
    assert made == []


def test_a_body_without_room_is_told_what_to_do(page, author, settings):
    settings.INTAKE_QUOTA_BYTES = 3 << 20
    assert post(page, author, sent("uno.txt", b"a" * (2 << 20))).status_code == 302
    answer = post(page, author, sent("due.txt", b"b" * (2 << 20)))
    assert answer.status_code == 403
    assert "«due.txt» non è stato ricevuto" in answer.content.decode()
    assert "quasi tutti i 3 MB" in answer.content.decode()
    assert [upload.name for upload in Upload.objects.all()] == ["uno.txt"]


def test_the_files_of_other_bodies_take_no_room(page, author, person, settings):
    settings.INTAKE_QUOTA_BYTES = 3 << 20
    receive(person("author", BodyFactory()), "altro.txt", b"a" * (2 << 20))
    assert post(page, author, sent("uno.txt", b"b" * (2 << 20))).status_code == 302


# The list


@pytest.mark.parametrize("items", [1, 5])
def test_the_list_asks_the_same_queries_however_long_it_is(
    page, author, items, django_assert_num_queries
):
    for number in range(items):
        inspected(author, f"{number}.txt", f"Testo {number}".encode())
    with django_assert_num_queries(LIST_QUERIES):
        answer = page.get(FILES)
    assert len(answer.context["page"].object_list) == items


LIST_QUERIES = 9


def test_the_list_says_of_each_file_where_it_stands(page, author):
    receive(author, "attende.txt")
    Upload.objects.update(step="passo 3 di 7: lettura")
    inspected(author, "vuoto.txt", b"")
    inspected(author, "buono.txt")
    text = page.get(FILES).content.decode()
    assert "passo 3 di 7: lettura" in text
    assert "Il file è vuoto" in text
    assert "nessun rilievo" in text
    assert "1 file in controllo." in text
    assert 'hx-trigger="every 2s"' in text
    assert "Aggiorna" in text


def test_the_list_stops_asking_when_nothing_waits(page, author):
    inspected(author)
    text = page.get(FILES).content.decode()
    assert "hx-trigger" not in text
    assert "htmx-2.min.js" not in text


def test_htmx_gets_the_rows_only(page, author):
    receive(author)
    text = page.get(FILES, headers={"HX-Request": "true"}).content.decode()
    assert text.strip().startswith('<div id="file-ente"')
    assert "<html" not in text


def test_the_list_can_be_narrowed_to_a_state(page, author):
    inspected(author, "vuoto.txt", b"")
    inspected(author, "buono.txt")
    text = page.get(f"{FILES}?stato=rejected").content.decode()
    assert ("vuoto.txt" in text, "buono.txt" in text) == (True, False)
    assert page.get(f"{FILES}?stato=inventato").status_code == 200


def test_an_empty_list_offers_the_next_step(page, client):
    assert "Carica file" in page.get(FILES).content.decode()


# One file


def test_the_page_of_a_file_shows_findings_text_and_index(page, author, tmp_path):
    upload = inspected(author, "d.docx", docx(tmp_path, author="Maria Bianchi"))
    text = page.get(f"{FILES}{upload.token}/").content.decode()
    assert "Le proprietà del file riportano un autore" in text
    assert "Maria Bianchi" in text
    assert 'id="art-2"' in text
    assert 'href="#art-2"' in text
    levels = [int(level) for level in re.findall(r"<h([1-6])", text)]
    assert levels[0] == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_a_huge_sheet_comes_in_parts_too(page, author, tmp_path):
    rows = [[number, "x" * 20] for number in range(1, 3001)]
    content = make_xlsx(tmp_path / "a", rows=rows).read_bytes()
    upload = inspected(author, "foglio.xlsx", content)

    answers = [page.get(f"{FILES}{upload.token}/?pagina={part}") for part in (1, 2, 3, 4)]

    texts = [answer.content.decode() for answer in answers]
    assert max(map(len, texts)) < 200_000
    assert [text.count("<tr>") for text in texts] == [1000, 1000, 1000, 1000]
    assert "Pagina 1 di 3" in texts[0]
    assert "<td>1</td>" in texts[0]
    assert "<td>3000</td>" in texts[2]


def test_a_long_text_comes_in_parts_that_the_index_knows(page, author, monkeypatch):
    monkeypatch.setattr("casa.intake.views.files.BLOCKS_PER_PART", 3)
    text = "\n\n".join(f"Art. {number} - Titolo\n\n1. Comma" for number in range(1, 6))
    upload = inspected(author, "d.txt", text.encode())
    first = page.get(f"{FILES}{upload.token}/").content.decode()
    assert 'href="#art-1"' in first
    assert 'href="?pagina=3#art-4"' in first
    assert 'id="art-4"' in page.get(f"{FILES}{upload.token}/?pagina=3").content.decode()


@pytest.mark.parametrize("findings", [1, 5])
def test_the_page_of_a_file_asks_the_same_queries(
    page, author, findings, django_assert_num_queries
):
    upload = inspected(author)
    for number in range(findings):
        upload.findings.create(code=f"c-{number}", severity="note", message="x")
    with django_assert_num_queries(FILE_QUERIES):
        page.get(f"{FILES}{upload.token}/")


FILE_QUERIES = 11


def test_what_a_document_says_is_never_taken_for_html(page, author):
    upload = inspected(author, "<b>x</b>.txt", b"Testo <script>alert(1)</script> e basta")
    text = page.get(f"{FILES}{upload.token}/").content.decode()
    assert "<script>alert" not in text
    assert "&lt;script&gt;alert" in text


@pytest.mark.parametrize("suffix", ["", "scarica/"])
def test_the_file_of_another_body_does_not_exist(client, login, person, author, suffix):
    upload = inspected(author)
    stranger = login(client, person("author", BodyFactory()))
    assert stranger.get(f"{FILES}{upload.token}/{suffix}").status_code == 404


# The original


def test_the_original_comes_back_byte_for_byte_as_an_attachment(page, author, tmp_path):
    content = docx(tmp_path)
    upload = inspected(author, "capitolato è «bello».docx", content)
    answer = page.get(f"{FILES}{upload.token}/scarica/")
    assert b"".join(answer.streaming_content) == content
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer["Content-Disposition"] == (
        "attachment; filename*=utf-8''capitolato%20%C3%A8%20%C2%ABbello%C2%BB.docx"
    )
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_the_claim_of_the_browser_counts_for_nothing(page, author):
    upload = inspected(author, "testo.html", b"solo testo, nessuna etichetta")
    answer = page.get(f"{FILES}{upload.token}/scarica/")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="testo.txt"'


@pytest.mark.parametrize(("content", "words"), [(b"", "rifiutato"), (None, "in controllo")])
def test_what_is_not_cleared_never_goes_out(page, author, content, words):
    upload = receive(author) if content is None else inspected(author, "a.txt", content)
    answer = page.get(f"{FILES}{upload.token}/scarica/")
    assert answer.status_code == 403
    assert words in answer.content.decode()


def test_the_last_answer_to_htmx_brings_the_counts_of_the_filters_up_to_date(page, author):
    inspected(author)
    text = page.get(FILES, headers={"HX-Request": "true"}).content.decode()
    assert 'id="filtri-file" hx-swap-oob="true"' in text
    assert "hx-trigger" not in text


def test_a_file_nearly_equal_to_a_published_document_says_so(page, author):
    words = " ".join(f"{a}{b} {b}{a}a" for a in "bcdfglmnprst" for b in "aeioulnrst")
    services_of_search.file_card(
        key="library:entry:14",
        kind="model",
        title="Determina di affidamento",
        object="",
        text=words,
        url="/biblioteca/determina/",
        body=None,
        facets={},
        audience=["pub"],
        dated_on=None,
        reviewed=True,
    )
    prints.follow()
    alike = inspected(author, "mia.txt", words.replace("gi ", "altra ", 1).encode())
    text = page.get(f"{FILES}{alike.token}/").content.decode()
    assert "già un documento quasi uguale" in text
    assert 'href="/biblioteca/determina/"' in text
    strange = inspected(author, "altra.txt", b"Un testo che non somiglia proprio a nulla di noto")
    assert "quasi uguale" not in page.get(f"{FILES}{strange.token}/").content.decode()


def test_a_signed_file_is_read_and_its_page_says_who_signed(page, author):
    upload = inspected(author, "contratto.txt.p7m", signed(b"Art. 1 - Oggetto\nIl servizio."))
    assert (upload.state, upload.format) == ("cleared", "p7m")
    text = page.get(f"{FILES}{upload.token}/").content.decode()
    assert "Prova Firmataria" in text
    assert "integra" in text
    assert "non verifica la validità legale" in text
    answer = page.get(f"{FILES}{upload.token}/scarica/")
    assert answer["Content-Type"] == "application/pkcs7-mime"
    assert 'filename="contratto.txt.p7m"' in answer["Content-Disposition"]


def test_what_was_changed_after_signing_is_weighed_by_the_reviewer(page, author):
    changed = signed(b"Art. 1 - Oggetto\nCento euro.").replace(b"Cento", b"Mille")
    upload = inspected(author, "contratto.txt.p7m", changed)
    finding = upload.findings.get(code="altered-signature")
    assert finding.severity == "warning"
    assert "Prova Firmataria" in finding.message
    assert "alterata" in page.get(f"{FILES}{upload.token}/").content.decode()
    plain = inspected(author, "contratto.txt", b"Art. 1 - Oggetto\nIl servizio.")
    assert "Firme" not in page.get(f"{FILES}{plain.token}/").content.decode()


def test_the_day_of_a_signature_is_written_as_people_write_it(page, author):
    upload = inspected(author, "atto.txt.p7m", signed(b"Un testo firmato."))
    text = page.get(f"{FILES}{upload.token}/").content.decode()
    today = date_format(timezone.now(), "j F Y")
    assert f"Firmato il {today}, come la firma dichiara." in text
    assert "RSA SHA-256" in text
