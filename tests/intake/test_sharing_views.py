"""The page «Prima di condividere», and what other pages say of cleaned copies."""

import re

import pytest

from casa.foundation import jail
from casa.intake import queries, services, sharing
from casa.intake.forms import SHORT
from casa.intake.models import CleanedCopy
from tests.drafting.makers import ARTICLES, plain_text
from tests.factories import BodyFactory
from tests.intake.makers import FISCAL_CODE, NOON, docx, inspected, receive

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        jail.jail_in_force() is jail.Jail.NONE, reason="no jail on this machine: install bubblewrap"
    ),
]
MAIL, OFFICE = "tizia.caia@gmail.com", "protocollo@comune.prova.example"
TEXT = f"Codice fiscale {FISCAL_CODE}. Scrivere a {MAIL} o a {OFFICE}."


@pytest.fixture
def author(person):
    return person("author", BodyFactory())


@pytest.fixture
def page(client, login, author):
    return login(client, author)


@pytest.fixture
def upload(author, tmp_path):
    return inspected(author, "domanda.docx", docx(tmp_path, articles=[("Oggetto", [TEXT])]))


def address(upload):
    return f"/carica/file/{upload.token}/prima-di-condividere/"


def field(upload, value, part):
    found = sharing.found_in(queries.draft_of(upload), upload)
    return f"{part}-{next(one.digest for one in found if one.value == value)[:SHORT]}"


def typed(upload, **more):
    """What the page sends as it is proposed, with changes."""
    found = sharing.found_in(queries.draft_of(upload), upload)
    data = {f"scelta-{one.digest[:SHORT]}": one.proposed for one in found}
    return data | {"name": "copia", "extra": ""} | more


def chosen(text):
    return re.findall(r'value="(remove|keep)"[^>]*\bchecked', text)


def work_off():
    """What the worker does."""
    for cleaned in CleanedCopy.objects.waiting():
        services.clean(copy_id=cleaned.pk, now=NOON)
        cleaned.refresh_from_db()
        if cleaned.copy_id:
            services.inspect(upload_id=cleaned.copy_id, now=NOON)


def test_the_page_tells_each_datum_with_words_place_check_and_proposal(page, upload):
    text = page.get(address(upload)).content.decode()
    assert "Abbiamo trovato 3 dati diversi." in text
    assert f"<mark>{FISCAL_CODE}</mark>" in text
    assert "Il carattere di controllo è giusto." in text
    assert "Art. 1" in text
    assert "Resta per regola: posta e PEC di enti e uffici sono pubbliche." in text
    assert sorted(chosen(text)) == ["keep", "remove", "remove"]
    assert "le proprietà del file" in text


def test_the_file_leads_to_the_page_and_a_reader_is_not_led(page, client, login, person, upload):
    link = address(upload)
    file = f"/carica/file/{upload.token}/"
    assert link in page.get(file).content.decode()
    reader = login(client, person("reader", upload.body))
    assert link not in reader.get(file).content.decode()
    answer = reader.get(link)
    assert answer.status_code == 403
    assert "mandato di redazione" in answer.content.decode()


def test_for_strangers_the_page_does_not_exist(client, login, person, upload):
    stranger = login(client, person("author", BodyFactory()))
    assert stranger.get(address(upload)).status_code == 404
    assert stranger.post(address(upload), {}).status_code == 404
    client.logout()
    assert client.get(address(upload)).status_code == 302


def test_a_file_still_in_quarantine_says_so(page, author):
    answer = page.get(address(receive(author)))
    assert answer.status_code == 403
    assert "ancora in controllo" in answer.content.decode()


def test_what_stays_wants_a_reason_and_nothing_typed_is_lost(page, upload):
    data = typed(upload, extra="parole mie", name="il mio nome")
    data[field(upload, FISCAL_CODE, "scelta")] = "keep"
    data[field(upload, MAIL, "scelta")] = "keep"
    data[field(upload, MAIL, "motivo")] = "other"
    answer = page.post(address(upload), data)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert text.count(f"«{FISCAL_CODE}» resta nella copia: scegli perché, oppure toglilo.") == 2
    assert text.count(f"Scrivi per quale altro motivo «{MAIL}» resta nella copia.") == 2
    assert chosen(text) == ["keep", "keep", "keep"]
    assert '<option value="other" selected>' in text
    assert "parole mie</textarea>" in text
    assert 'value="il mio nome"' in text
    assert not CleanedCopy.objects.exists()


@pytest.mark.parametrize("extra", ["a", "\n".join(f"parola {one}" for one in range(51))])
def test_other_words_are_neither_too_short_nor_too_many(page, upload, extra):
    assert page.post(address(upload), typed(upload, extra=extra)).status_code == 422
    assert not CleanedCopy.objects.exists()


def test_the_copy_and_its_original_know_each_other(page, upload):
    data = typed(upload, extra="Scrivere a", name="domanda (copia ripulita)")
    data[field(upload, MAIL, "scelta")] = "keep"
    data[field(upload, MAIL, "motivo")] = "law"
    data[field(upload, MAIL, "parole")] = "avviso pubblico"
    answer = page.post(address(upload), data)
    assert (answer.status_code, answer.url) == (302, address(upload))
    assert "si sta preparando" in page.get(address(upload)).content.decode()
    work_off()
    copy = CleanedCopy.objects.get().copy
    assert "La copia ripulita c'è:" in page.get(address(upload)).content.decode()
    of_original = page.get(f"/carica/file/{upload.token}/").content.decode()
    assert "Ha una copia ripulita:" in of_original
    assert str(copy.token) in of_original
    of_copy = page.get(f"/carica/file/{copy.token}/").content.decode()
    assert f'Copia ripulita di <a href="/carica/file/{upload.token}/">domanda.docx</a>' in of_copy
    assert "Codice fiscale: 1 dato, in un punto" in of_copy
    assert "una norma ne impone la pubblicazione (avviso pubblico)" in of_copy
    assert "Posta elettronica: 1 dato (posta e PEC di enti e uffici sono pubbliche)" in of_copy
    assert FISCAL_CODE not in of_copy


def test_a_failed_copy_says_why_and_begins_with_what_was_chosen(page, upload):
    data = typed(upload, extra="parole mie", name="il mio nome")
    data[field(upload, MAIL, "scelta")] = "keep"
    data[field(upload, MAIL, "motivo")] = "example"
    page.post(address(upload), data)
    CleanedCopy.objects.update(attempts=9)
    work_off()
    text = page.get(address(upload)).content.decode()
    assert "La copia non è stata preparata." in text
    assert "in un formato diverso" in text
    assert "parole mie</textarea>" in text
    assert 'value="il mio nome"' in text
    assert '<option value="example" selected>' in text


def test_without_personal_data_the_copy_is_offered_all_the_same(page, author, tmp_path):
    upload = inspected(author, "a.docx", docx(tmp_path, author="Tizia Caia"))
    text = page.get(address(upload)).content.decode()
    assert "Non abbiamo trovato dati personali nel testo." in text
    assert "(Tizia Caia)" in text
    assert "Prepara la copia ripulita" in text
    page.post(address(upload), typed(upload))
    work_off()
    assert queries.draft_of(CleanedCopy.objects.get().copy).metadata.author == ""


def test_the_name_proposed_for_the_copy_tells_no_personal_datum(page, author):
    upload = inspected(author, f"domanda {FISCAL_CODE}.txt")
    assert f"domanda {FISCAL_CODE} (copia" not in page.get(address(upload)).content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_asks_the_same_queries(page, author, count, django_assert_num_queries):
    words = "\n\n".join(f"Scrivere a persona{one}@gmail.com." for one in range(count))
    upload = inspected(author, "a.txt", f"{words}\n\n{plain_text(ARTICLES)}".encode())
    page.post(address(upload), typed(upload))
    work_off()
    assert CleanedCopy.objects.get().decisions.count() == count
    page.get(address(upload))
    with django_assert_num_queries(PAGE_QUERIES):
        page.get(address(upload))
    copy = CleanedCopy.objects.get().copy
    with django_assert_num_queries(COPY_QUERIES):
        page.get(f"/carica/file/{copy.token}/")


PAGE_QUERIES, COPY_QUERIES = 9, 12
