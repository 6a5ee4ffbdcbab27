"""A file beside the published documents that are nearly the same."""

import pytest

from casa.search import prints
from tests.library.makers import UploadFactory, published

pytestmark = pytest.mark.django_db
SAME = (
    "Art. 1 - Oggetto\nIl servizio riguarda la pulizia quotidiana degli uffici comunali, delle scuole "
    "e delle palestre, con prodotti certificati a ridotto impatto, personale formato e attrezzature "
    "proprie, secondo il programma concordato ogni mese con il responsabile del patrimonio, che ne "
    "verifica la regolare esecuzione e segnala per iscritto ogni mancanza riscontrata nei locali."
)
FIRST = f"{SAME}\n\nArt. 2 - Durata\nIl servizio dura dodici mesi dalla consegna dei locali."
SECOND = FIRST.replace("dodici", "ventiquattro")


def file_of(client, login, person, body, text=SECOND):
    """A file of the body, by an author who is logged in, when the prints are up to date."""
    prints.follow()
    me = person("author", body)
    login(client, me)
    return UploadFactory(body=body, person_id=me.person_id, person=None, text=text)


def page(client, upload):
    return client.get(f"/biblioteca/confronta-file/{upload.token}/")


def test_what_is_the_same_and_what_differs_is_told_by_clause(client, login, person):
    entry = published(person, text=FIRST).entry
    upload = file_of(client, login, person, entry.body)
    answer = page(client, upload)
    (copy,) = answer.context["copies"]
    assert (copy.entry, copy.same) == (entry, 1)
    assert [change.key for change in copy.differing] == ["art-2"]
    assert f"{entry.slug}/versione/1/#art-2" in answer.content.decode()
    assert f"/biblioteca/aggiorna/?file={upload.token}" in answer.content.decode()


def test_a_document_of_another_body_stays_hidden(client, login, person):
    hidden = published(person, text=FIRST, audience="body").entry
    other = published(person, text="Art. 1 - Altro\nAltre parole.").entry
    answer = page(client, file_of(client, login, person, other.body))
    assert answer.context["copies"] == []
    assert hidden.title not in answer.content.decode()
    assert "Nessun documento pubblicato" in answer.content.decode()


def test_the_file_of_another_body_does_not_exist(client, login, person):
    upload = UploadFactory(text=SECOND)
    assert page(client, upload).status_code == 404
    login(client, person("author"))
    assert page(client, upload).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_copies_are_the_same_queries_however_many(
    client, login, person, count, django_assert_num_queries
):
    entry = published(person, text=FIRST).entry
    for _ in range(count - 1):
        published(person, text=FIRST)
    upload = file_of(client, login, person, entry.body)
    page(client, upload)
    with django_assert_num_queries(QUERIES):
        assert len(page(client, upload).context["copies"]) == count


QUERIES = 18
