"""Compulsory clauses: who marks them, who must say why they changed one, and who reads it."""

import pytest

from casa.foundation.errors import Refused
from casa.foundation.jail import Jail, jail_in_force
from casa.library import queries, services
from casa.library.models import Departure, Obligation, Taking, Version
from casa.library.queries.obligations import beginning
from casa.library.services.taking import carry_out
from tests.factories import BodyFactory
from tests.library.makers import NOON, TODAY, UploadFactory, published
from tests.library.test_deriving import adapt
from tests.library.test_taking import family  # noqa: F401 -- a fixture

pytestmark = pytest.mark.django_db
needs_jail = pytest.mark.skipif(jail_in_force() is Jail.NONE, reason="no jail on this machine")
TEXT = """Capitolato di prova

Art. 1 – Oggetto
1. L'appalto riguarda la manutenzione delle aree verdi.
2. Sono compresi lo sfalcio e la potatura.

Art. 2 – Durata
1. Il contratto dura due anni.
"""
LAW = {"kind": "law", "reason": "Art. 119 del D.Lgs. 36/2023"}


@pytest.fixture
def place(person):
    """A Province's text, its author, and a Comune's author with a published copy."""
    province, comune = BodyFactory(kind="province"), BodyFactory(name="Comune di Prova")
    source = published(person, body=province, audience="public", text=TEXT).entry
    author = person("author", comune)
    copy = services.propose_version(version=adapt(source, author), actor=author, now=NOON).entry
    return source, person("author", province), copy, author


def mark(entry, actor, *keys, **said):
    said = LAW | said
    return services.mark_clauses(entry=entry, keys=keys, actor=actor, now=NOON, **said)


def write(copy, author, text):
    proposal = services.Proposal(
        changes="Cambiato.",
        why="Prova",
        effective_on=TODAY,
        audience="body",
        uploads=[UploadFactory(body=copy.body, text=text)],
    )
    return services.open_version(entry=copy, proposal=proposal, actor=author, now=NOON)


def test_a_mark_speaks_for_the_clauses_below_and_for_copies(place):
    source, writer, copy, _author = place
    mark(source, writer, "art-1")

    marks = queries.obligations_of(copy)
    from casa.library.queries.obligations import spread

    bound = spread(copy.current.clauses.order_by("position"), marks)

    assert sorted(bound) == ["art-1", "art-1-c-1", "art-1-c-2"]
    assert {row.kind for row in bound.values()} == {"law"}


def test_marking_again_changes_the_word_and_free_takes_it_away(place):
    source, writer, _copy, _author = place
    mark(source, writer, "art-1", "art-2")
    mark(source, writer, "art-1", kind="sua", reason="Convenzione, art. 3")
    mark(source, writer, "art-2", kind="", reason="")

    assert [(row.key, row.kind) for row in Obligation.objects.all()] == [("art-1", "sua")]


@pytest.mark.parametrize(
    ("keys", "said", "told"),
    [
        (["art-1"], {"reason": "  "}, "Scrivi la norma"),
        (["art-99"], {}, "Scegli almeno una clausola"),
        ([], {}, "Scegli almeno una clausola"),
    ],
)
def test_a_mark_needs_a_clause_and_a_reason(place, keys, said, told):
    source, writer, _copy, _author = place
    with pytest.raises(Refused, match=told):
        mark(source, writer, *keys, **said)
    assert not Obligation.objects.exists()


def test_nobody_else_marks(place, person):
    source, _writer, _copy, author = place
    for actor in (author, person("reader", source.body), person()):
        with pytest.raises(Refused):
            mark(source, actor, "art-1")


def test_a_changed_compulsory_clause_asks_for_a_reason_and_the_source_reads_it(place):
    source, writer, copy, author = place
    mark(source, writer, "art-2")
    draft = write(copy, author, TEXT.replace("due anni", "tre anni"))

    with pytest.raises(Refused, match="obbligatorio: «Art"):
        services.propose_version(version=draft, actor=author, now=NOON)
    left = services.explain(
        version=draft, reasons={"art-2": " Lo chiede il bilancio. "}, actor=author, now=NOON
    )
    done = services.propose_version(version=draft, actor=author, now=NOON)

    assert (left, done.state) == ([], Version.State.PUBLISHED)
    row = queries.departures_from(source).get()
    assert (row.title, row.reason, row.is_dropped, row.entry) == (
        "Art. 2 – Durata",
        "Lo chiede il bilancio.",
        False,
        copy,
    )


def test_free_clauses_ask_for_nothing(place):
    source, writer, copy, author = place
    mark(source, writer, "art-2")
    draft = write(copy, author, TEXT.replace("lo sfalcio", "il taglio"))

    services.propose_version(version=draft, actor=author, now=NOON)

    assert not Departure.objects.exists()


def test_the_source_itself_is_free(place, person):
    source, writer, _copy, _author = place
    mark(source, writer, "art-2")
    published(person, entry=source, text=TEXT.replace("due anni", "tre anni"))
    assert not Departure.objects.exists()


def test_a_dropped_clause_and_one_put_into_it_ask_too(place):
    source, writer, copy, author = place
    mark(source, writer, "art-1", "art-2")
    dropped = TEXT.replace("Art. 2 – Durata\n1. Il contratto dura due anni.\n", "")
    draft = write(copy, author, dropped.replace("potatura.", "potatura.\n3. Salvo diverso avviso."))

    rows = queries.departing(draft)

    assert [(row.key, row.is_dropped) for row in rows] == [("art-1", False), ("art-2", True)]


def test_the_same_words_are_explained_once_and_other_words_again(place):
    source, writer, copy, author = place
    mark(source, writer, "art-2")
    changed = TEXT.replace("due anni", "tre anni")
    draft = write(copy, author, changed)
    services.explain(version=draft, reasons={"art-2": "Bilancio."}, actor=author, now=NOON)
    services.propose_version(version=draft, actor=author, now=NOON)

    same = write(copy, author, changed.replace("lo sfalcio", "il taglio"))
    services.propose_version(version=same, actor=author, now=NOON)
    assert Departure.objects.get(version=same).reason == "Bilancio."

    other = write(copy, author, TEXT.replace("due anni", "nove anni"))
    with pytest.raises(Refused, match="obbligatorio"):
        services.propose_version(version=other, actor=author, now=NOON)
    services.discard_version(version=other, actor=author)

    back = write(copy, author, TEXT)
    services.propose_version(version=back, actor=author, now=NOON)
    assert not queries.departures_from(source).exists()


def test_what_the_first_of_a_chain_calls_compulsory_holds_to_the_end(place, person):
    source, writer, copy, _author = place
    type(copy).objects.filter(pk=copy.pk).update(audience="public")
    Version.objects.filter(entry=copy)  # a published version never changes: only the card opens
    copy.refresh_from_db()
    mark(source, writer, "art-2")
    third = person("author", BodyFactory())
    grandchild = adapt(copy, third).entry

    assert sorted(queries.obligations_of(grandchild)) == ["art-2"]


def test_no_mark_costs_one_question(place, django_assert_num_queries):
    _source, _writer, copy, author = place
    draft = write(copy, author, TEXT.replace("due anni", "tre anni"))
    with django_assert_num_queries(2):
        assert queries.departing(draft) == []


def choose(family, choices, **more):  # noqa: F811 -- the fixture's value
    trio = queries.trio_of(family["copy"])
    taking = services.keep_choices(
        entry=family["copy"],
        trio=trio,
        choices=choices,
        texts={},
        actor=family["author"],
        now=NOON,
        **more,
    )
    desk = queries.desk_of_news(trio, taking)
    services.finish_choices(taking=taking, desk=desk, actor=family["author"], now=NOON)


def mark_first(family):  # noqa: F811 -- the fixture's value
    key = family["latest"].clauses.order_by("position").first().key
    mark(family["source"], family["writer"], key)
    return key


def test_not_taking_a_compulsory_clause_asks_why(family):  # noqa: F811
    key = mark_first(family)
    rows = queries.desk_of_news(queries.trio_of(family["copy"]), None).rows
    assert [row.bound.key if row.bound else None for row in rows] == [key, None]
    choices = {row.key: "keep" for row in rows}

    with pytest.raises(Refused, match="Scrivi perché non lo prendete"):
        choose(family, choices)
    choose(family, choices, reasons={rows[0].key: "I nidi sono nostri."})

    assert queries.departures_from(family["source"]).get().reason == "I nidi sono nostri."


@needs_jail
@pytest.mark.django_db(transaction=True)
def test_the_reason_goes_with_the_version_that_takes_the_rest(family):  # noqa: F811
    mark_first(family)
    rows = queries.desk_of_news(queries.trio_of(family["copy"]), None).rows
    choose(family, {rows[0].key: "keep", rows[1].key: "take"}, reasons={rows[0].key: "I nidi."})
    for taking in Taking.objects.all():
        carry_out(taking_id=taking.pk, now=NOON)

    family["copy"].refresh_from_db()
    assert family["copy"].current.number == 3
    assert queries.departures_from(family["source"]).get().version == family["copy"].current


@needs_jail
@pytest.mark.django_db(transaction=True)
def test_what_nobody_was_asked_leaves_a_draft(family):  # noqa: F811
    trio = queries.trio_of(family["copy"])
    rows = queries.desk_of_news(trio, None).rows
    choices = {rows[0].key: "keep", rows[1].key: "take"}
    taking = services.keep_choices(
        entry=family["copy"], trio=trio, choices=choices, texts={}, actor=family["author"], now=NOON
    )
    Taking.objects.update(state="working")  # it was finished, and the worker is busy elsewhere
    key = mark_first(family)
    carry_out(taking_id=taking.pk, now=NOON)

    version = family["copy"].versions.order_by("-number").first()
    assert (version.number, version.state) == (3, Version.State.DRAFT)
    assert [one.key for one in queries.unexplained(version)] == [key]


def test_the_pages_mark_explain_and_show(client, login, place):
    source, writer, copy, author = place
    login(client, writer)
    address = f"{source.get_absolute_url()}clausole-obbligatorie/"
    assert "Art. 2 – Durata" in client.get(address).text
    wrong = client.post(address, {"clauses": ["art-2"], "kind": "law", "reason": ""})
    assert (wrong.status_code, 'value="art-2" checked' in wrong.text) == (422, True)
    client.post(address, {"clauses": ["art-2"], **LAW})
    assert "obbligatoria per legge" in client.get(source.get_absolute_url()).text

    login(client, author)
    draft = write(copy, author, TEXT.replace("due anni", "tre anni"))
    sent = client.post(f"{draft.get_absolute_url()}invia/", follow=True)
    assert "Perché qui è diversa" in sent.text
    reasons = f"{draft.get_absolute_url()}motivi/"
    assert client.post(reasons, {"motivo:art-2": " ", "atto": "invia"}).status_code == 422
    done = client.post(reasons, {"motivo:art-2": "Bilancio.", "atto": "invia"}, follow=True)
    assert "Pubblicata per il tuo ente" in done.text
    assert "lo dice la fonte" in done.text
    assert "Bilancio." not in client.get(f"{source.get_absolute_url()}famiglia/").text

    login(client, writer)
    assert "Bilancio." in client.get(f"{source.get_absolute_url()}famiglia/").text


def test_strangers_get_neither_page(client, login, person, place):
    source, _writer, copy, author = place
    login(client, person("reader", source.body))
    assert client.get(f"{source.get_absolute_url()}clausole-obbligatorie/").status_code == 403
    draft = write(copy, author, TEXT)
    assert client.get(f"{draft.get_absolute_url()}motivi/").status_code == 404


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Il contratto\n\ndura.", "Il contratto dura."),
        ("parola " * 30, "parola " * 21 + "parola …"),
        ("a " * 70 + "del {{ decreto_data|data }} e altro ancora", "a " * 70 + "del …"),
    ],
)
def test_the_first_words_end_with_a_whole_word(text, said):
    assert beginning(text) == said
