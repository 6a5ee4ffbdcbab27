"""Near-duplicates among the published documents, found through the database alone."""

from datetime import date

import pytest

from casa.drafting import similar
from casa.registry.actor import ANONYMOUS, PUBLIC_TOKEN, body_token
from casa.search import prints, queries, services
from casa.search.models import CardPrint
from tests.factories import BodyFactory

pytestmark = pytest.mark.django_db

CLAUSES = [
    f"Articolo {number}. L'appaltatore garantisce la fornitura numero {word} entro i termini del "
    f"contratto, comunica ogni ritardo all'ufficio {word} e risponde dei danni causati al Comune."
    for number, word in enumerate(
        [
            "prima",
            "seconda",
            "terza",
            "quarta",
            "quinta",
            "sesta",
            "settima",
            "ottava",
            "nona",
            "decima",
        ],
        start=1,
    )
]
TEXT = "\n\n".join(CLAUSES)
OTHER = " ".join(f"parola{number} diversa{number * 7}x" for number in range(60))


def filed(key, text, *, audience=(PUBLIC_TOKEN,)):
    spans, at = [], 0
    for number, clause in enumerate(text.split("\n\n"), start=1):
        spans.append({"key": f"art-{number}", "start": at, "end": at + len(clause)})
        at += len(clause) + 2
    services.file_card(
        key=key,
        kind="model",
        title=key,
        object="",
        text=text,
        clauses=spans,
        url=f"/{key}/",
        body=BodyFactory(),
        facets={},
        audience=audience,
        dated_on=date(2026, 1, 1),
        reviewed=True,
    )
    prints.follow()


def test_a_lightly_changed_copy_is_recognised_with_its_share():
    filed("model:1", TEXT)
    filed("model:2", " ".join(f"tutt{n} altro{n} testo{n}" for n in range(50)))
    (copy,) = queries.copies(ANONYMOUS, TEXT.replace("entro i termini", "nei termini", 1))
    assert copy.link.key == "model:1"
    assert 90 <= copy.percent < 100


def test_an_unrelated_text_and_an_empty_one_have_no_copies():
    filed("model:1", TEXT)
    assert queries.copies(ANONYMOUS, " ".join(f"mai{n} visto{n}" for n in range(90))) == ()
    assert queries.copies(ANONYMOUS, "") == ()


def test_what_the_actor_may_not_read_is_never_named():
    filed("model:1", TEXT, audience=[body_token(7)])
    assert queries.copies(ANONYMOUS, TEXT) == ()
    assert queries.spread_of(ANONYMOUS, {"art-1": similar.words_print(CLAUSES[0])}) == {}


def test_the_document_itself_can_be_left_out():
    filed("model:1", TEXT)
    assert queries.copies(ANONYMOUS, TEXT, but=["model:1"]) == ()


def test_a_shared_clause_is_counted_whatever_its_number():
    filed("model:1", TEXT)
    filed("model:2", CLAUSES[2].replace("Articolo 3", "Articolo 14"))
    asked = {"art-1": similar.words_print(CLAUSES[0]), "art-3": similar.words_print(CLAUSES[2])}
    assert queries.spread_of(ANONYMOUS, asked) == {"art-1": 1, "art-3": 2}


def test_prints_follow_the_text_and_go_with_the_card():
    filed("model:1", TEXT)
    before = CardPrint.objects.get()
    filed("model:1", OTHER)
    after = CardPrint.objects.get()
    assert bytes(after.places) != bytes(before.places)
    assert queries.copies(ANONYMOUS, TEXT) == ()
    services.withdraw_card(key="model:1")
    prints.follow()
    assert CardPrint.objects.count() == 0


@pytest.mark.parametrize("count", [1, 5])
def test_copies_ask_the_database_four_times_however_many_there_are(
    count, django_assert_num_queries
):
    for number in range(count):
        filed(f"model:{number}", TEXT)
    with django_assert_num_queries(4):
        assert len(queries.copies(ANONYMOUS, TEXT)) == count
