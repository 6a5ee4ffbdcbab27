"""The territory: what an ISTAT file changes, and what bodies do then."""

from datetime import UTC, date, datetime

import pytest

from casa.foundation.errors import Refused
from casa.registry.actor import SYSTEM
from casa.registry.models import (
    Body,
    Municipality,
    Region,
    TerritoryEdition,
    TrailLine,
)
from casa.registry.services.territory import load_territory, read_istat, seeds
from tests.factories import MandateFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2027, 6, 1, tzinfo=UTC)
HEADER = (
    "Codice Regione;Codice Provincia (Storico);Codice Comune (alfanumerico);"
    "Comune (dizione italiana);Provincia/Uts;Tipologia Provincia/Uts;Sigla automobilistica;"
    "Codice catasto"
)
SMALL = [
    "98;901;901001;Borgo di prova;Pianura;1;PQ;Z001",
    "98;901;901002;Colle di prova;Pianura;1;PQ;Z002",
    "98;902;902001;Riva di prova;Costa;1;CX;Z003",
]


def file_of(*rows, encoding="utf-8-sig"):
    return "\r\n".join([HEADER, *rows, ""]).encode(encoding)


def load(*rows, on=date(2027, 1, 1)):
    return load_territory(
        read_istat(file_of(*rows)),
        on=on,
        source="prova",
        actor=SYSTEM,
        now=NOW,
    )


@pytest.fixture
def small():
    """Two Provinces and three Comuni, loaded from a file."""
    Region.objects.create(istat_code="98", name="Regione di prova", macro_area="centro")
    return load(*SMALL, on=date(2026, 12, 1))


def test_a_file_adds_provinces_comuni_and_their_bodies(small):
    assert list(small.lines()) == [
        "Provincia aggiunta: Pianura (901)",
        "Provincia aggiunta: Costa (902)",
        "Aggiunto: Borgo di prova (901001)",
        "Aggiunto: Colle di prova (901002)",
        "Aggiunto: Riva di prova (902001)",
        "Province: 2. Comuni: 3.",
    ]
    colle = Body.objects.get(slug="comune-di-colle-di-prova")
    assert colle.province_body.name == "Provincia di Pianura"


def test_loading_the_same_file_again_changes_nothing(small):
    lines = TrailLine.objects.count()
    report = load(*SMALL)

    assert list(report.lines()) == ["Nessuna differenza.", "Province: 2. Comuni: 3."]
    assert (TrailLine.objects.count(), TerritoryEdition.objects.count()) == (lines, 1)


def test_a_merger_is_told_by_its_name_and_ends_the_old_comuni(small):
    report = load(SMALL[2], "98;901;901003;Borgo di prova Colle;Pianura;1;PQ;Z009", SMALL[1])

    assert list(report.lines())[:-1] == [
        "Aggiunto: Borgo di prova Colle (901003)",
        "Fuso: Borgo di prova (901001) → Borgo di prova Colle",
    ]
    borgo = Municipality.objects.get(istat_code="901001")
    assert (borgo.valid_to, borgo.successor.istat_code) == (date(2027, 1, 1), "901003")
    assert Body.objects.get(slug="comune-di-borgo-di-prova").closed_on == date(2027, 1, 1)


def test_a_comune_that_vanishes_is_suppressed_and_nobody_guesses_its_successor(small):
    report = load(SMALL[0], SMALL[2])

    assert next(iter(report.lines())) == (
        "Soppresso: Colle di prova (901002); l'elenco non dice in quale Comune"
    )
    assert Municipality.objects.get(istat_code="901002").successor is None


def test_a_body_where_somebody_works_is_flagged_and_stays_open(small):
    body = Body.objects.get(slug="comune-di-colle-di-prova")
    MandateFactory(body=body)
    report = load(SMALL[0], SMALL[2])

    assert report.flagged == ["Comune di Colle di prova"]
    body.refresh_from_db()
    assert body.closed_on is None


def test_a_renamed_comune_keeps_its_address(small):
    report = load(SMALL[0], SMALL[1].replace("Colle di prova", "Colle Alto"), SMALL[2])

    assert next(iter(report.lines())) == "Rinominato: Colle di prova → Colle Alto (901002)"
    body = Body.objects.get(municipality__istat_code="901002")
    assert (body.name, body.slug) == ("Comune di Colle Alto", "comune-di-colle-di-prova")


def test_a_comune_that_moves_keeps_its_body_under_the_new_province(small):
    body = Body.objects.get(slug="comune-di-colle-di-prova")
    report = load(SMALL[0], "98;902;902002;Colle di prova;Costa;1;CX;Z002", SMALL[2])

    assert next(iter(report.lines())) == "Spostato: Colle di prova (901002 → 902002)"
    body.refresh_from_db()
    assert body.municipality.istat_code == "902002"
    assert (body.province.name, body.province_body.name) == ("Costa", "Provincia di Costa")
    old = Municipality.objects.get(istat_code="901002")
    assert old.successor == body.municipality


def test_a_province_with_a_new_code_keeps_its_body(small):
    body = Body.objects.get(name="Provincia di Costa")
    report = load(*SMALL[:2], "98;903;903001;Riva di prova;Costa;3;CX;Z003")

    assert list(report.lines())[:2] == [
        "Provincia con nuovo codice: Costa (902 → 903)",
        "Spostato: Riva di prova (902001 → 903001)",
    ]
    body.refresh_from_db()
    assert (body.province.istat_code, body.name) == ("903", "Città metropolitana di Costa")
    assert body.closed_on is None


def test_a_file_in_windows_1252_is_read_too(small):
    name = "Forlì di prova"
    report = load_territory(
        read_istat(file_of(*SMALL, f"98;901;901004;{name};Pianura;1;PQ;Z010", encoding="cp1252")),
        on=date(2027, 1, 1),
        source="prova",
        actor=SYSTEM,
        now=NOW,
    )

    assert next(iter(report.lines())) == "Aggiunto: Forlì di prova (901004)"


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Questo non è l'elenco dei Comuni dell'ISTAT"),
        (b"PK\x03\x04\x00binary\xff", "Questo non è l'elenco dei Comuni dell'ISTAT"),
        (file_of(), "Il file non contiene nessun Comune."),
        (file_of("98;901;90100;Borgo;Pianura;1;PQ;Z001"), "Riga 2: «90100» non è valido"),
        (file_of(SMALL[0], SMALL[0]), "Riga 3: il codice 901001 compare due volte"),
        (file_of("98;901;901001;;Pianura;1;PQ;Z001"), "Riga 2: la colonna «comune"),
    ],
    ids=["empty", "binary", "header only", "bad code", "twice", "no name"],
)
def test_a_bad_file_is_refused_in_one_sentence(content, sentence):
    with pytest.raises(Refused, match=r"Nulla è stato cambiato\.$") as refused:
        read_istat(content)

    assert str(refused.value).startswith(sentence)


def test_a_part_of_the_list_is_refused_and_nothing_changes(small):
    with pytest.raises(Refused, match="sembra solo una parte"):
        load(SMALL[0])

    assert Municipality.objects.filter(valid_to=None).count() == 3


def test_a_list_older_than_the_loaded_one_is_refused(small):
    with pytest.raises(Refused, match="più recente"):
        load(*SMALL[:2], on=date(2020, 1, 1))

    assert Municipality.objects.filter(valid_to=None).count() == 3


def test_a_list_of_a_day_to_come_is_refused(small):
    with pytest.raises(Refused, match="deve ancora venire"):
        load(*SMALL[:2], on=date(2027, 6, 2))

    assert Municipality.objects.filter(valid_to=None).count() == 3


def test_an_unknown_region_is_refused(small):
    with pytest.raises(Refused, match="Il codice di regione 97 non esiste"):
        load(*SMALL, "97;905;905001;Altrove;Altra;1;AX;Z011")


def test_our_table_of_changes_has_one_line_per_old_code():
    rows = seeds.changes()

    assert len({row.old_code for row in rows}) == len(rows) == 384
    assert {row.act for row in rows} == {"recoded", "merged", "renamed"}
