"""«Proponi modifica alla fonte»: a changed clause goes up, the source answers, the body is named."""

import pytest

from casa.foundation.errors import Refused
from casa.library import queries, services
from casa.library.models import Entry, Suggestion
from casa.notices.models import Duty
from casa.registry.models import TrailLine
from tests.factories import BodyFactory
from tests.library.makers import NOON, TODAY, UploadFactory, published
from tests.library.test_deriving import adapt

pytestmark = pytest.mark.django_db
TEXT = """Capitolato di prova

Art. 1 – Oggetto
1. L'appalto riguarda la manutenzione delle aree verdi.

Art. 2 – Durata
1. Il contratto dura due anni.
"""
OURS = TEXT.replace("due anni", "tre anni")


def write(entry, author, text, audience="body"):
    proposal = services.Proposal(
        changes="Cambiato.",
        why="Prova",
        effective_on=TODAY,
        audience=audience,
        uploads=[UploadFactory(body=entry.body, text=text)],
    )
    version = services.open_version(entry=entry, proposal=proposal, actor=author, now=NOON)
    return services.propose_version(version=version, actor=author, now=NOON)


@pytest.fixture
def place(person):
    """The Province's text and its author; a Comune's author and a copy that lasts three years."""
    province = BodyFactory(kind="province", name="Provincia di prova")
    comune = BodyFactory(name="Comune di prova")
    source = published(person, body=province, audience="public", text=TEXT).entry
    author = person("author", comune)
    copy = services.propose_version(version=adapt(source, author), actor=author, now=NOON).entry
    write(copy, author, OURS)
    copy.refresh_from_db()
    return source, person("author", province), copy, author


def offer(copy, source):
    (only,) = queries.offers_of(copy, source)
    return only


def send(place, **said):
    source, _writer, copy, author = place
    given = {"text": "Il contratto dura tre anni.", "reason": "Due anni non bastano."} | said
    return services.suggest(
        copy=copy, offer=offer(copy, source), actor=given.pop("actor", author), now=NOON, **given
    )


def duties(kind):
    return Duty.objects.filter(kind=kind, done_at=None)


def test_only_what_we_wrote_otherwise_can_be_proposed(place):
    source, _writer, copy, _author = place
    found = offer(copy, source)
    assert "due anni" in found.before
    assert "tre anni" in found.after
    assert queries.offered_source(source) is None


def test_nothing_is_proposed_to_a_source_of_another_installation(place):
    source, _writer, copy, author = place
    found = offer(copy, source)
    Entry.objects.filter(pk=source.pk).update(is_received=True)

    assert queries.offered_source(copy) is None
    with pytest.raises(Refused, match="altra installazione"):
        services.suggest(
            copy=copy, offer=found, text="Tre anni.", reason="Serve.", actor=author, now=NOON
        )
    assert not Suggestion.objects.exists()


def test_a_proposal_is_sent_once_and_the_source_owes_an_answer(place):
    source, _writer, copy, _author = place
    row = send(place)
    assert send(place) == row
    assert row.is_open
    assert duties("library.suggestion").get().office == source.office
    assert not offer(copy, source).can_be_sent
    assert TrailLine.objects.filter(act="library.suggestion.sent").count() == 1


def test_it_needs_words_a_reason_and_an_author_of_ours(place, person):
    _source, writer, copy, _author = place
    with pytest.raises(Refused, match="Scrivi il testo e perché"):
        send(place, reason="  ")
    for actor in (writer, person("reader", copy.body)):
        with pytest.raises(Refused, match="Propone alla fonte"):
            send(place, actor=actor)
    assert not Suggestion.objects.exists()


@pytest.mark.parametrize(
    ("text", "state"),
    [
        ("Il contratto dura tre anni.", "accepted"),
        ("Il contratto dura da due a tre anni.", "edited"),
    ],
)
def test_taken_as_it_is_or_with_other_words_the_next_version_names_the_body(place, text, state):
    source, writer, _copy, _author = place
    row = send(place)
    services.accept_suggestion(suggestion=row, text=text, answer="Grazie.", actor=writer, now=NOON)
    row.refresh_from_db()
    assert (row.state, row.taken) == (state, text)
    assert not duties("library.suggestion").exists()
    assert duties("library.suggestion_answered").get().office == row.copy.office

    version = write(source, writer, TEXT.replace("due anni", "tre anni"), audience="public")
    version.refresh_from_db()
    assert "Comune di prova" in version.changes
    row.refresh_from_db()
    assert row.version == version


def test_declining_needs_a_reason_and_an_answer_is_final(place, person):
    source, writer, _copy, author = place
    row = send(place)
    with pytest.raises(Refused, match="Scrivi perché non la prendete"):
        services.decline_suggestion(suggestion=row, answer=" ", actor=writer, now=NOON)
    with pytest.raises(Refused, match="Risponde chi ha un mandato"):
        services.decline_suggestion(suggestion=row, answer="No", actor=author, now=NOON)
    services.decline_suggestion(suggestion=row, answer="Vale per tutti.", actor=writer, now=NOON)
    with pytest.raises(Refused, match="ha già una risposta"):
        services.accept_suggestion(suggestion=row, text="x", answer="", actor=writer, now=NOON)
    version = write(source, writer, TEXT + "\nArt. 3 – Altro\n1. Altro.\n", audience="public")
    assert "Comune di prova" not in version.changes


def test_what_nobody_answered_is_taken_back_by_whoever_sent_it(place):
    _source, writer, _copy, author = place
    row = send(place)
    with pytest.raises(Refused, match="La ritira chi redige"):
        services.withdraw_suggestion(suggestion=row, actor=writer, now=NOON)
    services.withdraw_suggestion(suggestion=row, actor=author, now=NOON)
    row.refresh_from_db()
    assert row.state == "withdrawn"
    assert not duties("library.suggestion").exists()


def test_the_pages_of_both_bodies(client, login, place, person):
    source, writer, copy, author = place
    login(client, author)
    home = copy.get_absolute_url()
    assert "Proponi questa" in client.get(f"{home}proponi/").content.decode()
    address = f"{home}proponi/?clausola={offer(copy, source).key}"
    empty = client.post(address, {"testo": "Il contratto dura tre anni.", "motivo": ""})
    assert empty.status_code == 422
    assert "Il contratto dura tre anni." in empty.content.decode()
    sent = client.post(
        address, {"testo": "Durata\r\nIl contratto dura tre anni.", "motivo": "Serve"}, follow=True
    )
    assert "Proposta inviata" in sent.content.decode()
    row = Suggestion.objects.get()
    assert row.text == "Durata\nIl contratto dura tre anni."  # as documents end their lines
    page = f"/biblioteca/proposte/{row.pk}/"
    assert "Ritira la proposta" in client.get(page).content.decode()
    assert client.get(address).status_code == 404
    client.logout()

    login(client, writer)
    assert "La prendiamo" in client.get(page).content.decode()
    refused = client.post(page, {"atto": "rifiuta", "testo": "x", "risposta": ""})
    assert refused.status_code == 422
    assert "Scrivi perché non la prendete" in refused.content.decode()
    done = client.post(
        page, {"atto": "prendi", "testo": row.text, "risposta": "Grazie"}, follow=True
    )
    assert "Presa" in done.content.decode()
    client.logout()
    login(client, person("author"))
    assert client.get(page).status_code == 404
    client.logout()
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("count", [1, 5])
def test_the_list_asks_as_much_for_five_as_for_one(
    client, login, place, django_assert_max_num_queries, count
):
    source, writer, copy, _author = place
    for number in range(count):
        Suggestion.objects.create(
            source=source, copy=copy, key=f"k{number}", title=f"Clausola {number}", before="a",
            text="b", reason="c", sent_at=NOON,
        )  # fmt: skip
    login(client, writer)
    address = f"{source.get_absolute_url()}proposte/"
    client.get(address)
    with django_assert_max_num_queries(11):
        assert client.get(address).content.decode().count("Clausola ") == count
