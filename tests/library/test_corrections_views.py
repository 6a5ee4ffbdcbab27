"""The page on which an author says which lines are headings."""

import re

import pytest

from casa.library import queries, services
from tests.factories import BodyFactory
from tests.library.makers import NOON, EntryFactory, UploadFactory, VersionFactory, published
from tests.library.test_corrections import TEXT, correct, keys

pytestmark = pytest.mark.django_db
QUERIES = 9


@pytest.fixture
def body():
    return BodyFactory()


@pytest.fixture
def author(person, body):
    return person("author", body)


@pytest.fixture
def version(person, body):
    return published(person, entry=EntryFactory(body=body), text=TEXT)


@pytest.fixture
def desk(client, login, author):
    return login(client, author)


def address(version, query=""):
    return f"{version.entry.get_absolute_url()}titoli/{query}"


def typed(answer, **changes):
    """What the form on a page would send, with `riga_4="1"` for the line at block 4."""
    data = {"file": answer.context["form"]["file"].value()}
    for field in answer.context["form"].visible_fields():
        data[field.html_name] = data[field.html_initial_name] = field.value()
    return data | {name.replace("_", "-"): value for name, value in changes.items()}


def send(client, version, *, query="", act="salva", **changes):
    data = typed(client.get(address(version, query)), **changes)
    return client.post(address(version, query), {**data, "azione": act})


def index_of(answer):
    return [f"{line.label} {line.heading}".strip() for line in answer.context["index"]]


def test_the_page_lists_the_headings_each_with_a_choice(desk, version):
    answer = desk.get(address(version))

    labels = [str(field.label) for field in answer.context["form"].visible_fields()]
    assert labels == ["Art. 1 – Oggetto", "Art. 2 – Durata"]
    assert index_of(answer) == ["Art. 1 Oggetto", "Art. 2 Durata"]
    choices = re.findall(r"<option[^>]*>([^<]*)</option>", answer.content.decode())
    assert choices[:5] == [
        *(f"È un titolo di livello {level}" for level in range(1, 5)),
        "Non è un titolo",
    ]


def test_the_other_lines_are_found_by_their_words(desk, version):
    answer = desk.get(address(version, "?elenco=altre&parole=CLAUSOLE"))
    long = "altre&parole=avvisa"

    assert [str(f.label) for f in answer.context["form"].visible_fields()] == [
        "Clausole particolari"
    ]
    assert desk.get(address(version, f"?elenco={long}")).context["page"].paginator.count == 1
    nothing = desk.get(address(version, "?elenco=altre&parole=zzz")).content.decode()
    assert "Nessuna riga con queste parole" in nothing


def test_long_lines_are_shown_when_asked_for(desk, person, body):
    text = TEXT + "\n\n" + "parola " * 60
    version = published(person, entry=EntryFactory(body=body), text=text)
    short = desk.get(address(version, "?elenco=altre&parole=parola+parola"))
    long = desk.get(address(version, "?elenco=altre&parole=parola+parola&tutte=1"))

    assert [answer.context["page"].paginator.count for answer in (short, long)] == [0, 1]


def test_saving_tells_what_happened_and_the_reading_page_has_the_new_index(desk, version):
    answer = send(desk, version, query="?elenco=altre", riga_4="2")

    assert answer.status_code == 302
    assert answer["Location"] == address(version, "?elenco=altre")
    assert "1 riga corretta." in desk.get(answer["Location"]).content.decode()
    page = desk.get(version.entry.get_absolute_url()).content.decode()
    assert re.search(r'<h4 id="clausole-particolari">\s*Clausole particolari', page)
    assert '<li class="casa-level-2"><a href="#clausole-particolari">' in page


def test_a_preview_shows_the_index_and_saves_nothing(desk, version):
    answer = send(desk, version, act="anteprima", riga_6="0")

    assert answer.status_code == 200
    assert index_of(answer) == ["Art. 1 Oggetto"]
    assert answer.context["form"]["riga-6"].value() == "0"
    assert "Anteprima dell&#x27;indice" in answer.content.decode().replace("'", "&#x27;")
    assert index_of(desk.get(address(version))) == ["Art. 1 Oggetto", "Art. 2 Durata"]


@pytest.mark.parametrize("level", ["12", "-1", "due"])
def test_an_impossible_choice_is_said_beside_its_line_and_the_others_stay(desk, version, level):
    answer = send(desk, version, riga_1="3", riga_6=level)

    assert answer.status_code == 422
    assert "riga-6" in answer.context["form"].errors
    assert answer.context["form"]["riga-1"].value() == "3"
    assert not version.heading_corrections.exists()


def test_nothing_chosen_is_said_on_the_form(desk, version):
    answer = send(desk, version)

    assert answer.status_code == 422
    assert "Non hai cambiato nessuna riga" in answer.content.decode()


def test_what_a_colleague_corrected_meanwhile_stays_as_it_is(desk, version, author):
    data = typed(desk.get(address(version)), riga_1="2")
    correct(version, author, b6=0)

    assert desk.post(address(version), {**data, "azione": "salva"}).status_code == 302

    told = {row.words: row.level for row in version.heading_corrections.all()}
    assert told == {"Art. 2 – Durata": 0, "Art. 1 – Oggetto": 2}


def test_lines_of_a_file_that_was_replaced_are_shown_anew(desk, body, author):
    draft = VersionFactory(entry__body=body, text_file=TEXT)
    data = typed(desk.get(address(draft)), riga_1="2")
    services.edit_version(
        version=draft,
        proposal=services.Proposal(
            changes="Altro.",
            why="Serve.",
            effective_on=NOON.date(),
            audience="public",
            uploads=[UploadFactory(body=body, text="Art. 1 – Altro\n1. Altro.")],
        ),
        actor=author,
        now=NOON,
    )

    answer = desk.post(address(draft), {**data, "azione": "salva"})

    assert answer.status_code == 422
    assert "il testo è stato sostituito" in answer.content.decode()
    assert [str(f.label) for f in answer.context["form"].visible_fields()] == ["Art. 1 – Altro"]
    assert not draft.heading_corrections.exists()


def test_a_correction_is_taken_back_from_the_list(desk, version, author):
    correct(version, author, b6=0)
    row = version.heading_corrections.get()

    page = desk.get(address(version, "?elenco=corrette")).content.decode()
    answer = desk.post(f"{address(version)}{row.pk}/togli/")

    assert "Art. 2 – Durata" in page
    assert answer["Location"] == address(version, "?elenco=corrette")
    assert "art-2" in keys(version)
    assert desk.get(f"{address(version)}{row.pk}/togli/").status_code == 405


def test_the_next_version_says_how_many_corrections_hold_and_how_many_found_no_line(
    desk, version, author, body
):
    correct(version, author, b4=1, b6=0)
    text = TEXT.replace("Art. 2 – Durata", "Art. 2 – Tempi di esecuzione")
    data = {
        "main": UploadFactory(body=body, text=text).pk,
        "changes": "Tempi.",
        "why": "Serve.",
        "effective_on": "2026-05-05",
        "audience": "public",
    }

    page = desk.post(
        f"{version.entry.get_absolute_url()}nuova-versione/", data, follow=True
    ).content.decode()

    assert "1 correzione ai titoli vale anche in questo testo." in page
    assert "1 correzione ai titoli non ha trovato la sua riga: controlla l&#x27;indice." in page
    assert "di 1 non abbiamo trovato la riga" in page


def test_the_reading_page_offers_it_to_those_who_may(client, login, person, version, body):
    link = f'href="{address(version)}"'
    offered = {
        role: link
        in login(client, person(role, body)).get(version.get_absolute_url()).content.decode()
        for role in ("author", "reviewer", "reader")
    }

    assert offered == {"author": True, "reviewer": False, "reader": False}


def test_an_old_version_does_not_offer_it(desk, person, version):
    published(person, entry=version.entry, text=TEXT)

    assert address(version) not in desk.get(version.get_absolute_url()).content.decode()


@pytest.mark.parametrize("role", ["reviewer", "reader", "administrator"])
def test_who_may_not_is_told_why(client, login, person, version, body, role):
    answer = login(client, person(role, body)).get(address(version))

    assert answer.status_code == 403
    assert "mandato di redazione" in answer.content.decode()


def test_a_draft_of_others_does_not_exist(client, login, person, body):
    draft = VersionFactory(entry__body=body, text_file=TEXT)

    assert login(client, person("author")).get(address(draft)).status_code == 404


def test_a_text_without_headings_says_where_to_find_them(desk, person, body):
    version = published(person, entry=EntryFactory(body=body), text="Una riga sola.")
    page = desk.get(address(version)).content.decode()

    assert "In questo testo non abbiamo letto titoli" in page
    assert "Senza titoli non c'è un indice" in page


@pytest.mark.parametrize("count", [1, 5])
def test_the_page_asks_the_same_queries_however_many_headings_and_corrections(
    desk, person, body, author, count, django_assert_num_queries
):
    articles = "\n\n".join(f"Art. {n} – Parte {n}\n1. Regola {n}." for n in range(1, count + 2))
    version = published(person, entry=EntryFactory(body=body), text=articles)
    places = [line.place for line in queries.desk_of(version).headings()]
    correct(version, author, **{f"b{place}": 2 for place in places[:count]})

    with django_assert_num_queries(QUERIES):
        desk.get(address(version))
    with django_assert_num_queries(QUERIES):
        desk.get(address(version, "?elenco=corrette"))


def test_lines_are_paged(desk, person, body):
    articles = "\n\n".join(f"Art. {n} – Parte {n}\n1. Regola {n}." for n in range(1, 61))
    version = published(person, entry=EntryFactory(body=body), text=articles)

    answers = [desk.get(address(version, f"?pagina={n}")) for n in (1, 2)]

    assert [len(a.context["form"].visible_fields()) for a in answers] == [50, 10]
    assert len(answers[0].context["index"]) == 60
