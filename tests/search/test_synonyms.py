"""Synonyms: the file, the rows, what they do to a query."""

import csv
import re
from pathlib import Path

import pytest
from django.conf import settings

from casa.search.models import SynonymGroup
from casa.search.prepare import load_synonyms, prepare
from casa.search.query import All, Expanded, Field, Phrase, Word, parse
from casa.search.synonyms import expand, read_table

FILE = Path(settings.ROOT) / "data" / "synonyms.csv"


@pytest.fixture
def seeded(db):
    load_synonyms(FILE)
    return read_table()


def test_the_file_has_every_group_once_and_codes_of_eight_digits():
    with FILE.open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    numbers = [line["number"] for line in lines]
    assert len(numbers) == len(set(numbers))
    assert {re.sub(r"\D", "", number) for number in numbers} == {str(n) for n in range(1, 183)}
    for line in lines:
        assert line["words"]
        assert re.fullmatch(r"(\d{8}( \d{8})*)?", line["cpv"])


@pytest.mark.django_db
def test_loading_again_changes_nothing():
    told = []
    prepare(told.append)
    prepare(told.append)
    assert len(told) == 2  # groups and codes, once each
    assert SynonymGroup.objects.count() == 184


@pytest.mark.django_db
def test_what_editors_changed_stays_and_what_they_did_not_follows_the_file(tmp_path):
    load_synonyms(FILE)
    SynonymGroup.objects.filter(seed="1").update(words=["refezione", "pappa"])
    newer = tmp_path / "newer.csv"
    text = FILE.read_text(encoding="utf-8")
    newer.write_text(
        text.replace("mensa alunni", "mensa bimbi").replace("luce votiva", "lume"), encoding="utf-8"
    )
    assert load_synonyms(newer) == 1
    assert SynonymGroup.objects.get(seed="1").words == ["refezione", "pappa"]
    assert "lume" in SynonymGroup.objects.get(seed="31").words


def test_a_group_is_found_by_any_form_of_its_words(seeded):
    asked = expand(parse("la Mensa Scolastica dei bambini"), seeded)
    first, rest = asked.wanted.nodes
    assert asked.typed.nodes == (Word("mensa"), Word("scolastica"), Word("bambini"))
    assert isinstance(first, Expanded)
    assert first.typed == All((Word("mensa"), Word("scolastica")))
    assert Phrase(("refezione", "scolastica"), slop=2) in first.others
    codes = ("55524000", "55523100", "15894210")
    assert Field("cpv", " ".join(codes), codes) in first.others
    assert rest == Word("bambini")


@pytest.mark.parametrize("typed", ["scolastica mensa", "mensa", "concerto", '"mensa scolastica"'])
def test_words_of_no_group_stay_alone(seeded, typed):
    asked = expand(parse(typed), seeded)
    assert asked.wanted == asked.typed


@pytest.mark.parametrize("typed", ["rup", "RUP", "Rup"])
def test_an_acronym_is_whole_and_opens_its_group(seeded, typed):
    (node,) = expand(parse(typed), seeded).wanted.nodes
    assert isinstance(node, Expanded)
    assert (node.typed.text, node.typed.whole) == ("rup", True)
    assert Phrase(("responsabile", "unico", "progetto"), slop=2) in node.others


@pytest.mark.parametrize("typed", ["via Garibaldi", "ape", "sai", "rupe"])
def test_a_common_word_is_no_acronym(seeded, typed):
    asked = expand(parse(typed), seeded)
    assert asked.wanted == asked.typed
    assert not any(node.whole for node in asked.typed.nodes)


def test_in_capitals_it_is(seeded):
    (node,) = expand(parse("VIA"), seeded).wanted.nodes
    assert Phrase(("valutazione", "ambientale"), slop=2) in node.others


@pytest.mark.parametrize(
    ("typed", "acronym"), [("SUAP", "suap"), ("SUE", "sue"), ("suap", "suap"), ("sue", "sue")]
)
def test_what_is_not_the_same_is_not_merged(seeded, typed, acronym):
    (node,) = expand(parse(typed), seeded).wanted.nodes
    assert (node.text, node.whole) == (acronym, True)


def test_a_group_stays_out_where_the_query_speaks_of_its_double(seeded):
    with_double = expand(parse("SIT servizi innovazione"), seeded)
    assert with_double.wanted.nodes[0] == Word("sit", whole=True, capitals=True)
    alone = expand(parse("SIT"), seeded).wanted.nodes[0]
    assert Word("gis", whole=True) in alone.others


def test_renewal_extension_and_option_are_three_things(seeded):
    for typed in ("rinnovo", "proroga tecnica", "opzione"):
        asked = expand(parse(typed), seeded)
        assert asked.wanted == asked.typed


@pytest.mark.django_db
def test_a_group_out_of_use_does_nothing():
    load_synonyms(FILE)
    SynonymGroup.objects.filter(seed="1").update(in_use=False)
    asked = expand(parse("mensa scolastica"), read_table())
    assert asked.wanted == asked.typed
