"""Loading the norms: what changes, what stays as editors corrected it, what is refused."""

from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings
from django.utils import timezone

from casa.drafting import norms
from casa.foundation.errors import Refused
from casa.foundation.opening.rooms import room_commands
from casa.guide.models import Norm, Rule
from casa.guide.prepare import prepare
from casa.guide.queries import norm_table
from casa.guide.services import load_norms, read_norms, read_rules
from casa.registry.actor import SYSTEM
from casa.registry.models import TrailLine
from tests.guide.makers import NormFactory, seed

pytestmark = pytest.mark.django_db
FILE = Path(settings.ROOT) / "data" / "norms.toml"
RULES = FILE.parent / "guide"
END = date(2010, 1, 1)


def load(*rows):
    return load_norms(rows, source="prova.toml", actor=SYSTEM, now=timezone.now())


def test_the_rows_of_the_house_become_the_table_that_citations_are_judged_by():
    rows = read_norms(FILE)
    report = load(*rows)

    assert len(report.added) == report.changes == len(rows)
    assert set(norm_table().norms) == set(rows)


def test_loading_again_changes_nothing_and_writes_nothing(django_assert_num_queries):
    rows = read_norms(FILE)
    load(*rows)
    with django_assert_num_queries(3):  # savepoint, the rows, release
        again = load(*rows)

    assert again.changes == 0
    assert TrailLine.objects.filter(act="guide.norms.loaded").count() == 1


def test_a_load_adds_changes_and_removes_and_says_so():
    load(seed("l. 1/2001"), seed("l. 2/2001"))
    first = Norm.objects.get(act="l. 1/2001")
    report = load(
        seed("l. 1/2001", valid_to=END),
        seed("l. 1/2001", status="repealed", valid_from=END, replaced_by="l. 9/2010"),
    )

    assert (report.added, report.changed, report.removed) == (
        ["l. 1/2001: abrogata dal 01/01/2010"],
        ["l. 1/2001: in vigore dal 01/01/2001"],
        ["l. 2/2001: in vigore dal 01/01/2001"],
    )
    assert report.lines()[-1] == "Norme: 2 righe lette; 1 nuove, 1 cambiate, 1 tolte."
    assert Norm.objects.get(act="l. 1/2001", status="in_force").pk == first.pk
    line = TrailLine.objects.latest("pk")
    assert (line.details["source"], line.details["removed"]) == ("prova.toml", 1)


def test_what_editors_corrected_stays_and_keeps_the_file_out():
    load(seed("l. 1/2001"), seed("l. 2/2001"))
    Norm.objects.filter(act="l. 1/2001").update(note="Corretta", valid_from=date(2000, 5, 1))
    report = load(seed("l. 1/2001", note="Dal file"), seed("l. 2/2001", note="Dal file"))

    assert list(report.kept) == ["l. 1/2001: in vigore dal 01/01/2001"]
    assert "Resta come l'ha corretta la redazione: l. 1/2001" in report.lines()[1]
    assert Norm.objects.get(act="l. 1/2001").note == "Corretta"
    assert Norm.objects.get(act="l. 2/2001").note == "Dal file"


def test_what_editors_wrote_stays_whatever_the_file_says():
    NormFactory(act="l. 3/2001")
    load(seed("l. 1/2001"))

    assert sorted(Norm.objects.values_list("act", flat=True)) == ["l. 1/2001", "l. 3/2001"]


def test_a_file_that_contradicts_itself_is_refused_as_a_whole():
    load(seed("l. 1/2001"))
    with pytest.raises(Refused, match=r"nello stesso giorno.*Nulla è cambiato"):
        load(seed("l. 2/2001"), seed("l. 2/2001", valid_from=END, status="repealed"))

    assert Norm.objects.get().act == "l. 1/2001"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[[group]", "Nulla è cambiato"),
        (b'[[group]]\nact = "l. 1/2001"\n', "manca citation, source, status, valid_from"),
        (b"\xff\xfe", "non si può leggere"),
        (None, "non si può leggere"),
    ],
)
def test_a_file_that_is_no_table_is_refused_in_words(tmp_path, content, said):
    path = tmp_path / "norme.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(Refused, match=said):
        read_norms(path)


def test_the_command_loads_the_table_of_the_house_and_prints_what_changed():
    command = room_commands()["load"].load()
    first = CliRunner().invoke(command, ["guide"], catch_exceptions=False)
    again = CliRunner().invoke(command, ["guide", str(FILE)], catch_exceptions=False)
    total = len(norms.NormTable.from_toml(FILE).norms)

    (line,) = [line for line in first.output.splitlines() if line.startswith("Norme:")]
    assert line == f"Norme: {total} righe lette; {total} nuove, 0 cambiate, 0 tolte."
    assert again.output == f"Norme: {total} righe lette; 0 nuove, 0 cambiate, 0 tolte.\n"


def test_opening_the_house_loads_the_table_once():
    said = []
    prepare(said.append)
    prepare(said.append)

    assert len(said) == 2
    assert Rule.objects.count() == len(read_rules(RULES))
    assert Norm.objects.count() == len(read_norms(FILE))
