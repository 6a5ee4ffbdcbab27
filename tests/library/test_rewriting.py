"""Changing clauses in the browser: what is kept, what becomes a draft, what stays as it is."""

import docx
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from casa import drafting
from casa.foundation.errors import Refused
from casa.foundation.jail import Jail, jail_in_force
from casa.library import queries, services
from casa.library.models import Basis, Rewriting, Version
from casa.library.queries.rewriting import joined
from casa.library.services import rewriting
from tests.factories import BodyFactory
from tests.library.makers import NOON, TODAY, UploadFactory, published
from tests.library.test_deriving import adapt
from tests.library.test_taking import BASE, made, publish

pytestmark = pytest.mark.django_db
needs_jail = pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail on this machine")


@pytest.fixture
def place(person, tmp_path):
    """A Province's model in Word, and a Comune's draft of it."""
    province = BodyFactory(kind="province")
    writer = person("author", province)
    source = published(person, body=province, audience="network").entry
    reviewer = person("reviewer", province)
    upload = made(tmp_path, BASE, province)
    publish(source, writer, upload, audience="network", reviewer=reviewer)
    source.refresh_from_db()
    author = person("author", BodyFactory())
    return source, writer, adapt(source, author), author


def write(entry, actor, words, instead):
    """Write other words into the clause that says these."""
    sheet = queries.sheet_of(entry, queries.rewriting_of(entry))
    clause = next(one for one in sheet.clauses if words in one.before)
    text = clause.before.replace(words, instead)
    services.write_clause(entry=entry, clause=clause, text=text, actor=actor, now=NOON)
    return clause.key


def finish(entry, actor, **said):
    said = {"changes": "", "why": ""} | said
    services.finish_writing(entry=entry, actor=actor, now=NOON, **said)


@needs_jail
@pytest.mark.django_db(transaction=True)
def test_a_draft_gets_the_new_words_and_keeps_source_and_clause_keys(place):
    _source, _writer, draft, author = place
    keys = list(draft.clauses.order_by("position").values_list("key", flat=True))
    based = Basis.objects.get(version=draft).source_version

    write(draft.entry, author, "biologici", "biologici e locali")
    finish(draft.entry, author)

    draft.refresh_from_db()
    assert "I pasti sono biologici e locali." in draft.text
    assert list(draft.clauses.order_by("position").values_list("key", flat=True)) == keys
    assert Basis.objects.get(version=draft).source_version == based
    assert (draft.state, draft.number) == (Version.State.DRAFT, 1)
    assert not Rewriting.objects.exists()


@needs_jail
@pytest.mark.django_db(transaction=True)
def test_a_published_text_stays_and_a_draft_is_born_with_its_note(place):
    source, writer, _draft, _author = place
    write(source, writer, "due anni", "tre anni")
    finish(source, writer, changes="Durata.", why="Bilancio.")

    old, new = source.current, source.versions.order_by("-number").first()
    assert (new.number, new.state, new.changes) == (old.number + 1, Version.State.DRAFT, "Durata.")
    assert "tre anni" in new.text
    assert "due anni" in Version.objects.get(pk=old.pk).text
    assert new.files.get(position=1).upload.format == "docx"


def test_a_new_version_needs_its_note_and_nothing_written_is_lost(place):
    source, writer, _draft, _author = place
    write(source, writer, "due anni", "tre anni")
    with pytest.raises(Refused, match="che cosa cambia e perché"):
        finish(source, writer, changes="Durata.")
    assert len(queries.sheet_of(source, queries.rewriting_of(source)).changed) == 1


def test_nothing_written_is_no_draft(place):
    _source, _writer, draft, author = place
    with pytest.raises(Refused, match="Non hai ancora cambiato"):
        finish(draft.entry, author)
    key = write(draft.entry, author, "biologici", "locali")
    services.forget_clause(entry=draft.entry, key=key, actor=author, now=NOON)
    with pytest.raises(Refused, match="Non hai ancora cambiato"):
        finish(draft.entry, author)
    write(draft.entry, author, "biologici", "biologici")
    assert Rewriting.objects.get().texts == {}


@pytest.mark.parametrize("role", ["reader", "reviewer"])
def test_only_authors_of_the_body_write(place, person, role):
    source, _writer, draft, author = place
    clause = queries.sheet_of(draft.entry, None).clauses[1]
    for actor in (person(role, draft.entry.body), person(role)):
        with pytest.raises(Refused):
            services.write_clause(
                entry=draft.entry, clause=clause, text="Altro.", actor=actor, now=NOON
            )
    with pytest.raises(Refused):
        services.write_clause(entry=source, clause=clause, text="Altro.", actor=author, now=NOON)


def test_what_is_in_review_and_an_empty_clause_are_refused(place):
    source, writer, draft, author = place
    clause = queries.sheet_of(draft.entry, None).clauses[1]
    with pytest.raises(Refused, match="non si toglie da qui"):
        services.write_clause(entry=draft.entry, clause=clause, text=" ", actor=author, now=NOON)
    publish(source, writer, made_again(source), audience="network")
    with pytest.raises(Refused, match="in revisione"):
        write(source, writer, "due anni", "tre anni")


def made_again(source):
    return UploadFactory(body=source.body)


def test_a_draft_is_not_published_without_what_was_written_into_it(place):
    _source, _writer, draft, author = place
    key = write(draft.entry, author, "due anni", "tre anni")
    with pytest.raises(Refused, match="non ancora salvate"):
        services.propose_version(version=draft, actor=author, now=NOON)
    Rewriting.objects.update(state=Rewriting.State.WORKING)
    with pytest.raises(Refused, match="in preparazione"):
        services.propose_version(version=draft, actor=author, now=NOON)

    Rewriting.objects.update(state=Rewriting.State.FAILED)
    services.forget_clause(entry=draft.entry, key=key, actor=author, now=NOON)
    version = services.propose_version(version=draft, actor=author, now=NOON)
    assert version.state == Version.State.PUBLISHED


def test_what_was_written_into_a_text_that_is_no_longer_there_holds_nothing_up(place):
    _source, _writer, draft, author = place
    write(draft.entry, author, "due anni", "tre anni")
    row = Rewriting.objects.get()
    row.texts = {key: {**said, "before": "Un altro testo."} for key, said in row.texts.items()}
    row.save()
    version = services.propose_version(version=draft, actor=author, now=NOON)
    assert version.state == Version.State.PUBLISHED


def test_the_list_of_clauses_says_each_heading_once(place):
    _source, _writer, draft, _author = place
    for clause in queries.sheet_of(draft.entry, None).clauses:
        assert clause.title not in clause.begins


def test_a_text_that_is_no_word_file_says_so(client, person, login):
    source = published(person, audience="public").entry
    writer = person("author", source.body)
    login(client, writer)
    page = client.get(f"{source.get_absolute_url()}scrivi/")
    assert "serve un file Word (DOCX) o ODT" in page.text


def test_tables_stay_between_the_words_and_cannot_be_written(place, tmp_path):
    source, writer, _draft, _author = place
    word = docx.Document()
    word.add_paragraph("Art. 1 – Prezzi", style="Heading 1")
    word.add_paragraph("I prezzi sono questi.")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Pasto", "4,20"
    word.add_paragraph("Valgono un anno.")
    path = tmp_path / "prezzi.docx"
    word.save(str(path))
    upload = UploadFactory(body=source.body, format="docx")
    stored = default_storage.save("quarantine/prova", ContentFile(path.read_bytes()))
    type(upload).objects.filter(pk=upload.pk).update(file=stored)
    upload.reading.draft = drafting.to_json(drafting.read(path))
    upload.reading.save()
    upload.refresh_from_db()
    reviewer = None
    publish(source, writer, upload, audience="network", reviewer=reviewer)
    version = source.versions.order_by("-number").first()
    type(version).objects.filter(pk=version.pk).update(state="draft")

    clause = next(one for one in queries.sheet_of(source, None).clauses if one.has_table)
    assert [bool(part.rows) for part in clause.parts] == [False, True, False]
    text = joined(clause, ["Prezzi\nI prezzi sono fissi.", "Valgono due anni."])
    assert text == "Prezzi\n\nI prezzi sono fissi.\n\nPasto | 4,20\n\nValgono due anni."
    services.write_clause(entry=source, clause=clause, text=text, actor=writer, now=NOON)
    again = queries.sheet_of(source, queries.rewriting_of(source)).changed[0]
    assert [part.text for part in again.parts] == [
        "Prezzi\n\nI prezzi sono fissi.",
        "Pasto | 4,20",
        "Valgono due anni.",
    ]


def test_what_somebody_else_changed_meanwhile_is_not_written_over(place, tmp_path):
    _source, _writer, draft, author = place
    write(draft.entry, author, "biologici", "locali")
    other = made(tmp_path, ["La mensa.", "I pasti sono caldi.", BASE[2]], draft.entry.body)
    proposal = services.Proposal(
        changes="Altro.",
        why="Altro.",
        effective_on=draft.effective_on,
        audience="body",
        uploads=[other],
    )
    services.edit_version(version=draft, proposal=proposal, actor=author, now=NOON)

    assert not queries.sheet_of(draft.entry, queries.rewriting_of(draft.entry)).changed


@needs_jail
@pytest.mark.django_db(transaction=True)
def test_the_page_writes_a_draft_in_one_click(client, login, place):
    _source, _writer, draft, author = place
    login(client, author)
    address = f"{draft.entry.get_absolute_url()}scrivi/"
    key = next(
        one.key for one in queries.sheet_of(draft.entry, None).clauses if "biologici" in one.before
    )
    form = client.get(address, {"clausola": key}).text
    assert 'name="testo"' in form
    assert "I pasti sono biologici." in form
    client.post(address, {"clausola": key, "testo": "I pasti sono locali.", "atto": "bozza"})
    draft.refresh_from_db()
    assert "I pasti sono locali." in draft.text


def test_the_page_keeps_and_forgets(client, login, place):
    source, writer, _draft, _author = place
    login(client, writer)
    address = f"{source.get_absolute_url()}scrivi/"
    key = queries.sheet_of(source, None).clauses[-1].key
    kept = client.post(
        address, {"clausola": key, "testo": "Dura tre anni.", "atto": "tieni"}, follow=True
    )
    assert "1 clausola cambiata" in kept.text
    assert "Dura tre anni." in client.get(address, {"clausola": key}).text
    lacking = client.post(address, {"atto": "bozza", "changes": "Durata.", "why": ""})
    assert (lacking.status_code, "Durata." in lacking.text) == (422, True)
    client.post(address, {"clausola": key, "atto": "togli"})
    assert "1 clausola cambiata" not in client.get(address).text


@pytest.mark.parametrize("lines", [1, 5])
def test_the_page_costs_the_same_questions_however_many_clauses(
    person, tmp_path, lines, django_assert_max_num_queries
):
    body = BodyFactory()
    source = published(person, body=body, audience="network").entry
    writer, reviewer = person("author", body), person("reviewer", body)
    upload = made(tmp_path, BASE[:1] * lines, body)
    publish(source, writer, upload, audience="network", reviewer=reviewer)
    source.refresh_from_db()
    with django_assert_max_num_queries(7):
        assert len(queries.sheet_of(source, None).clauses) >= lines


@needs_jail
@pytest.mark.parametrize("other", ["version", "file"])
def test_what_a_colleague_made_meanwhile_is_not_written_over(
    person, place, tmp_path, monkeypatch, other
):
    source, writer, draft, author = place
    entry, actor = (source, writer) if other == "version" else (draft.entry, author)
    write(entry, actor, "due anni", "tre anni")
    finish(entry, actor, changes="Durata.", why="Bilancio.")
    upload = made(tmp_path, ["La mensa serve tutti.", *BASE[1:]], entry.body)
    make = rewriting.edited_file

    def and_meanwhile(version, texts):
        """A colleague is quicker than the worker."""
        if other == "version":
            shared = {"audience": "network", "reviewer": person("reviewer", source.body)}
            publish(source, writer, upload, **shared)
        else:
            proposal = services.Proposal(
                changes="x", why="y", effective_on=TODAY, audience="body", uploads=[upload]
            )
            services.edit_version(version=draft, proposal=proposal, actor=author, now=NOON)
        return make(version, texts)

    monkeypatch.setattr(rewriting, "edited_file", and_meanwhile)
    rewriting.carry_out_writing(rewriting_id=Rewriting.objects.get().pk, now=NOON)

    row = Rewriting.objects.get()
    assert row.state == "failed"
    assert "Intanto" in row.problem
    newest = entry.versions.order_by("-number").first()
    assert newest.files.get(position=1).upload == upload


def test_two_who_write_into_one_clause_do_not_write_over_each_other(client, login, place):
    _source, _writer, draft, author = place
    login(client, author)
    address = f"{draft.entry.get_absolute_url()}scrivi/"
    key = next(one.key for one in queries.sheet_of(draft.entry, None).clauses if one.title)
    page = client.get(address, {"clausola": key}).content.decode()
    mark = page.split('name="letto" value="')[1].split('"')[0]
    said = {"clausola": key, "letto": mark, "atto": "tieni"}

    assert client.post(address, {**said, "testo": "Testo di un collega."}).status_code == 302
    late = client.post(address, {**said, "testo": "Testo di chi arriva dopo."})

    assert late.status_code == 422
    page = late.content.decode()
    assert "Intanto un collega ha cambiato questa clausola" in page
    assert "Testo di un collega." in page
    assert "Testo di chi arriva dopo." in page
    (kept,) = Rewriting.objects.get().texts.values()
    assert kept["text"] == "Testo di un collega."


@needs_jail
@pytest.mark.django_db(transaction=True)
def test_text_pasted_from_word_is_written_without_the_signs_that_files_refuse(client, login, place):
    _source, _writer, draft, author = place
    login(client, author)
    key = next(one.key for one in queries.sheet_of(draft.entry, None).clauses if one.title)
    said = {"clausola": key, "testo": "1. Prima\x0briga.\x1f\x00\ufffe", "atto": ["tieni", "bozza"]}

    client.post(f"{draft.entry.get_absolute_url()}scrivi/", said)

    draft.refresh_from_db()
    assert not Rewriting.objects.exists(), Rewriting.objects.get().problem
    assert "Prima" in draft.text
    assert "riga." in draft.text
