"""The family of a model: who derived from what, who is behind, how much it is used in all."""

import pytest

from casa.library import drawing, queries, services
from casa.library.models import Basis, Derivation, Entry, Tally, Version
from casa.registry.actor import ANONYMOUS
from casa.registry.models import Body, Office
from tests.factories import BodyFactory
from tests.library.makers import NOON, TODAY, published
from tests.library.test_deriving import adapt

pytestmark = pytest.mark.django_db


@pytest.fixture
def source(person):
    return published(person, title="Convenzione tipo", audience="public").entry


def copy_for(person, source, *, audience="body", name=None):
    body = BodyFactory(**({"name": name} if name else {}))
    author = person("author", body)
    draft = adapt(source, author)
    draft = services.propose_version(version=draft, actor=author, now=NOON)
    entry = draft.entry
    type(entry).objects.filter(pk=entry.pk).update(audience=audience)
    entry.refresh_from_db()
    return entry


def test_each_text_stands_below_the_one_it_comes_from(person, source):
    first = copy_for(person, source, audience="public", name="Provincia di Prova")
    copy_for(person, source, name="Comune di Altrove")
    copy_for(person, first, name="Comune di Prova")

    members = queries.family_of(first, person("reader")).members

    assert [(m.depth, m.body, m.based_on) for m in members] == [
        (0, str(source.body), 0),
        (1, "Provincia di Prova", 1),
        (2, "Comune di Prova", 1),
        (1, "Comune di Altrove", 1),
    ]
    assert [m.parent for m in members] == [-1, 0, 1, 0]


def test_a_body_without_a_territory_stands_under_the_province_above_it(person, source):
    copy = copy_for(person, source, name="Comune di Prova")
    above = BodyFactory(kind="province", name="Provincia di Prova")
    type(copy.body).objects.filter(pk=copy.body_id).update(province_body=above)
    type(copy.body).objects.filter(pk=source.body_id).update(kind="province", municipality=None)

    members = queries.family_of(source, person("reader")).members

    assert [m.province for m in members] == [source.body.name, "Provincia di Prova"]


def test_use_is_counted_up_the_tree(person, source):
    copy = copy_for(person, source)
    for entry, downloads in ((source, 40), (copy, 200)):
        Tally.objects.create(version=entry.current, day=TODAY, downloads=downloads)

    family = queries.family_of(source, person("reader"))

    assert (family.copies, family.uses) == (1, 240)


def test_strangers_see_only_what_they_may_read(client, person, source):
    copy_for(person, source, name="Comune Riservato")
    copy_for(person, source, audience="public", name="Comune Aperto")

    page = client.get(f"{source.get_absolute_url()}famiglia/").content.decode()

    assert "Comune Aperto" in page
    assert "Comune Riservato" not in page
    assert "non si vede perché riservato" in page


def test_members_see_who_is_behind_though_not_their_text(client, person, login, source):
    copy = copy_for(person, source, name="Comune Riservato")
    Derivation.objects.filter(entry=copy).update(behind=2)
    login(client, person("reader"))

    page = client.get(f"{source.get_absolute_url()}famiglia/").content.decode()

    assert "Comune Riservato" in page
    assert "indietro di 2 versioni" in page
    assert copy.get_absolute_url() not in page


def test_drafts_are_nobodys_business(person, source):
    adapt(source, person("author", BodyFactory()))
    assert queries.family_of(source, person("reader")).copies == 0


@pytest.mark.parametrize("copies", [1, 5])
def test_a_family_costs_the_same_questions_however_large(
    person, source, copies, django_assert_max_num_queries
):
    for _ in range(copies):
        copy_for(person, source)
    reader = person("reader")
    with django_assert_max_num_queries(5):
        assert queries.family_of(source, reader).copies == copies


def many_copies(copy, source, number):
    """As many copies as if each body had adapted it, written at once."""
    ties = range(number)
    bodies = Body.objects.bulk_create(
        [Body(kind="municipality", name=f"Comune {n}", slug=f"comune-{n}") for n in ties]
    )
    offices = Office.objects.bulk_create(
        [Office(body=body, name="Ufficio unico", is_default=True) for body in bodies]
    )
    entries = Entry.objects.bulk_create(
        [cloned(copy, slug=f"c-{n}", body=bodies[n], office=offices[n], current=None) for n in ties]
    )
    versions = Version.objects.bulk_create([cloned(copy.current, entry=one) for one in entries])
    for entry, version in zip(entries, versions, strict=True):
        entry.current = version
    Entry.objects.bulk_update(entries, ["current"])
    Basis.objects.bulk_create(
        [Basis(version=version, source_version=source.current) for version in versions]
    )
    tie = Derivation.objects.get(entry=copy)
    Derivation.objects.bulk_create([cloned(tie, entry=entry) for entry in entries])


def cloned(row, **changed):
    """A row like that one, not yet written."""
    fields = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}
    for name in changed:
        fields.pop(row._meta.get_field(name).attname)
    return type(row)(**{**fields, "id": None, **changed})


@pytest.mark.parametrize("copies", [5, 500])
def test_the_tree_asks_the_same_of_five_and_of_five_hundred(
    client, login, person, source, copies, django_assert_num_queries
):
    many_copies(copy_for(person, source), source, copies - 1)
    reader = person("reader")
    with django_assert_num_queries(4):
        family = queries.family_of(source, reader)
    assert (family.copies, len(family.members)) == (copies, copies + 1)
    login(client, reader)
    address = f"{source.get_absolute_url()}famiglia/"
    client.get(address)
    with django_assert_num_queries(15):
        client.get(address)


def test_the_picture_holds_the_first_lines_and_says_how_many_are_left(person, source):
    copy_for(person, source)
    members = queries.family_of(source, person("reader")).members
    many = [*members, *[members[1]] * drawing.MOST]

    tree = drawing.tree_of(many)

    assert (len(tree.dots), tree.more) == (drawing.MOST, 2)
    assert tree.dots[0].path == ""
    assert tree.dots[1].path.startswith("M")


def test_places_filter_the_table(client, person, login, source):
    copy_for(person, source)
    login(client, person("reader"))
    page = client.get(f"{source.get_absolute_url()}famiglia/", {"area": "nessuna"})
    assert "Nessun adattamento in questi luoghi" in page.content.decode()


def test_an_entry_that_nobody_adapted_says_so(client, source):
    page = client.get(f"{source.get_absolute_url()}famiglia/").content.decode()
    assert "Nessun ente l'ha ancora adattato" in page


def test_strangers_see_an_open_copy_of_a_text_that_is_not_theirs_to_read(client, person):
    source = published(person, title="Convenzione di rete", audience="network").entry
    copy = copy_for(person, source, audience="public", name="Comune Aperto")

    family = queries.family_of(copy, ANONYMOUS)

    assert [(m.depth, m.parent, m.body) for m in family.members] == [(0, -1, "Comune Aperto")]
    assert (family.copies, family.hidden) == (1, 1)
    page = client.get(f"{copy.get_absolute_url()}famiglia/").content.decode()
    assert "Comune Aperto" in page
    assert source.title not in page
