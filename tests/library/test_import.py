"""Bringing an archive in: checked as a whole, brought in row by row, repeated without harm."""

import csv
import io
from datetime import timedelta

import pytest
from click.testing import CliRunner
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casa.foundation.errors import Refused
from casa.intake.models import Upload
from casa.library import services
from casa.library.models import Entry, ImportedRow, ImportRun, Version
from casa.library.services import importing
from casa.library.services.importing.likeness import likeness, sketch_of
from casa.registry.actor import actor_for
from casa.registry.commands import import_
from casa.registry.models import Person, TrailLine
from casa.search.models import IndexCard
from tests.factories import BodyFactory, MandateFactory, NetworkRoleFactory
from tests.library.makers import (
    NOON,
    TODAY,
    FindingFactory,
    PillarFactory,
    UploadFactory,
    published,
)

pytestmark = pytest.mark.django_db
IMPORT = "/biblioteca/importa/"
LONG = "Art. {n} – Oggetto\n1. " + " ".join(f"parola{at}" for at in range(300)) + ".\n"


@pytest.fixture
def body():
    PillarFactory()
    return BodyFactory(name="Comune di prova", slug="comune-di-prova")


@pytest.fixture
def author(person, body):
    return person("author", body)


@pytest.fixture
def manager(person, body):
    """A network manager who also writes for the body."""
    who = Person.objects.get(pk=person("author", body).person_id)
    NetworkRoleFactory(person=who, role="manager")
    return actor_for(who, on=TODAY, acting_for=body.pk)


def manifest(*rows, **common):
    made = [
        {
            "titolo": f"Scheda {n}",
            "tipo": "Modello",
            "oggetto": "Si usa per affidare.",
            "pilastro": "sua",
            "file": f"file-{n}.txt",
            **common,
            **row,
        }
        for n, row in enumerate(rows, start=1)
    ]
    out = io.StringIO()
    titles = list(dict.fromkeys(title for row in made for title in row))
    writer = csv.DictWriter(out, titles, delimiter=";", restval="")
    writer.writeheader()
    writer.writerows(made)
    return out.getvalue().encode()


def folder_with(tmp_path, *texts):
    for n, text in enumerate(texts, start=1):
        (tmp_path / f"file-{n}.txt").write_text(text)
    return tmp_path


def text(n):
    return f"Capitolato {n}\n\nArt. 1 – Oggetto\n1. Testo numero {n} di prova {n * 7}.\n"


def bring(content, folder, body, actor, **asked):
    files = importing.FolderFiles(folder, body)
    run = importing.start_run(
        content,
        name="archivio.csv",
        body=body,
        publishes=asked.get("publishes", False),
        actor=actor,
        now=NOON,
        folder=str(folder),
    )
    return importing.bring_in(run=run, files=files, actor=actor, now=NOON)


def outcomes(run):
    return [row.outcome for row in run.done.order_by("line")]


# The manifest


def test_each_mistake_is_told_with_line_column_and_what_to_write(body, author, tmp_path):
    folder = folder_with(tmp_path, text(1))
    content = manifest(
        {"tipo": "Romanzo"},
        {"titolo": "", "cpv": "12"},
        {"pilastro": "Nessuno", "dal": "domani", "file": "../fuori.txt"},
        {"ufficio": "Ufficio che non c'è", "file": "file-1.txt", "allegati": "file-1.txt"},
    )

    trial = importing.try_manifest(
        content, body=body, files=importing.FolderFiles(folder, body), actor=author
    )

    told = {(mistake.line, mistake.column) for mistake in trial.mistakes}
    assert told == {
        (2, "tipo"),
        (3, "titolo"),
        (3, "cpv"),
        (3, "file"),
        (4, "pilastro"),
        (4, "dal"),
        (4, "file"),
        (5, "ufficio"),
        (5, "allegati"),
    }
    assert str(trial.mistakes[0]).startswith("Riga 2, colonna «tipo»: «Romanzo» non si conosce.")


@pytest.mark.parametrize("content", [b"", b"titolo;tipo\nA;B\n", b"\x00\x01", b"titolo;colore\n"])
def test_what_is_no_manifest_is_refused(body, author, tmp_path, content):
    with pytest.raises(Refused):
        importing.try_manifest(
            content, body=body, files=importing.FolderFiles(tmp_path, body), actor=author
        )


def test_a_trial_changes_nothing_and_tells_equal_files(body, author, tmp_path):
    folder = folder_with(tmp_path, text(1), text(1), text(2))
    bring(manifest({}), folder, body, author)
    before = (Entry.objects.count(), Upload.objects.count(), TrailLine.objects.count())

    trial = importing.try_manifest(
        manifest({}, {}, {}),
        body=body,
        files=importing.FolderFiles(folder, body),
        actor=author,
    )

    assert (trial.there, [twin.line for twin in trial.twins]) == (1, [3])
    assert "«Scheda 1»" in trial.twins[0].sentence
    assert before == (Entry.objects.count(), Upload.objects.count(), TrailLine.objects.count())


# Bringing in


def test_rows_become_drafts_of_an_office_with_files_that_passed_the_intake(body, author, tmp_path):
    folder = folder_with(tmp_path, text(1), text(2))
    content = manifest(
        {"allegati": "file-2.txt", "cpv": "77310000-6", "norme": "d.lgs. 36/2023 | l. 241/1990"},
        contratto="Servizi",
        lettori="La rete degli enti",
        dal="31/01/2026",
    )

    run = bring(content, folder, body, author)

    version = Version.objects.get()
    assert outcomes(run) == ["draft"]
    assert (version.state, version.audience, version.author_id) == (
        "draft",
        "network",
        author.person_id,
    )
    assert version.entry.office.is_default
    assert (version.entry.contract_type, version.entry.cpv_codes) == ("services", ["77310000"])
    assert version.entry.norms == ["d.lgs. 36/2023", "l. 241/1990"]
    assert [file.upload.state for file in version.files.order_by("position")] == ["cleared"] * 2
    assert version.clauses.count() > 0
    assert not IndexCard.objects.exists()


def test_repeating_an_import_makes_nothing_twice(body, author, tmp_path):
    folder = folder_with(tmp_path, text(1), text(2))
    bring(manifest({}, {}), folder, body, author)

    again = bring(manifest({}, {}), folder, body, author)

    assert outcomes(again) == ["there", "there"]
    assert (Entry.objects.count(), Upload.objects.count()) == (2, 2)


def test_an_interrupted_import_is_taken_up_where_it_stopped(body, author, tmp_path):
    folder = folder_with(tmp_path, text(1), text(2), text(3))
    content = manifest({}, {}, {})
    begun = {"name": "a.csv", "body": body, "publishes": False, "actor": author, "now": NOON}
    run = importing.start_run(content, folder=str(folder), **begun)
    files = importing.FolderFiles(folder, body)

    def stop(done, total):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        importing.bring_in(run=run, files=files, actor=author, now=NOON, progress=stop)
    office = body.offices.get()
    files.upload("file-3.txt", office=office, actor=author, now=NOON)  # received, not used yet
    resumed = importing.start_run(content, folder=str(folder), **begun)
    done = importing.bring_in(run=resumed, files=files, actor=author, now=NOON)

    assert resumed == run
    assert outcomes(done) == ["draft"] * 3
    assert (Entry.objects.count(), Upload.objects.count()) == (3, 3)
    assert done.finished_at is not None


def test_a_file_that_the_intake_rejects_stops_its_row_only(body, author, tmp_path):
    folder = folder_with(tmp_path, text(1), text(2))
    (folder / "file-1.txt").write_bytes(b"MZ\x90\x00" + b"\x00" * 500)

    run = bring(manifest({}, {}), folder, body, author)

    refused, made = run.done.order_by("line")
    assert (refused.outcome, made.outcome) == ("refused", "draft")
    assert "file-1.txt" in refused.sentence
    (folder / "file-1.txt").write_text(text(3))
    assert outcomes(bring(manifest({}, {}), folder, body, author)) == ["draft", "there"]


def test_equal_and_nearly_equal_texts_are_marked(body, author, tmp_path):
    nearly = LONG.format(n=1).replace("parola299", "altra")
    folder = folder_with(tmp_path, LONG.format(n=1), LONG.format(n=1), nearly, text(9))

    run = bring(manifest({}, {}, {}, {}), folder, body, author)

    first, equal, near, other = run.done.order_by("line")
    assert (first.twin, other.twin) == (None, None)
    assert (equal.twin, equal.likeness) == (first.entry, 100)
    assert near.twin in {first.entry, equal.entry}
    assert 70 <= near.likeness < 100


def test_likeness_is_a_share_of_the_words_in_common():
    one = sketch_of(LONG)

    assert likeness(one, one) == 100
    assert likeness(one, sketch_of("tutt'altro testo di poche parole diverse")) == 0
    assert likeness(sketch_of(""), sketch_of("")) == 0


@pytest.mark.parametrize("role", ["reader", "reviewer", "administrator"])
def test_only_authors_bring_archives_in(person, body, tmp_path, role):
    folder = folder_with(tmp_path, text(1))

    for who in (person(role, body), person("author")):
        with pytest.raises(Refused, match="mandato di redazione"):
            bring(manifest({}), folder, body, who)


# Publishing without review


def test_a_network_manager_publishes_in_one_act_and_everything_says_so(
    client, body, manager, tmp_path
):
    folder = folder_with(tmp_path, text(1), text(2))

    run = bring(manifest({}, {}), folder, body, manager, publishes=True)

    version = Version.objects.get(entry__title="Scheda 1")
    line = TrailLine.objects.get(act="library.archive.published")
    assert outcomes(run) == ["published"] * 2
    assert (version.state, version.reviewer) == ("published", None)
    assert (line.details["unreviewed"], line.person_id) == (2, manager.person_id)
    published_lines = TrailLine.objects.filter(act="library.version.published")
    assert {one.details["unreviewed"] for one in published_lines} == {True}
    assert not IndexCard.objects.get(key=f"library:entry:{version.entry_id}").reviewed
    assert "non rivista: pubblicata insieme" in client.get(version.entry.get_absolute_url()).text
    assert "Non rivista" in client.get(reverse("library:catalogue")).text


def test_nobody_else_publishes_what_was_not_reviewed(body, author, person, tmp_path):
    folder = folder_with(tmp_path, text(1))

    for who in (author, person(network="manager")):
        with pytest.raises(Refused):
            bring(manifest({}), folder, body, who, publishes=True)
    bring(manifest({}), folder, body, author)
    with pytest.raises(Refused):
        services.publish_unreviewed(version=Version.objects.get(), actor=author, now=NOON)


def test_what_needs_judgement_stays_a_draft_with_the_reason(body, manager, tmp_path):
    folder = folder_with(tmp_path, LONG.format(n=1), LONG.format(n=1), text(3))
    bring(manifest({}, {}, {}), folder, body, manager)
    third = Version.objects.get(entry__title="Scheda 3")
    FindingFactory(upload=third.files.get().upload)

    run = bring(manifest({}, {}, {}), folder, body, manager, publishes=True)

    rows = list(run.done.order_by("line"))
    assert [row.outcome for row in rows] == ["published", "there", "there"]
    assert "Somiglia a un'altra scheda" in rows[1].sentence
    assert rows[1].twin == rows[0].entry
    assert "Resta in bozza." in rows[2].sentence
    repeated = bring(manifest({}, {}, {}), folder, body, manager, publishes=True)
    assert [row.outcome for row in repeated.done.order_by("line")] == ["there"] * 3
    fresh = folder_with(tmp_path / "..", LONG.format(n=2), LONG.format(n=2))
    again = bring(manifest({"titolo": "X"}, {"titolo": "Y"}), fresh, body, manager, publishes=True)
    assert "Somiglia a un'altra scheda" in again.done.get(line=3).sentence


# The command


def test_the_command_tries_brings_in_and_says_what_was_done(body, author, tmp_path):
    folder = folder_with(tmp_path, text(1), text(2))
    (folder / "archivio.csv").write_bytes(manifest({}, {}))
    email = Person.objects.get(pk=author.person_id).email
    words = [str(folder / "archivio.csv"), "--as", email]

    tried = CliRunner().invoke(import_, [*words, "--dry-run"])
    nothing = Entry.objects.count()
    done = CliRunner().invoke(import_, words)

    assert (tried.exit_code, nothing) == (0, 0), tried.output
    assert "Schede nuove: 2." in tried.output
    assert "Bozze nuove: 2." in done.output
    refused = CliRunner().invoke(import_, [*words, "--publish"])
    assert isinstance(refused.exception, Refused)


def test_the_command_refuses_strangers_and_mistaken_manifests(body, author, tmp_path):
    (tmp_path / "archivio.csv").write_bytes(manifest({}))
    email = Person.objects.get(pk=author.person_id).email
    path = str(tmp_path / "archivio.csv")

    for words in ([path, "--as", "nessuno@x.it"], [path, "--as", email], ["no.csv", "--as", email]):
        assert isinstance(CliRunner().invoke(import_, words).exception, Refused)
    assert CliRunner().invoke(import_, [path]).exit_code == 2


def test_who_writes_for_two_bodies_says_for_which(body, author, tmp_path):
    folder = folder_with(tmp_path, text(1))
    (folder / "archivio.csv").write_bytes(manifest({}))
    who = Person.objects.get(pk=author.person_id)
    other = MandateFactory(person=who, role="author").body

    CliRunner().invoke(
        import_, [str(folder / "archivio.csv"), "--as", who.email, "--body", other.slug]
    )

    assert Entry.objects.get().body == other


# The page


def send(client, content, **fields):
    file = SimpleUploadedFile("archivio.csv", content, content_type="text/csv")
    return client.post(IMPORT, {"file": file, **fields})


def test_an_author_tries_then_imports_files_of_the_intake(
    client, login, body, author, django_capture_on_commit_callbacks
):
    for n in (1, 2):
        UploadFactory(body=body, name=f"file-{n}.txt", text=text(n), sha256=str(n) * 64)
    login(client, author)
    content = manifest({}, {})

    wrong = send(client, manifest({}, {"file": "altro.txt"}))
    tried = send(client, content, **{"try": "1"})
    assert (wrong.status_code, tried.status_code, ImportRun.objects.count()) == (422, 200, 0)
    assert "«altro.txt» non è fra quelli caricati" in wrong.text
    assert "Schede nuove: 2." in tried.text
    with django_capture_on_commit_callbacks(execute=True):
        done = send(client, content, **{"import": "1"})
    page = client.get(done["Location"])

    assert "Bozze nuove: 2." in page.text
    assert "2 righe su 2." in page.text
    assert {entry.title for entry in Entry.objects.all()} == {"Scheda 1", "Scheda 2"}


def test_a_run_that_stopped_is_resumed_from_its_page(
    client, login, body, author, django_capture_on_commit_callbacks
):
    UploadFactory(body=body, name="file-1.txt", sha256="1" * 64)
    run = importing.start_run(
        manifest({}), name="a.csv", body=body, publishes=False, actor=author, now=NOON
    )
    login(client, author)

    assert "0 righe su 1." in client.get(run.get_absolute_url()).text
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("library:resume_import", args=[run.pk]))
        client.post(reverse("library:resume_import", args=[run.pk]))

    assert "1 righe su 1." in client.get(run.get_absolute_url()).text
    assert Entry.objects.count() == 1


def test_a_run_that_a_stop_of_the_house_interrupted_goes_on_by_itself(body, author):
    UploadFactory(body=body, name="file-1.txt", sha256="1" * 64)
    asked = {"body": body, "publishes": False, "actor": author, "now": NOON}
    run = importing.start_run(manifest({}), name="a.csv", **asked)
    by_hand = importing.start_run(manifest({}), name="b.csv", folder="/archivio", **asked)

    assert importing.wake_runs(now=NOON + timedelta(days=8)) == 0  # left to the button
    assert importing.wake_runs(now=NOON + timedelta(hours=1)) == 1
    assert importing.wake_runs(now=NOON + timedelta(hours=1)) == 0  # it is brought in

    run.refresh_from_db()
    by_hand.refresh_from_db()
    assert (run.is_finished, by_hand.is_finished) == (True, False)
    assert Entry.objects.count() == 1


@pytest.mark.parametrize("who", ["reader", "reviewer"])
def test_the_page_is_refused_with_a_reason_to_who_does_not_write(client, person, login, who):
    login(client, person(who, BodyFactory()))

    for address in (IMPORT, f"{IMPORT}modello.csv"):
        assert client.get(address).status_code == 403


def test_an_import_of_another_body_does_not_exist(client, person, login, body, author):
    run = importing.start_run(
        manifest({}), name="a.csv", body=body, publishes=False, actor=author, now=NOON
    )
    login(client, person("author", BodyFactory()))

    assert client.get(run.get_absolute_url()).status_code == 404
    assert client.post(reverse("library:resume_import", args=[run.pk])).status_code == 404


def test_only_a_network_manager_is_offered_to_publish(client, login, author, manager):
    offered = "Pubblica subito, senza revisione"

    assert offered not in login(client, author).get(IMPORT).text
    assert offered in login(client, manager).get(IMPORT).text


def test_the_template_can_be_filled_in_and_sent_back(client, login, body, author):
    login(client, author)

    content = b"".join(client.get(f"{IMPORT}modello.csv").streaming_content)
    page = send(client, content, **{"try": "1"})

    assert {one.column for one in page.context["trial"].mistakes} == {"file", "allegati"}


@pytest.mark.parametrize("items", [1, 5])
def test_the_page_of_an_import_asks_the_same_queries_however_long_it_is(
    client, person, login, body, author, items, django_assert_num_queries
):
    run = importing.start_run(
        manifest({}), name="a.csv", body=body, publishes=False, actor=author, now=NOON
    )
    entry = published(person, body=body).entry
    for line in range(items):
        ImportedRow.objects.create(
            run=run, line=line, title="x", outcome="draft", entry=entry, twin=entry, likeness=90
        )
    login(client, author)
    client.get(run.get_absolute_url())

    with django_assert_num_queries(10):
        client.get(run.get_absolute_url())


@pytest.mark.parametrize("items", [1, 5])
def test_a_trial_asks_the_same_queries_however_many_rows(
    body, author, items, django_assert_num_queries
):
    for n in range(1, items + 1):
        UploadFactory(body=body, name=f"file-{n}.txt", sha256=str(n) * 64)
    content = manifest(*({} for _ in range(items)))

    with django_assert_num_queries(4):
        importing.try_manifest(content, body=body, files=importing.IntakeFiles(body), actor=author)
