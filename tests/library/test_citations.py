"""The norms that a version cites: linked in the text, listed beside it, judged by its own day."""

from datetime import date

import pytest

from casa.guide.models import Norm
from casa.library import queries, services
from casa.library.models import Citation, CitationReading
from tests.library.makers import VersionFactory, published

pytestmark = pytest.mark.django_db
TEXT = (
    "Art. 1 - Oggetto\nSi procede ai sensi dell'art. 50, comma 1, lett. b), del d.lgs. 36/2023.\n\n"
    "Art. 2 - Requisiti\nI requisiti sono quelli dell'art. 80 del d.lgs. 50/2016."
)


@pytest.fixture(autouse=True)
def norms(db):
    for act, status, since, instead in (
        ("d.lgs. 36/2023", "in_force", date(2023, 7, 1), ""),
        ("d.lgs. 50/2016", "repealed", date(2023, 7, 1), "d.lgs. 36/2023"),
    ):
        Norm.objects.create(
            act=act,
            status=status,
            valid_from=since,
            replaced_by=instead,
            date_basis="notice",
            source="prova",
            verified_on=date(2026, 11, 25),
            confidence="verified",
        )


def test_citations_are_kept_with_the_clause_they_stand_in(person):
    version = published(person, text=TEXT)
    kept = version.citations.order_by("start").values_list(
        "act", "article", "comma", "letter", "clause"
    )
    assert list(kept) == [
        ("d.lgs. 36/2023", "50", "1", "b", "art-1"),
        ("d.lgs. 50/2016", "80", "", "", "art-2"),
    ]


def test_the_norms_of_a_note_are_not_cited_and_the_page_reads_it_as_a_note(client, person):
    note = "{# motivo: lo chiede l'art. 80 del d.lgs. 50/2016 #}"
    version = published(person, audience="public", text=f"{note}\n{TEXT}\n{{# Vedi l'art. 50 del")

    assert [row.start >= len(note) for row in version.citations.all()] == [True, True]
    page = client.get(version.entry.get_absolute_url()).content.decode()
    assert "Perché: lo chiede l&#x27;art. 80 del d.lgs. 50/2016</span>" in page


def test_the_reading_page_links_them_and_says_which_no_longer_hold(client, person):
    version = published(person, text=TEXT)
    text = client.get(version.entry.get_absolute_url()).content.decode()
    assert (
        'href="https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:decreto.legislativo:2023-03-31;36~art50"'
        in text
    )
    assert "abrogata dal 1 luglio 2023: oggi d.lgs. 36/2023" in text
    first, second = queries.cited_norms(queries.judged_citations(version, on=version.effective_on))
    assert (first.name, first.status) == ("art. 80 d.lgs. 50/2016", "repealed")
    assert (second.name, second.status) == ("art. 50 d.lgs. 36/2023", "in_force")


def test_a_text_is_judged_by_the_day_it_holds_from(person):
    version = published(person, text=TEXT, effective_on=date(2023, 6, 1))
    states = [
        one.verdict.status for one in queries.judged_citations(version, on=version.effective_on)
    ]
    assert states == ["unknown", "unknown"]


def test_a_text_without_norms_has_no_list(client, person):
    version = published(person, text="Art. 1 - Oggetto\nIl servizio dura dodici mesi.")
    text = client.get(version.entry.get_absolute_url()).content.decode()
    assert "Norme citate" not in text
    assert not version.citations.exists()


def test_versions_read_by_an_older_grammar_are_read_again(person):
    version = published(person, text=TEXT)
    CitationReading.objects.update(grammar=0)
    Citation.objects.all().delete()
    services.read_citations_again()
    assert version.citations.count() == 2
    Citation.objects.all().delete()
    services.read_citations_again()
    assert version.citations.count() == 0


def test_a_draft_is_not_touched_by_the_rounds():
    version = VersionFactory(text_file=TEXT)
    CitationReading.objects.all().delete()
    services.read_citations_again()
    assert not CitationReading.objects.filter(version=version).exists()


def review_page(client, login, person, text):
    version = VersionFactory(
        state="in_review", author_id=person("author").person_id, author=None, text_file=text
    )
    login(client, person("reviewer", version.entry.body))
    return client.get(f"{version.get_absolute_url()}revisione/")


def test_the_reviewer_is_told_which_norms_to_weigh_and_where(client, login, person):
    page = review_page(client, login, person, TEXT).content.decode()
    assert "art. 80 d.lgs. 50/2016: abrogata dal 1 luglio 2023" in page
    assert "Cita la norma che vale" in page
    assert 'href="#art-2">Art. 2' in page
    assert "art. 50 d.lgs. 36/2023:" not in page


def test_a_changed_norm_asks_to_look_at_the_change(client, login, person):
    Norm.objects.filter(act="d.lgs. 36/2023").update(status="changed")
    assert "tenga conto della modifica" in review_page(client, login, person, TEXT).text


@pytest.mark.parametrize(
    "text", ["Art. 1 - Oggetto\nIl servizio dura un anno.", TEXT.split("\n\n", maxsplit=1)[0]]
)
def test_norms_in_force_or_none_ask_nothing_of_the_reviewer(client, login, person, text):
    assert review_page(client, login, person, text).context["stale"] == []


def test_a_row_not_compared_with_the_law_says_so(client, person):
    address = published(person, text=TEXT).entry.get_absolute_url()
    assert "da verificare" not in client.get(address).content.decode()
    Norm.objects.update(confidence="to_check")
    assert "da verificare" in client.get(address).content.decode()


@pytest.mark.parametrize("times", [1, 5])
def test_norms_to_weigh_are_the_same_queries_however_many(
    client, login, person, times, django_assert_num_queries
):
    text = "\n\n".join(
        f"Art. {n} - Requisiti\nSi veda l'art. {80 + n} del d.lgs. 50/2016."
        for n in range(1, times + 1)
    )
    version = VersionFactory(text_file=text)
    judged = queries.judged_citations(version, on=version.effective_on)
    with django_assert_num_queries(1):
        found = queries.stale_norms(queries.cited_norms(judged), version.clauses.all())
    assert [len(one.clauses) for one in found] == [1] * times
