"""One question for many documents, and answers as people type them."""

import pytest

from casa.dossier.asking import BadAnswer, Question, merged, missing, shown, understood
from casa.drafting.filling import Field, FieldType


def field(name, kind=FieldType.TEXT, **more):
    return Field(name, kind, (), **more)


def question(kind, **more):
    return Question("campo", kind, True, (1,), **more)


def test_each_thing_is_asked_once_and_the_told_type_wins():
    asked = merged(
        [
            (1, [field("oggetto"), field("importo", condition="lotti")]),
            (2, [field("importo", FieldType.AMOUNT, required=False), field("rup")]),
        ]
    )
    assert [one.name for one in asked] == ["oggetto", "importo", "rup"]
    amount = asked[1]
    assert (amount.type, amount.papers, amount.conditions) == (FieldType.AMOUNT, (1, 2), ())


def test_conditions_stay_where_every_document_has_one():
    asked = merged([(1, [field("a", condition="x")]), (2, [field("a", condition="y")])])
    assert asked[0].conditions == ("x", "y")


def test_what_is_always_needed_and_not_answered_is_missing():
    asked = merged([(1, [field("a"), field("b", required=False), field("c", condition="x")])])
    assert [one.name for one in missing(asked, {}, paper=1)] == ["a"]
    assert missing(asked, {"a": "sì"}, paper=1) == []
    assert missing(asked, {}, paper=2) == []


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (FieldType.TEXT, "  due parole ", "due parole"),
        (FieldType.TEXT, "   ", None),
        (FieldType.BOOLEAN, "si", True),
        (FieldType.BOOLEAN, "no", False),
        (FieldType.AMOUNT, "120.000,00", "120.000,00"),
        (FieldType.DATE, "01/03/2027", "01/03/2027"),
        (FieldType.CIG, "B1A2C3D4E5", "B1A2C3D4E5"),
    ],
)
def test_what_people_type_is_understood(kind, typed, value):
    assert understood(question(kind), typed) == value
    assert understood(question(kind), shown(question(kind), value)) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (FieldType.AMOUNT, "tanto"),
        (FieldType.DATE, "31/02/2027"),
        (FieldType.CIG, "B1"),
        (FieldType.PERCENTAGE, "molti"),
        (FieldType.VAT_NUMBER, "12345678901"),
        (FieldType.PEC, "non una pec"),
    ],
)
def test_what_the_models_could_not_read_is_refused_with_a_sentence(kind, typed):
    with pytest.raises(BadAnswer) as refused:
        understood(question(kind), typed)
    said = str(refused.value)
    assert said.endswith(".")
    assert said[:1].isupper() or said[:1] == "«"


def test_lists_are_rows_of_columns():
    lots = question(FieldType.LIST, columns=("oggetto", "importo"))
    rows = understood(lots, "Scuole | 20.000,00\n\nUffici |18.000,00")
    assert rows == [
        {"oggetto": "Scuole", "importo": "20.000,00"},
        {"oggetto": "Uffici", "importo": "18.000,00"},
    ]
    assert understood(lots, shown(lots, rows)) == rows
    with pytest.raises(BadAnswer, match="La riga 2 ha 1 voci"):
        understood(lots, "Scuole | 1\nUffici")
    assert understood(question(FieldType.LIST), "uno\ndue") == ["uno", "due"]
    assert understood(lots, "Scuole; palestre\t20.000,00") == [
        {"oggetto": "Scuole; palestre", "importo": "20.000,00"}
    ]
    assert understood(lots, " - ") == []
    assert understood(lots, shown(lots, [])) == []


def test_points_of_the_criteria_are_no_more_than_a_hundred():
    criteria = Question("criteri", FieldType.LIST, True, (1,), columns=("nome", "punti"))
    assert understood(criteria, "Qualità|70\nPrezzo|30")
    with pytest.raises(BadAnswer, match="fanno in tutto 110"):
        understood(criteria, "Qualità|80\nPrezzo|30")
    with pytest.raises(BadAnswer, match="in numeri"):
        understood(criteria, "Qualità|molti")
