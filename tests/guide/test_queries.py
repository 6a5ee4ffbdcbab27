"""The table of norms as other rooms and the page read it."""

from dataclasses import dataclass
from datetime import date

import pytest

from casa.drafting.norms import verdict
from casa.guide import queries
from casa.guide.queries import Asked, norms_holding
from tests.guide.makers import NormFactory

pytestmark = pytest.mark.django_db
TODAY, END = date(2026, 5, 4), date(2023, 7, 1)


@dataclass
class Cited:
    act: str
    article: str = ""
    comma: str = ""
    letter: str = ""


@pytest.mark.parametrize("number", [1, 5])
def test_the_table_is_read_in_one_query(number, django_assert_num_queries):
    NormFactory.create_batch(number)
    with django_assert_num_queries(1):
        assert len(queries.norm_table().norms) == number


def test_what_editors_correct_is_what_citations_are_judged_by():
    NormFactory(act="l. 1/2001", valid_to=END)
    NormFactory(act="l. 1/2001", valid_from=END, status="repealed", replaced_by="l. 9/2023")
    table = queries.norm_table()

    before = verdict(table, Cited("l. 1/2001", "3"), on=date(2023, 6, 30))
    after = verdict(table, Cited("l. 1/2001", "3"), on=END)
    assert (before.status, after.status, after.since) == ("in_force", "repealed", END)
    assert after.replaced_by == "l. 9/2023"


def test_the_list_is_in_the_order_of_the_law():
    for article in ("95-bis", "9", "all. II.4", "95", "113-bis", ""):
        NormFactory(act="l. 1/2001", article=article)
    rows, _counts = norms_holding(Asked(on=TODAY))

    assert [row.article for row in rows] == ["", "9", "95", "95-bis", "113-bis", "all. II.4"]


def test_words_and_states_narrow_the_list_and_the_counts_stay_of_all_states():
    NormFactory(act="l. 1/2001", article="3", status="repealed", note="Subappaltatori")
    NormFactory(act="l. 1/2001", article="4")
    NormFactory(act="l. 2/2001")

    rows, counts = norms_holding(Asked(on=TODAY, words="1/2001", states=["repealed"]))
    assert [row.article for row in rows] == ["3"]
    assert counts == {"repealed": 1, "in_force": 1}
    for words in (
        "SUBAPPALT l.",
        "art. 3, l. 1/2001",
        "1/2001 art 3",
        "artt. 3 della L. n. 1/2001",
    ):
        assert [row.article for row in norms_holding(Asked(on=TODAY, words=words))[0]] == ["3"]
    assert norms_holding(Asked(on=TODAY, words="niente"))[0] == []


def test_an_article_without_its_own_row_is_answered_by_its_act():
    NormFactory(act="l. 1/2001", status="repealed")
    NormFactory(act="l. 1/2001", article="3")
    NormFactory(act="l. 2/2001")

    def found(words):
        rows = norms_holding(Asked(on=TODAY, words=words))[0]
        return [str(row) for row in rows]

    assert found("art. 12 l. 1/2001") == ["l. 1/2001"]
    assert found("art. 3 l. 1/2001") == ["l. 1/2001", "art. 3, l. 1/2001"]
    assert found("3") == ["art. 3, l. 1/2001"]
    assert found("art. 3 l. 9/2009") == []


@pytest.mark.parametrize(("words", "queries_made"), [("subappaltatori", 0), ("l. 1/2001", 1)])
def test_only_a_citation_reads_the_table(words, queries_made, django_assert_num_queries):
    NormFactory(act="l. 1/2001")
    with django_assert_num_queries(queries_made):
        found = queries.answers(Asked(on=TODAY, words=words))
    assert [one.verdict.status for one in found] == ["in_force"] * queries_made
