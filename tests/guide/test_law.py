"""The rows of the law, against the same facts written a second time, and what is no row at all."""

import csv
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from casa.guide.law import BadLaw, Law, read_file, read_folder

FOLDER = Path(__file__).parents[2] / "data" / "guide"
FACTS = Path(__file__).with_name("facts.csv")
WORDS = Path(__file__).with_name("facts_words.csv")
ELSEWHERE = {"holidays", "checklists"}
"""Topics whose rows have a second table in a test of their own."""
DAY = timedelta(days=1)
ROWS = read_folder(FOLDER)
LAW = Law(ROWS)
ROW = """
[[row]]
code = "da_works"
value = "150000"
unit = "EUR"
op = "<"
text = "Affidamento diretto"
valid_from = 2023-07-01
citation = "art. 50"
source = "prova"
"""


def facts(path: Path = FACTS) -> list[dict[str, str]]:
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines))


def said(topic: str, code: str, day: str) -> Decimal | None:
    row = LAW.row(topic, code, date.fromisoformat(day))
    return row.value if row else None


@pytest.mark.parametrize("fact", facts(), ids=lambda fact: f"{fact['code']}-{fact['from_on']}")
def test_each_fact_is_the_one_written_a_second_time(fact: dict[str, str]):
    for day, value in ((fact["before_on"], fact["before"]), (fact["from_on"], fact["after"])):
        expected = Decimal(value) if value else None
        assert said(fact["topic"], fact["code"], day) == expected, (fact["code"], day)


def test_every_number_of_the_law_was_written_a_second_time():
    known = {(fact["topic"], fact["code"]) for fact in facts()}
    rows = {(row.topic, row.code) for row in ROWS if row.value is not None}
    assert rows == known


@pytest.mark.parametrize("fact", facts(WORDS), ids=lambda fact: f"{fact['code']}-{fact['from_on']}")
def test_each_rule_in_words_says_what_was_written_a_second_time(fact: dict[str, str]):
    first = date.fromisoformat(fact["from_on"])
    before, row = (LAW.row(fact["topic"], fact["code"], day) for day in (first - DAY, first))
    assert row
    assert row.valid_from == first
    assert fact["words"] in row.text
    assert fact["article"] in row.citation
    assert row.is_verified == (fact["compared"] == "yes")
    assert before is None or before.text != row.text


def test_every_rule_of_the_law_was_written_a_second_time():
    known = {(fact["topic"], fact["code"]) for fact in (*facts(), *facts(WORDS))}
    rows = {(row.topic, row.code) for row in ROWS if row.topic not in ELSEWHERE}
    assert rows == known


def test_every_change_of_a_rule_was_written_a_second_time():
    """Each first day of a row stands in a table: no change goes unseen."""
    told = {(fact["topic"], fact["code"], fact["from_on"]) for fact in (*facts(), *facts(WORDS))}
    firsts: dict[tuple[str, str], list[date]] = {}
    for row in ROWS:
        if row.topic not in ELSEWHERE:
            firsts.setdefault((row.topic, row.code), []).append(row.valid_from)
    changes = {(*key, str(day)) for key, days in firsts.items() for day in sorted(days)[1:]}
    assert changes <= told


def test_what_nobody_compared_is_not_called_verified():
    late = [row for row in ROWS if row.valid_from > date(2023, 7, 1)]
    assert late
    assert [row.code for row in late if row.is_verified] == []
    assert all(row.citation and row.source for row in ROWS)


def test_the_first_days_of_the_code_have_no_row_before():
    assert LAW.rows("procedures", date(2023, 6, 30)) == []
    assert LAW.rows("procedures", date(2023, 7, 1))


def test_the_history_of_a_rule_is_in_order():
    assert [row.value for row in LAW.history("minimum_terms", "standstill")] == [35, 32]
    assert LAW.history("minimum_terms", "nobody") == ()


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (ROW + ROW, "ha due righe per il giorno 01/07/2023"),
        (ROW.replace("code", "colour"), "chiave sconosciuta colour"),
        (ROW.replace('source = "prova"', ""), "manca source"),
        (ROW.replace('"EUR"', '"lire"'), "«unit» può essere"),
        (ROW.replace('"150000"', '"molto"'), "«value» non è un numero"),
        (ROW.replace("2023-07-01", '"ieri"'), "«valid_from» non è una data"),
        (ROW + "valid_to = 2023-07-01\n", "il giorno finale deve venire dopo"),
        (ROW + 'confidence = "verified"\n', "manca il giorno"),
        ("[[row", "non è un TOML leggibile"),
    ],
)
def test_a_wrong_row_is_refused_with_file_and_reason(tmp_path: Path, text: str, complaint: str):
    path = tmp_path / "procedures.toml"
    path.write_text(text)
    with pytest.raises(BadLaw, match=complaint) as refused:
        read_folder(tmp_path)
    assert "procedures.toml" in str(refused.value)


def test_a_file_of_no_topic_is_refused(tmp_path: Path):
    path = tmp_path / "varie.toml"
    path.write_text(ROW)
    with pytest.raises(BadLaw, match="gli argomenti sono"):
        read_file(path)
