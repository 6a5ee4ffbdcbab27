"""Adapting an entry for one's own body, and how far copies are behind."""

import pytest

from casa.foundation.errors import Refused
from casa.intake.models import Upload
from casa.library import access, services
from casa.library.models import Basis, Derivation, Entry
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.library.makers import NOON, TODAY, EntryFactory, UploadFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(person):
    return published(person, title="Convenzione tipo", audience="public").entry


@pytest.fixture
def comune():
    return BodyFactory(name="Comune di Prova")


def adapt(source, actor, *, title="La nostra convenzione"):
    office = BodyFactory._meta.model.objects.get(pk=actor.acting_for).offices.get()
    return services.derive(source=source, title=title, office=office, actor=actor, now=NOON)


def publish_next(entry, actor, *, text, reviewer=None):
    upload = UploadFactory(body=entry.body, text=text)
    proposal = services.Proposal(
        changes="Cambiato l'articolo 2.",
        why="Prova",
        effective_on=TODAY,
        audience=entry.audience,
        uploads=[upload],
    )
    version = services.open_version(entry=entry, proposal=proposal, actor=actor, now=NOON)
    version = services.propose_version(version=version, actor=actor, now=NOON)
    if reviewer is None:
        return version
    return services.publish_version(
        version=version, checklist=[], waivers=[], note="", actor=reviewer, now=NOON
    )


def test_the_copy_has_the_same_file_card_and_clause_keys_and_knows_its_source(
    person, source, comune
):
    author = person("author", comune)

    draft = adapt(source, author)

    entry = draft.entry
    assert (entry.body, entry.title, entry.audience) == (comune, "La nostra convenzione", "body")
    assert (entry.kind, entry.object, entry.pillar) == (source.kind, source.object, source.pillar)
    keys = source.current.clauses.order_by("position").values_list("key", flat=True)
    assert list(draft.clauses.order_by("position").values_list("key", flat=True)) == list(keys)
    copy = draft.files.get().upload
    original = source.current.files.get().upload
    assert copy.pk != original.pk
    assert (copy.body, copy.sha256, copy.state) == (comune, original.sha256, "cleared")
    assert copy.file.open().read() == original.file.open().read()
    tie = Derivation.objects.get(entry=entry)
    assert (tie.source, tie.root, tie.behind) == (source, source, 0)
    assert Basis.objects.get(version=draft).source_version == source.current
    assert TrailLine.objects.filter(act="library.entry.derived").count() == 1


def test_two_clicks_make_one_copy(person, source, comune):
    author = person("author", comune)
    first = adapt(source, author)
    assert adapt(source, author) == first
    assert adapt(source, author, title="Un'altra") != first
    assert Derivation.objects.filter(source=source).count() == 2
    assert Upload.objects.filter(body=comune).count() == 2


def test_chains_keep_their_root(person, source, comune):
    province = BodyFactory(kind="province")
    middle = adapt(source, person("author", province))
    services.propose_version(version=middle, actor=person("author", province), now=NOON)
    Entry.objects.filter(pk=middle.entry_id).update(audience="public")
    middle.entry.refresh_from_db()

    last = adapt(middle.entry, person("author", comune))

    tie = Derivation.objects.get(entry=last.entry)
    assert (tie.source, tie.root) == (middle.entry, source)


def test_copies_are_behind_when_the_source_publishes_and_later_versions_follow_the_same(
    person, comune
):
    province = BodyFactory(kind="province")
    writer = person("author", province)
    source = published(person, body=province, audience="network").entry
    author, reviewer = person("author", comune), person("reviewer", province)
    draft = adapt(source, author)
    services.propose_version(version=draft, actor=author, now=NOON)

    for text in ("Altro testo della fonte.", "Un altro ancora."):
        publish_next(source, writer, text=f"Art. 1 – Oggetto\n1. {text}\n", reviewer=reviewer)

    tie = Derivation.objects.get(entry=draft.entry)
    assert tie.behind == 2
    later = publish_next(draft.entry, author, text="Art. 1 – Oggetto\n1. Testo nostro.\n")
    assert Basis.objects.get(version=later).source_version.number == 1
    tie.refresh_from_db()
    assert tie.behind == 2


@pytest.mark.parametrize("role", ["reader", "reviewer", "administrator"])
def test_only_authors_adapt(person, source, comune, role):
    with pytest.raises(Refused):
        adapt(source, person(role, comune))
    assert not Derivation.objects.exists()


def test_drafts_withdrawn_and_own_entries_are_not_adapted(person, source, comune):
    author = person("author", comune)
    own = published(person, body=comune, audience="body").entry
    assert not access.may_derive(author, own)
    assert not access.may_derive(author, EntryFactory())
    Entry.objects.filter(pk=source.pk).update(withdrawn_at=NOON, withdrawal_reason="Superata")
    source.refresh_from_db()
    assert not access.may_derive(author, source)


def test_the_page_makes_the_draft_and_the_reading_page_tells_where_it_comes_from(
    client, person, login, source, comune
):
    author = person("author", comune)
    login(client, author)
    address = f"{source.get_absolute_url()}adatta/"
    assert "Adatta per il mio ente" in client.get(source.get_absolute_url()).content.decode()
    assert "Nasce una bozza" in client.get(address).content.decode()

    wrong = client.post(address, {"title": "", "office": comune.offices.get().pk})
    assert wrong.status_code == 422
    made = client.post(address, {"title": "Nostra", "office": comune.offices.get().pk}, follow=True)

    page = made.content.decode()
    assert "Adattata da" in page
    assert "basata sulla versione 1" in page
    assert "l'ha già adattato" in client.get(address).content.decode()
    assert "ente l'ha adattata" not in client.get(source.get_absolute_url()).content.decode()
    draft = Entry.objects.get(body=comune).versions.get()
    services.propose_version(version=draft, actor=author, now=NOON)
    assert "1 ente l'ha adattata" in client.get(source.get_absolute_url()).content.decode()


def test_others_are_told_why_they_may_not(client, person, login, source, comune):
    login(client, person("reader", comune))
    assert client.get(f"{source.get_absolute_url()}adatta/").status_code == 403


def test_files_that_are_not_cleared_are_not_copied(person, source, comune):
    upload = source.current.files.get().upload
    Upload.objects.filter(pk=upload.pk).update(state="quarantined", inspected_at=None)
    with pytest.raises(Refused, match="controlli"):
        adapt(source, person("author", comune))
