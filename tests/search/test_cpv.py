"""CPV: the table the house brings, loading a nomenclature, labels as words and as a facet."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings

from casa.foundation.errors import Refused
from casa.foundation.opening.rooms import room_commands
from casa.registry.actor import ANONYMOUS, SYSTEM
from casa.registry.models import TrailLine
from casa.search.cpv import divisions_named, divisions_of, guessing, line_of, words_of_codes
from casa.search.cpv.loading import load_cpv
from casa.search.cpv.reading import read_cpv
from casa.search.models import CpvCode, IndexState
from casa.search.prepare import prepare
from casa.search.queries import find
from tests.search.makers import card

DATA = Path(settings.ROOT) / "data"
WHOLE = Path(settings.ROOT).parent / "shared" / "data" / "cpv" / "cpv2008_it_albero.tsv"
FEW = {"45000000": "Lavori di costruzione", "45233141": "Lavori di manutenzione stradale"}


def load(labels, **said):
    return load_cpv(labels, source="prova.csv", actor=SYSTEM, **said)


def test_our_table_has_the_divisions_and_every_code_of_the_synonyms():
    ours = read_cpv((DATA / "cpv.csv").read_bytes())
    with (DATA / "synonyms.csv").open(encoding="utf-8", newline="") as file:
        named = {code for line in csv.DictReader(file) for code in line["cpv"].split()}
    assert named <= set(ours)
    assert sum(code.endswith("000000") for code in ours) == 45


def test_our_labels_are_those_of_the_nomenclature():
    if not WHOLE.exists():
        pytest.skip(f"The whole nomenclature is not here: {WHOLE}")
    whole = read_cpv(WHOLE.read_bytes())
    assert len(whole) == 9454
    assert read_cpv((DATA / "cpv.csv").read_bytes()).items() <= whole.items()


def test_where_a_code_stands():
    assert line_of("45233141")[:3] == ["45233141", "45233140", "45233100"]
    assert line_of("45233141")[-1] == "45000000"
    assert line_of("45000000") == ["45000000"]
    assert divisions_of(["45233141", "09123000", "x", "4523"]) == ["09000000", "45000000"]


def test_a_card_is_searched_by_its_own_labels_twice_and_those_above_once():
    assert words_of_codes(["45233141"], FEW) == ". ".join(
        [FEW["45233141"], FEW["45233141"], FEW["45000000"]]
    )
    assert words_of_codes(["99999999", "x"], FEW) == ""


@pytest.mark.django_db
def test_loading_says_what_changed_and_again_changes_nothing():
    IndexState.objects.create()
    first = load(FEW)
    assert (first.added, first.changed) == (("45000000", "45233141"), 2)
    assert CpvCode.objects.get(pk="45233141").parent_id == "45000000"
    assert IndexState.objects.get().rebuild_wanted
    IndexState.objects.update(rebuild_wanted=False)
    assert load(FEW).changed == 0
    assert not IndexState.objects.get().rebuild_wanted
    assert TrailLine.objects.filter(act="search.cpv.loaded").count() == 1
    again = load({"45233141": "Strade", "45233000": "Autostrade"})
    assert again.relabelled == {"45233141": (FEW["45233141"], "Strade")}
    assert "45233141: «Lavori di manutenzione stradale» → «Strade»" in again.lines()
    assert CpvCode.objects.get(pk="45233141").parent_id == "45233000"
    assert CpvCode.objects.filter(pk="45000000").exists()


@pytest.mark.django_db
def test_the_house_never_overwrites_a_newer_nomenclature():
    load({"45000000": "Costruzioni"})
    prepare(lambda _words: None)
    assert CpvCode.objects.get(pk="45000000").label == "Costruzioni"
    assert CpvCode.objects.get(pk="55524000").parent_id == "55520000"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "vuoto"),
        (b"\xff\xfe\x00", "UTF-8"),
        (b"code,label\n", "non ha righe"),
        (b"nome,label\n45000000,x\n", "manca la colonna"),
        (b"code,label\n4500,x\n", "8 cifre"),
        (b"code,label\n45000000,\n", "etichetta"),
        (b"code,label\n45000000\n", "mancano colonne"),
        (b"code,label\n45000000,a\n45000000,b\n", "più sopra"),
        (b"code,label\n45000000," + b"a" * 301 + b"\n", "etichetta"),
    ],
)
def test_a_bad_file_is_refused_with_a_reason(content, reason):
    with pytest.raises(Refused, match=reason):
        read_cpv(content)


@pytest.mark.parametrize(
    "content",
    [
        b"codice\tcifra_controllo\tetichetta_it\r\n45000000\t7\tLavori\r\n",
        b"\xef\xbb\xbfCPV;Descrizione\n45000000-7;Lavori\n",
        b"code,label\n\n45000000,  Lavori \n",
    ],
)
def test_files_as_they_come_are_read(content):
    assert read_cpv(content) == {"45000000": "Lavori"}


@pytest.mark.django_db
def test_the_command_loads_and_refuses(tmp_path):
    command = room_commands()["load"].load()
    file = tmp_path / "cpv.csv"
    file.write_text("code,label\n45000000,Lavori\n", encoding="utf-8")
    done = CliRunner().invoke(command, ["cpv", str(file)])
    assert (done.exit_code, CpvCode.objects.count()) == (0, 1)
    assert "nuovi: 1" in done.output
    file.write_text("code,label\n45000000,Altro\nx,y\n", encoding="utf-8")
    assert isinstance(CliRunner().invoke(command, ["cpv", str(file)]).exception, Refused)
    assert CpvCode.objects.get().label == "Lavori"
    missing = CliRunner().invoke(command, ["cpv", str(tmp_path / "no.csv")])
    assert isinstance(missing.exception, Refused)


def test_labels_are_words_and_relabelling_needs_only_a_new_index(index):
    load(FEW)
    card(key="a", title="Lotto 2", facets={"cpv": ["45233141"]})
    card(key="b", title="Lotto 3", facets={"cpv": ["90910000"]})
    index()
    assert [hit.key for hit in find(ANONYMOUS, words="manutenzione strade").hits] == ["a"]
    assert [hit.key for hit in find(ANONYMOUS, words="costruzione").hits] == ["a"]
    load({"45233141": "Asfalti"})
    guessing.forget()  # as the commit does
    index()
    assert [hit.key for hit in find(ANONYMOUS, words="asfalti").hits] == ["a"]
    assert find(ANONYMOUS, words="manutenzione strade").total == 0


def test_the_divisions_are_a_facet_with_labels(index):
    load(FEW)
    card(key="a", title="Lotto 2", facets={"cpv": ["45233141"]})
    card(key="b", title="Lotto 3", facets={"cpv": ["45000000", "90910000"]})
    card(key="c", title="Lotto 4")
    index()
    found = find(ANONYMOUS, words="lotto")
    (facet,) = [facet for facet in found.facets if facet.name == "cpv_division"]
    assert facet.counts == {"45000000": 2, "90000000": 1}
    assert facet.labels == {"45000000": "Lavori di costruzione", "90000000": "90000000"}
    chosen = find(ANONYMOUS, words="lotto", filters={"cpv_division": ["90000000"]})
    assert [hit.key for hit in chosen.hits] == ["b"]
    assert {hit.key for hit in find(ANONYMOUS, words="settore:costruzione").hits} == {"a", "b"}
    assert find(ANONYMOUS, words="settore:nulla").total == 0


@pytest.mark.django_db
def test_divisions_are_found_by_their_words():
    load(FEW)
    assert divisions_named("costruzione") == ["45000000"]
    assert divisions_named("nulla") == divisions_named("manutenzione") == []


def test_a_group_code_means_what_stands_under_it(index):
    card(key="a", title="Uno", facets={"cpv": ["90911200"]})
    card(key="b", title="Due", facets={"cpv": ["90920000"]})
    index()
    assert [hit.key for hit in find(ANONYMOUS, words="cpv:90910000").hits] == ["a"]
    assert {hit.key for hit in find(ANONYMOUS, words="cpv:90900000").hits} == {"a", "b"}
