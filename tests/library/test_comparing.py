"""The page that compares two versions of an entry."""

import pytest

from tests.library.makers import published

pytestmark = pytest.mark.django_db
FIRST = (
    "Art. 1 - Oggetto\nIl servizio dura dodici mesi.\n\nArt. 2 - Penali\nLa penale è di cento euro."
)
SECOND = "Art. 1 - Oggetto\nIl servizio dura ventiquattro mesi.\n\nArt. 2 - Penali\nLa penale è di cento euro."


@pytest.fixture
def entry(person):
    first = published(person, text=FIRST)
    published(person, entry=first.entry, text=SECOND)
    return first.entry


def page(client, entry, query=""):
    return client.get(f"/biblioteca/{entry.slug}/confronta/{query}")


def test_what_changed_is_told_by_signs_and_words(client, entry):
    text = page(client, entry).content.decode()
    assert "Dalla versione 1 alla versione 2." in text
    assert '<span class="heard">tolto: </span>dodici</del>' in text
    assert '<span class="heard">aggiunto: </span>ventiquattro</ins>' in text
    assert "1 clausola cambiata" in text


def test_the_older_version_comes_first_whichever_was_chosen_first(client, entry):
    assert page(client, entry, "?da=2&a=1").context["pair"].before.number == 1
    in_line = page(client, entry, "?da=1&a=2&vista=in-riga").content.decode()
    assert "<table" not in in_line
    assert "<ins>" in in_line


@pytest.mark.parametrize("query", ["?da=1", "?da=1&a=7", "?da=x&a=y"])
def test_versions_that_cannot_be_read_cannot_be_compared(client, entry, query):
    assert page(client, entry, query).status_code == 404


def test_an_entry_with_one_version_has_nothing_to_compare(client, person):
    version = published(person)
    assert page(client, version.entry).status_code == 404
    shown = client.get(version.entry.get_absolute_url()).content.decode()
    assert "Confronta due versioni" not in shown


def test_the_page_asks_the_same_queries_however_many_versions_there_are(
    client, person, entry, django_assert_num_queries
):
    with django_assert_num_queries(QUERIES):
        page(client, entry, "?da=1&a=2")
    for _ in range(3):
        published(person, entry=entry, text=SECOND)
    with django_assert_num_queries(QUERIES):
        page(client, entry, "?da=1&a=2")


QUERIES = 7


def test_plain_text_has_no_revisions_and_says_what_to_do(client, login, person, entry):
    login(client, person("author", entry.body))
    answer = client.get(f"/biblioteca/{entry.slug}/confronta/revisioni/?da=1&a=2")
    assert answer.status_code == 403
    assert "usa il confronto sulla pagina" in answer.content.decode()
