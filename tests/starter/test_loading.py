"""Our texts in the library: published once, renewed, and never over what somebody else has done."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from casa.foundation.jail import Jail, jail_in_force
from casa.intake.models import Upload
from casa.library import prepare, services
from casa.library.models import Entry, Kit, StarterText, Version
from casa.library.services.announcing import announce
from casa.library.starter import seeding, tasks
from casa.notices.models import Duty
from casa.registry.actor import SYSTEM
from casa.registry.models import Mandate, Person
from casa.registry.services.newsroom import seed_newsroom
from tests.factories import BodyFactory
from tests.library.makers import PillarFactory, UploadFactory, published
from tests.starter.makers import changed, text

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("read_once"),
    pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail: install bubblewrap"),
]
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
SECOND = "Tra {{ ente }} e la Provincia"
KIT = """title = "Kit di prova"
object = "Tutto per una prova."
pillar = "sua"
items = [{ model = "prima", note = "Si comincia da qui." }]
"""


@pytest.fixture
def newsroom(db):
    PillarFactory()
    return seed_newsroom(actor=SYSTEM, now=NOW)


@pytest.fixture
def folder(tmp_path, newsroom):
    for shelf in ("models", "kits"):
        (tmp_path / shelf).mkdir()
    write(tmp_path, "prima", text())
    write(tmp_path, "seconda", changed("Convenzione di prova", "Altra convenzione"))
    (tmp_path / "kits" / "kit.toml").write_text(KIT, "utf-8")
    return tmp_path


def write(folder, slug, whole):
    (folder / "models" / f"{slug}.md").write_text(whole, "utf-8")


def seed(folder, now=NOW):
    told: list[str] = []
    return dict(seeding.seed(folder, tell=told.append, now=now)), told


def renewed(folder, now=LATER):
    """The first text in a second issue."""
    write(folder, "prima", changed(SECOND, "Fra {{ ente }} e la Provincia", version=2))
    return seed(folder, now)[0]


def first():
    return Entry.objects.get(starter_texts__slug="prima", starter_texts__number=1)


def test_every_text_is_published_by_the_newsroom_for_all(folder, newsroom):
    told, _words = seed(folder)

    entry = first()
    assert told == {"published": 2, "kit_published": 1}
    assert (entry.body, entry.audience, entry.licence) == (newsroom, "public", "CC-BY-4.0")
    assert entry.current.reviewer_id != entry.current.author_id
    assert not Person.objects.filter(
        pk__in=[entry.current.author_id, entry.current.reviewer_id], is_active=True
    )
    assert not entry.body.is_demo
    assert [tag.name for tag in entry.tags.all()] == ["prova"]
    assert StarterText.objects.get(slug="prima").to_check == ["Il termine per il ricorso."]


def test_a_second_start_changes_nothing(folder):
    seed(folder)
    before = (Version.objects.count(), Upload.objects.count(), Kit.objects.get().number)

    told, _words = seed(folder, LATER)

    assert told == {"same": 2, "kit_same": 1}
    assert (Version.objects.count(), Upload.objects.count(), Kit.objects.get().number) == before


def test_a_new_issue_is_a_new_version_of_the_same_entry(folder):
    seed(folder)
    told = renewed(folder)

    entry = first()
    assert told == {"published": 1, "same": 1, "kit_same": 1}
    assert (entry.current.number, entry.versions.count()) == (2, 2)
    assert "Fra {{ ente }} e la Provincia" in entry.current.text


def test_the_card_follows_a_new_issue_unless_a_person_changed_it(folder, person):
    seed(folder)
    write(folder, "prima", changed("Provare che", "Provare ancora che", version=2))
    seed(folder, LATER)
    assert first().object.startswith("Provare ancora")

    entry = first()
    Entry.objects.filter(pk=entry.pk).update(object="Nostro.", edited_at=LATER + timedelta(hours=1))
    write(folder, "prima", changed("Provare che", "Provare di nuovo che", version=3))
    seed(folder, LATER + timedelta(days=1))
    assert (first().object, first().current.number) == ("Nostro.", 3)


def test_a_text_changed_without_a_new_number_is_told_and_left(folder):
    seed(folder)
    write(folder, "prima", changed(SECOND, "Fra {{ ente }} e la Provincia"))

    told, words = seed(folder, LATER)

    assert told["same"] == 2
    assert "prima: il testo è cambiato, ma la sua versione no." in words
    assert first().current.number == 1


def human_version(entry, newsroom, person):
    """A version made by other people of the network's body."""
    author, reviewer = person("author", newsroom), person("reviewer", newsroom)
    upload = UploadFactory(body=newsroom, person_id=author.person_id)
    version = services.open_version(
        entry=entry,
        proposal=services.Proposal(
            changes="Nostra.",
            why="Serviva.",
            effective_on=entry.current.effective_on,
            audience="public",
            uploads=[upload],
        ),
        actor=author,
        now=NOW,
    )
    version = services.propose_version(version=version, actor=author, now=NOW)
    return services.publish_version(
        version=version, checklist=[], waivers=[], note="", actor=reviewer, now=NOW
    )


def test_what_people_have_published_since_is_not_written_over(folder, newsroom, person):
    seed(folder)
    theirs = human_version(first(), newsroom, person)

    told = renewed(folder)

    entry = first()
    assert told == {"proposed": 1, "same": 1, "kit_same": 1}
    assert entry.current == theirs
    assert entry.versions.get(number=3).state == Version.State.IN_REVIEW


def test_what_waits_for_a_person_is_not_proposed_again(folder, newsroom, person):
    seed(folder)
    human_version(first(), newsroom, person)
    renewed(folder)

    told = renewed(folder, LATER + timedelta(days=1))

    assert told == {"same": 2, "kit_same": 1}


def test_a_version_that_people_are_writing_is_left_in_peace(folder, newsroom, person):
    seed(folder)
    author = person("author", newsroom)
    proposal = services.Proposal(
        changes="In corso.",
        why="Serve.",
        effective_on=first().current.effective_on,
        audience="public",
        uploads=[UploadFactory(body=newsroom, person_id=author.person_id)],
    )
    draft = services.open_version(entry=first(), proposal=proposal, actor=author, now=NOW)

    told = renewed(folder)

    assert told == {"refused": 1, "same": 1, "kit_same": 1}
    assert list(first().versions.exclude(state="published")) == [draft]
    assert not Upload.objects.filter(version_file=None, name="prima.docx").exists()


def test_a_withdrawn_entry_stays_withdrawn(folder, newsroom, person):
    seed(folder)
    administrator = person("reviewer", newsroom)
    services.withdraw_entry(
        entry=first(), reason="Superata.", successor=None, actor=administrator, now=NOW
    )

    told = renewed(folder)

    assert told == {"same": 2, "kit_same": 1}
    assert (first().is_withdrawn, first().versions.count()) == (True, 1)


def test_other_bodies_entries_are_never_touched(folder, person):
    theirs = published(person, title="Convenzione di prova").entry
    seed(folder)

    renewed(folder)

    assert theirs.versions.count() == 1
    assert first() != theirs


def test_a_new_issue_is_told_to_an_adapted_copy_and_never_written_over_it(folder, person):
    seed(folder)
    comune = BodyFactory(name="Comune di Prova")
    author, office = person("author", comune), comune.offices.get()
    draft = services.derive(source=first(), title="Nostra", office=office, actor=author, now=NOW)
    copy = services.propose_version(version=draft, actor=author, now=NOW).entry
    before = copy.versions.get().text

    renewed(folder)
    announce(version_id=first().current_id, now=LATER)

    copy.refresh_from_db()
    assert (copy.versions.get(), copy.versions.get().text) == (copy.current, before)
    assert copy.derivation.behind == 1
    duty = Duty.objects.get()
    assert (duty.kind, duty.office) == ("library.source_ahead", office)


def test_a_kit_changes_with_its_file_while_nobody_else_has_touched_it(folder):
    seed(folder)
    more = KIT.replace("da qui.", "da qui." + '" }, { model = "seconda", note = "Poi questa.')
    (folder / "kits" / "kit.toml").write_text(more, "utf-8")

    told, _words = seed(folder, LATER)

    kit = Kit.objects.get()
    assert told == {"same": 2, "kit_published": 1}
    assert (kit.state, kit.number, kit.items.count()) == (Kit.State.PUBLISHED, 2, 2)


def test_a_kit_that_people_have_changed_is_theirs(folder, newsroom, person):
    seed(folder)
    author, reviewer = person("author", newsroom), person("reviewer", newsroom)
    kit = services.reopen_kit(kit=Kit.objects.get(), actor=author)
    kit = services.propose_kit(kit=kit, actor=author, now=NOW)
    services.publish_kit(kit=kit, actor=reviewer, now=NOW)
    (folder / "kits" / "kit.toml").write_text(KIT.replace("Kit di", "Nuovo kit di"), "utf-8")

    told, _words = seed(folder, LATER)

    assert told == {"same": 2, "kit_same": 1}
    assert Kit.objects.get().title == "Kit di prova"


def test_a_kit_waits_for_the_texts_that_it_names(folder):
    (folder / "kits" / "kit.toml").write_text(KIT.replace("prima", "terza"), "utf-8")

    told, _words = seed(folder)

    assert told == {"published": 2, "kit_refused": 1}
    assert not Kit.objects.exists()


def test_a_file_that_cannot_be_read_stops_nothing(folder):
    write(folder, "rotta", "# Senza testata")

    told, words = seed(folder)

    assert told["published"] == 2
    assert any(word.startswith("rotta.md non si può leggere") for word in words)


def test_without_a_jail_nothing_is_brought_in(folder, monkeypatch):
    monkeypatch.setattr(seeding, "jail_in_force", lambda: Jail.NONE)

    told, words = seed(folder)

    assert (told, Upload.objects.exists()) == ({}, False)
    assert "non caricati" in words[0]


def test_without_a_newsroom_nothing_is_brought_in(folder, newsroom):
    Mandate.objects.filter(body=newsroom, role="reviewer").update(ends_on=NOW.date())

    told, words = seed(folder, LATER)

    assert told == {}
    assert "la Redazione non ha chi scrive e chi rivede" in words[0]


def test_a_start_asks_the_worker_only_for_what_is_new(folder, monkeypatch):
    asked, told = [], []
    monkeypatch.setattr(tasks, "folder", lambda: folder)
    worker = SimpleNamespace(enqueue=lambda: asked.append("load_starter"))
    monkeypatch.setattr(tasks, "load_starter", worker)
    prepare.prepare(told.append)
    assert len(asked) == 1

    seed(folder)
    prepare.prepare(told.append)
    assert len(asked) == 1

    write(folder, "prima", changed(SECOND, "Fra {{ ente }} e la Provincia", version=2))
    prepare.prepare(told.append)
    assert len(asked) == 2


def test_the_task_brings_in_what_is_new(folder, monkeypatch):
    monkeypatch.setattr(tasks, "folder", lambda: folder)
    tasks.load_starter.call()
    assert Entry.objects.count() == 2


# The pages


def test_the_list_tells_the_day_of_the_check_and_what_is_left_to_a_jurist(folder, client):
    seed(folder)

    page = client.get("/biblioteca/modelli-della-redazione/").content.decode()

    assert "Citazioni verificate il 25 novembre 2026." in page
    assert "Il termine per il ricorso." in page
    assert "Kit di prova" in page
    assert "Affidamento" in page


def test_the_list_without_texts_says_where_to_look(client, db):
    page = client.get("/biblioteca/modelli-della-redazione/").content.decode()
    assert "Vai alla biblioteca" in page


@pytest.mark.parametrize("items", [1, 5])
def test_the_list_asks_the_same_queries_however_long_it_is(
    folder, client, items, django_assert_num_queries
):
    for number in range(items - 1):
        write(folder, f"altra-{number}", changed("di prova", f"di prova {number}"))
    seed(folder)

    with django_assert_num_queries(4):
        page = client.get("/biblioteca/modelli-della-redazione/")

    assert page.context["total"] == items + 1


def test_while_the_worker_brings_them_in_the_list_says_so_and_nobody_asks_again(client, newsroom):
    DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        task_path=tasks.load_starter.module_path,
        run_after=NOW,
        backend_name="default",
    )

    page = client.get("/biblioteca/modelli-della-redazione/").content.decode()

    assert "stanno arrivando in biblioteca" in page
    assert not tasks.ask(tell=print)
    assert "Vai alla biblioteca" not in page


def test_the_page_of_a_text_tells_it_for_its_own_version_only(folder, newsroom, person, client):
    seed(folder)
    said = "Citazioni verificate il 25 novembre 2026."
    assert said in client.get(first().get_absolute_url()).content.decode()

    theirs = human_version(first(), newsroom, person)

    assert said not in client.get(theirs.get_absolute_url()).content.decode()
    listed = client.get(reverse("library:starter")).context["groups"]
    assert first() not in [row.entry for group in listed for row in group.rows]


def test_the_address_of_the_list_is_no_entrys_slug(folder):
    write(folder, "terza", changed("Convenzione di prova", "Modelli della Redazione"))
    seed(folder)
    entry = Entry.objects.get(title="Modelli della Redazione")
    assert entry.slug == "modelli-della-redazione-2"
