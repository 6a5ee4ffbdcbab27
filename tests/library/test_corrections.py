"""Headings that people corrected: kept by words, told everywhere, handed on to the next version."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, transaction

from casa import drafting
from casa.foundation.errors import Refused
from casa.library import queries, services
from casa.library.models import Citation, Clause
from casa.library.queries.shelved import shelved
from casa.registry.models import TrailLine
from casa.search.models import IndexCard
from tests.factories import BodyFactory
from tests.library.makers import NOON, EntryFactory, UploadFactory, VersionFactory, published

pytestmark = pytest.mark.django_db
TEXT = """Capitolato di prova

Art. 1 – Oggetto
1. L'appalto riguarda la manutenzione delle aree verdi.
2. Sono compresi lo sfalcio e la potatura.

Clausole particolari

Chi esegue il servizio avvisa il giorno prima, come dice l'art. 50 del d.lgs. 36/2023.

Art. 2 – Durata
1. Il contratto dura due anni.
"""
PARTICULAR = 4  # the block of a line that could be a heading
KEYS = ["art-1", "art-1-c-1", "art-1-c-2", "art-2", "art-2-c-1"]


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def author(person, body):
    return person("author", body)


@pytest.fixture
def draft(body):
    return VersionFactory(entry__body=body, text_file=TEXT)


@pytest.fixture
def shown(person, body):
    return published(person, entry=EntryFactory(body=body), text=TEXT)


def correct(version, actor, **lines):
    """`b4=1`: block 4 is a heading of level 1; `b6=0`: block 6 is none."""
    levels = {int(name.removeprefix("b")): level for name, level in lines.items()}
    upload = version.files.get(position=1).upload_id
    return services.correct_headings(
        version=version, upload=upload, levels=levels, actor=actor, now=NOON
    )


def keys(version):
    return list(version.clauses.order_by("position").values_list("key", flat=True))


def levels(version):
    return dict(version.clauses.order_by("position").values_list("heading", "level"))


def agree(version):
    """The stored clauses are those that a new reading of the file gives."""
    drafted = queries.drafted(version)
    stored = version.clauses.order_by("position")
    assert [(one.key, one.start, one.end) for one in drafted.clauses] == list(
        stored.values_list("key", "start", "end")
    )
    assert all(clause.text in drafted.text[clause.start : clause.end] for clause in stored)


def test_a_line_that_was_not_read_as_a_heading_becomes_one(draft, author):
    correct(draft, author, b4=2)

    assert keys(draft) == [*KEYS[:3], "clausole-particolari", *KEYS[3:]]
    assert levels(draft)["Clausole particolari"] == 2
    agree(draft)


def test_a_false_heading_is_none_and_the_other_addresses_stay(draft, author):
    correct(draft, author, b6=0)

    assert keys(draft) == KEYS[:3]
    agree(draft)


def test_only_the_level_may_be_wrong(draft, author):
    correct(draft, author, b6=3)

    assert levels(draft)["Durata"] == 3
    assert keys(draft) == KEYS
    agree(draft)


def test_what_is_said_again_as_it_was_read_needs_no_correction(draft, author):
    correct(draft, author, b6=0, b4=1)
    correct(draft, author, b6=1)

    assert keys(draft) == [*KEYS[:3], "clausole-particolari", *KEYS[3:]]
    assert [row.words for row in draft.heading_corrections.all()] == ["Clausole particolari"]


@pytest.mark.parametrize("lines", [{}, {"b6": 1}, {"b4": 0}, {"b99": 1}])
def test_nothing_changed_is_said_so_and_keeps_nothing(draft, author, lines):
    with pytest.raises(Refused, match="Non hai cambiato nessuna riga"):
        correct(draft, author, **lines)

    assert not draft.heading_corrections.exists()


def test_a_correction_taken_back_gives_the_old_headings_and_addresses(draft, author):
    correct(draft, author, b6=0)
    row = draft.heading_corrections.get()
    for _ in range(2):
        services.forget_correction(version=draft, correction=row.pk, actor=author, now=NOON)

    assert keys(draft) == KEYS
    assert TrailLine.objects.filter(act="library.version.headings_corrected").count() == 2


def test_the_correction_of_another_version_is_not_taken_back(draft, author):
    other = VersionFactory(entry=EntryFactory(body=draft.entry.body), text_file=TEXT)
    correct(other, author, b6=0)
    row = other.heading_corrections.get()

    services.forget_correction(version=draft, correction=row.pk, actor=author, now=NOON)

    assert other.heading_corrections.exists()


# A published version


def test_the_headings_of_a_published_version_may_be_corrected_and_its_text_stays(shown, author):
    text = shown.text

    correct(shown, author, b4=1, b6=2)

    shown.refresh_from_db()
    assert shown.text == text
    assert keys(shown) == [*KEYS[:3], "clausole-particolari", *KEYS[3:]]
    assert levels(shown)["Durata"] == 2
    agree(shown)


def test_search_and_the_norms_know_the_new_clauses_at_once(shown, author):
    before = IndexCard.objects.get(key=f"library:entry:{shown.entry_id}")
    assert "clausole-particolari" not in [clause["key"] for clause in before.clauses]
    assert Citation.objects.get(version=shown).clause == "art-1-c-2"

    correct(shown, author, b4=1)

    card = IndexCard.objects.get(pk=before.pk)
    assert [clause["key"] for clause in card.clauses] == keys(shown)
    assert card.text == before.text
    assert Citation.objects.get(version=shown).clause == "clausole-particolari"


def test_the_trail_says_who_corrected_how_many_lines(shown, author):
    correct(shown, author, b4=1, b6=2)

    line = TrailLine.objects.get(act="library.version.headings_corrected")
    assert (line.person_id, line.body_id) == (author.person_id, shown.entry.body_id)
    assert line.details == {"number": 1, "lines": 2}


def test_the_card_of_a_draft_is_not_written(draft, author):
    correct(draft, author, b4=1)

    assert not IndexCard.objects.filter(key=f"library:entry:{draft.entry_id}").exists()


def test_the_database_still_refuses_other_changes_of_published_clauses(shown, author):
    correct(shown, author, b4=1)
    first = shown.clauses.order_by("position")[0]

    for change in (
        lambda: shown.clauses.filter(pk=first.pk).update(heading="Altro"),
        lambda: Clause.objects.create(
            version=shown, key="x", text="", position=99, start=0, end=0, first_block=0
        ),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_an_address_renumbered_away_comes_back_with_its_heading(person, shown, author):
    """In the second version article 2 is the third, under its old address; so it stays."""
    renumbered = TEXT.replace(
        "Art. 2 – Durata", "Art. 2 – Recesso\n1. Si recede.\n\nArt. 3 – Durata"
    )
    second = published(person, entry=shown.entry, text=renumbered)
    kept = dict(second.clauses.values_list("heading", "key"))["Durata"]
    place = queries.desk_of(second).headings()[-1].place

    correct(second, author, **{f"b{place}": 0})
    assert kept not in keys(second)
    correct(second, author, **{f"b{place}": 1})

    assert kept == "art-2"
    assert dict(second.clauses.values_list("heading", "key"))["Durata"] == kept
    agree(second)


# Who, and on what


@pytest.mark.parametrize("role", ["reviewer", "administrator", "reader"])
def test_other_mandates_of_the_body_do_not_correct(person, body, draft, role):
    with pytest.raises(Refused, match="mandato di redazione"):
        correct(draft, person(role, body), b4=1)


def test_an_author_of_another_body_does_not_correct(person, draft):
    with pytest.raises(Refused, match="mandato di redazione"):
        correct(draft, person("author"), b4=1)


def test_a_withdrawn_entry_is_not_corrected(person, body, shown, author):
    services.withdraw_entry(
        entry=shown.entry,
        reason="Superata.",
        successor=None,
        actor=person("reviewer", body),
        now=NOON,
    )
    with pytest.raises(Refused):
        correct(shown, author, b4=1)


def test_only_the_newest_version_is_corrected(person, shown, author):
    published(person, entry=shown.entry, text=TEXT)

    with pytest.raises(Refused, match="versione più recente"):
        correct(shown, author, b4=1)


def test_lines_of_a_file_that_was_replaced_are_not_corrected(draft, author):
    with pytest.raises(Refused, match="il testo è stato sostituito"):
        services.correct_headings(
            version=draft, upload=UploadFactory().pk, levels={4: 1}, actor=author, now=NOON
        )


def test_there_is_an_end_to_corrections(draft, author, monkeypatch):
    monkeypatch.setattr("casa.library.services.headings.MOST", 1)
    with pytest.raises(Refused, match="troppe"):
        correct(draft, author, b4=1, b6=0)
    assert not draft.heading_corrections.exists()


# The next version


def proposal(entry, upload):
    return services.Proposal(
        changes="Durata.",
        why="Serve.",
        effective_on=NOON.date(),
        audience="public",
        uploads=[upload],
    )


def test_the_next_version_begins_with_the_corrections_and_says_which_found_no_line(shown, author):
    correct(shown, author, b4=1, b6=0)
    text = TEXT.replace("Art. 2 – Durata", "Art. 2 – Tempi di esecuzione")
    upload = UploadFactory(body=shown.entry.body, text=text)

    second = services.open_version(
        entry=shown.entry, proposal=proposal(shown.entry, upload), actor=author, now=NOON
    )

    desk = queries.desk_of(second)
    assert (desk.met, desk.unmet) == (1, 1)
    assert "clausole-particolari" in keys(second)
    assert "Tempi di esecuzione" in levels(second)
    agree(second)


def test_another_file_in_the_draft_is_told_by_the_same_corrections(draft, author):
    correct(draft, author, b4=1)
    moved = TEXT.replace("Capitolato di prova\n", "Comune di prova\n\nCapitolato di prova\n")
    upload = UploadFactory(body=draft.entry.body, text=moved)

    services.edit_version(
        version=draft, proposal=proposal(draft.entry, upload), actor=author, now=NOON
    )

    assert draft.heading_corrections.get().places == [PARTICULAR + 1]
    assert "clausole-particolari" in keys(draft)
    agree(draft)


def test_corrections_taken_back_in_a_draft_do_not_come_back_with_its_next_file(shown, author):
    correct(shown, author, b4=1)
    first = UploadFactory(body=shown.entry.body, text=TEXT)
    second = services.open_version(
        entry=shown.entry, proposal=proposal(shown.entry, first), actor=author, now=NOON
    )
    services.forget_correction(
        version=second, correction=second.heading_corrections.get().pk, actor=author, now=NOON
    )

    services.edit_version(
        version=second,
        proposal=proposal(shown.entry, UploadFactory(body=shown.entry.body, text=TEXT)),
        actor=author,
        now=NOON,
    )

    assert keys(second) == KEYS


def test_a_copy_for_another_body_begins_with_the_corrections_and_the_addresses(
    person, shown, author
):
    correct(shown, author, b4=1, b6=3)
    other = BodyFactory()

    copy = services.derive(
        source=shown.entry,
        title="Il nostro",
        office=other.offices.get(),
        actor=person("author", other),
        now=NOON,
    )

    assert keys(copy) == keys(shown)
    assert levels(copy) == levels(shown)
    assert copy.heading_corrections.count() == 2
    agree(copy)


def test_two_versions_are_compared_as_the_newer_one_was_corrected(person, shown, author):
    second = published(person, entry=shown.entry, text=TEXT)
    correct(second, author, b4=1)

    found = queries.pair_of(shown, second).comparison

    assert [change.state for change in found.clauses if change.state != "same"] == []


def test_words_that_stand_twice_are_corrected_where_they_were_meant(body, author):
    twice = "Indice\n\nClausole particolari\n\n" + TEXT
    version = VersionFactory(entry__body=body, text_file=twice)
    places = [
        line.place
        for line in queries.desk_of(version).others()
        if line.words == "Clausole particolari"
    ]

    correct(version, author, **{f"b{places[1]}": 1})

    row = version.heading_corrections.get()
    assert (row.turn, row.turns, row.places) == (2, 2, [places[1]])
    agree(version)


def test_stored_clauses_rule_when_the_text_would_be_cut_otherwise_today(shown):
    rows = list(shown.clauses.order_by("position"))
    draft = queries.drafted(shown)
    fewer = replace(draft, clauses=draft.clauses[:2])

    told = shelved(fewer, (), rows)

    assert [clause.key for clause in told.clauses] == KEYS
    assert [clause.text for clause in told.clauses] == [row.text for row in rows]
    assert told.clauses[2].last_block == 5
    assert drafting.from_json(drafting.to_json(told)) == told
