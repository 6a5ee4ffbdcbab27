"""Which clauses bodies change most, and how they word them."""

import pytest

from casa.library import queries, services
from casa.library.models import Entry
from casa.library.queries.heat import cell_label
from casa.registry.actor import ANONYMOUS
from tests.factories import BodyFactory
from tests.library.makers import NOON, TEXT, TODAY, UploadFactory, published
from tests.library.test_deriving import adapt

pytestmark = pytest.mark.django_db
THREE_YEARS = TEXT.replace("due anni", "tre anni")


@pytest.fixture
def source(person):
    return published(person, title="Capitolato tipo", audience="public", text=TEXT).entry


def copied(person, source, text=None, *, body=None, audience="body"):
    """A body's published copy, with other words where a text is given."""
    body = body or BodyFactory()
    author = person("author", body)
    copy = services.propose_version(version=adapt(source, author), actor=author, now=NOON).entry
    if text:
        rewrite(copy, author, text)
    Entry.objects.filter(pk=copy.pk).update(audience=audience)
    copy.refresh_from_db()
    return copy


def rewrite(copy, author, text):
    proposal = services.Proposal(
        changes="Cambiato.",
        why="Prova",
        effective_on=TODAY,
        audience="body",
        uploads=[UploadFactory(body=copy.body, text=text)],
    )
    draft = services.open_version(entry=copy, proposal=proposal, actor=author, now=NOON)
    return services.propose_version(version=draft, actor=author, now=NOON)


def heat(entry, actor, **more):
    family = queries.family_of(entry, actor)
    return queries.heat_of(entry, actor, family.root_id, family.members, **more)


def warm(found):
    return {one.key: (one.changed, one.dropped, one.added, one.bodies) for one in found.touched}


def test_bodies_are_counted_by_clause_and_not_copies(person, source):
    comune = BodyFactory()
    copied(person, source, THREE_YEARS, body=comune)
    copied(person, source, TEXT.replace("due anni", "nove anni"), body=comune)
    copied(person, source, TEXT.replace("potatura.", "potatura.\n3. Anche le siepi."))
    copied(person, source, TEXT.replace("2. Sono compresi lo sfalcio e la potatura.\n", ""))
    copied(person, source)

    found = heat(source, person("reader"))

    assert found.bodies == 4
    assert warm(found) == {"art-1": (0, 1, 1, 2), "art-2": (1, 0, 0, 1)}
    assert [one.key for one in found.clauses] == ["art-1", "art-2"]
    assert [one.level for one in found.clauses] == [2, 1]


def test_one_that_drops_and_adds_as_many_is_counted_for_both(person, source):
    dropping = TEXT.replace("2. Sono compresi lo sfalcio e la potatura.\n", "")
    copied(person, source, f"{dropping}\nArt. 3 – Penali\n1. Si paga per ogni giorno di ritardo.\n")

    assert warm(heat(source, person("reader"))) == {"art-1": (0, 1, 0, 1), "art-2": (0, 0, 1, 1)}


def test_a_cell_names_its_clause_whole_where_one_points_at_it(client, person, login):
    text = "Schema\n\nArt. 12-bis – Durata\n1. Dura due anni.\n\nArt. 13 – Penali\n1. Si paga.\n"
    source = published(person, title="Schema", audience="public", text=text).entry
    copied(person, source, text.replace("due anni", "tre anni"), audience="public")
    login(client, person("reader"))

    page = client.get(f"{source.get_absolute_url()}famiglia/").content.decode()

    assert 'title="Art. 12-bis – Durata: 1 ente su 1"><span>Art. 12-bis</span>' in page
    assert 'title="Art. 13 – Penali: 0 enti su 1"><span>Art. 13</span>' in page


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ("", "§ 3"),
        ("Art. 5", "Art. 5"),
        ("Capo III", "Capo III"),
        ("Allegato tecnico A.12", "A.12"),
    ],
)
def test_what_fits_a_cell(label, cell):
    assert cell_label(label, 3) == cell


def test_who_is_only_behind_has_changed_nothing(person, source):
    copied(person, source)
    copied(person, source, THREE_YEARS)
    published(person, entry=source, text=TEXT.replace("aree verdi", "aree verdi e dei viali"))
    source.refresh_from_db()
    copied(person, source)

    found = heat(source, person("reader"))
    only = heat(source, person("reader"), number=1)

    assert (warm(found), found.bodies) == ({"art-2": (1, 0, 0, 1)}, 3)
    assert found.versions == {2: 1, 1: 2}
    assert (only.version.number, only.bodies) == (1, 2)
    assert heat(source, person("reader"), number=9) is None


def test_copies_of_copies_are_compared_with_the_text_they_come_from(person, source):
    first = copied(person, source, THREE_YEARS, audience="public")
    copied(person, first)
    copied(person, first, TEXT.replace("due anni", "nove anni"))

    assert warm(heat(source, person("reader"))) == {"art-2": (3, 0, 0, 3)}
    assert warm(heat(first, person("reader", first.body))) == {"art-2": (1, 0, 0, 1)}


def test_what_the_reader_knows_nothing_of_is_not_counted(person, source):
    copied(person, source, THREE_YEARS)
    assert heat(source, ANONYMOUS) is None
    copied(person, source, THREE_YEARS, audience="public")
    assert warm(heat(source, ANONYMOUS)) == {"art-2": (1, 0, 0, 1)}
    assert warm(heat(source, person("reader"))) == {"art-2": (2, 0, 0, 2)}


def test_wordings_are_grouped_and_only_those_that_may_be_read(person, source):
    for _ in range(2):
        copied(person, source, THREE_YEARS, audience="public")
    copied(person, source, audience="public")
    copied(person, source, TEXT.replace("due anni", "dieci anni"))
    copied(person, source, TEXT.partition("Art. 2")[0], audience="public")

    family = queries.family_of(source, person("reader"))
    found = queries.wordings_of(source, family, "art-2")

    assert found.text == "Durata\n\n1. Il contratto dura due anni."
    assert [(one.text, one.bodies) for one in found.others] == [
        ("Durata\n\n1. Il contratto dura tre anni.", 2)
    ]
    assert (len(found.kept), len(found.dropped), found.hidden) == (1, 1, 1)
    assert queries.wordings_of(source, family, "art-9") is None


def test_an_older_text_of_the_source_is_called_so(person, source):
    copied(person, source, audience="public")
    published(person, entry=source, text=THREE_YEARS)
    source.refresh_from_db()

    family = queries.family_of(source, person("reader"))
    found = queries.wordings_of(source, family, "art-2")

    assert [(one.number, one.bodies) for one in found.others] == [(1, 1)]


def test_the_pages_show_the_strip_the_table_and_the_words(client, person, login, source):
    copied(person, source, THREE_YEARS, audience="public")
    copied(person, source, TEXT.replace("due anni", "cento anni"))
    address = f"{source.get_absolute_url()}famiglia/"
    login(client, person("reader"))

    page = client.get(address).content.decode()
    assert 'class="casa-heat-4"' in page
    assert "2 su 2" in page
    assert f"{address}art-2/" in page
    words = client.get(f"{address}art-2/").content.decode()
    assert "tre</ins>" in words.replace(" anni", "")
    assert "cento anni" not in words
    assert "riservato al suo ente" in words

    assert client.get(f"{address}art-9/").status_code == 404
    assert client.get(address, {"versione": "1"}).status_code == 200
    assert client.get(address, {"versione": "0x1"}).status_code == 200
    client.logout()
    assert "1 su 1" in client.get(address).content.decode()


def test_a_text_that_is_not_ones_to_read_has_no_wordings(client, person, login):
    source = published(person, audience="body", text=TEXT).entry
    login(client, person("reader"))
    assert client.get(f"{source.get_absolute_url()}famiglia/art-1/").status_code == 404
    client.logout()
    assert client.get(f"{source.get_absolute_url()}famiglia/art-1/").status_code == 404


@pytest.mark.parametrize("copies", [1, 5])
def test_strip_and_words_cost_the_same_questions_however_many_copies(
    person, source, copies, django_assert_num_queries
):
    for _ in range(copies):
        copied(person, source, THREE_YEARS)
    reader = person("reader")
    family = queries.family_of(source, reader)
    with django_assert_num_queries(4):
        queries.heat_of(source, reader, family.root_id, family.members)
    with django_assert_num_queries(4):
        queries.wordings_of(source, family, "art-2")
