"""The commands of the registry, as an operator types them."""

import pytest
from click.testing import CliRunner
from django.utils import timezone

from casa.foundation.errors import Refused
from casa.registry.commands import demo, import_, load
from casa.registry.models import (
    Mandate,
    Municipality,
    Person,
    Pillar,
    ProjectPlace,
    Region,
    TrailLine,
)
from casa.registry.prepare import prepare
from casa.registry.queries.newsroom import newsroom
from tests.factories import BodyFactory, MandateFactory, NetworkRoleFactory
from tests.registry.test_import import ADA
from tests.registry.test_import import file_of as people_file
from tests.registry.test_territory import SMALL
from tests.registry.test_territory import file_of as places_file

pytestmark = pytest.mark.django_db


def run(command, *words):
    return CliRunner().invoke(command, [str(word) for word in words], catch_exceptions=True)


@pytest.fixture
def places(tmp_path):
    Region.objects.create(istat_code="98", name="Regione di prova", macro_area="centro")
    file = tmp_path / "elenco.csv"
    file.write_bytes(places_file(*SMALL))
    return file


def test_a_list_of_istat_is_loaded_and_told(places):
    first = run(load, "territory", places, "--on", "2026-01-01")
    again = run(load, "territory", places, "--on", "2026-01-01")

    assert first.exit_code == 0
    assert first.stdout.splitlines()[-2:] == [
        "Aggiunto: Riva di prova (902001)",
        "Province: 2. Comuni: 3.",
    ]
    assert again.stdout.splitlines() == ["Nessuna differenza.", "Province: 2. Comuni: 3."]


@pytest.mark.parametrize("content", [b"", b"boh", None])
def test_a_bad_file_of_places_is_refused(tmp_path, content):
    file = tmp_path / "elenco.csv"
    if content is not None:
        file.write_bytes(content)
    result = run(load, "territory", file)

    assert isinstance(result.exception, Refused)
    assert Municipality.objects.count() == 0


def test_people_are_tried_and_brought_in_by_whom_the_operator_names(tmp_path):
    manager = NetworkRoleFactory().person
    BodyFactory(name="Comune di Qui")
    file = tmp_path / "persone.csv"
    file.write_bytes(people_file(ADA))
    tried = run(import_, "people", file, "--dry-run", "--as", manager.email)

    assert tried.stdout.splitlines()[0].startswith("Prova: nulla è stato cambiato")
    assert Mandate.objects.count() == 0
    run(import_, "people", file, "--as", manager.email)
    assert Mandate.objects.count() == 1
    assert TrailLine.objects.get(act="registry.people.imported").person == manager


def test_every_mistake_is_told_on_its_own_line(tmp_path):
    file = tmp_path / "persone.csv"
    file.write_bytes(people_file(ADA, ADA))
    result = run(import_, "people", file)

    assert [line[:7] for line in result.stderr.splitlines()] == ["Riga 2,", "Riga 3,"]
    assert str(result.exception) == "Errori: 2. Nulla è stato cambiato."


def test_only_somebody_who_may_import_is_taken_for_the_one_who_does(tmp_path):
    file = tmp_path / "persone.csv"
    file.write_bytes(people_file(ADA))

    for email in ("nessuno@boh.example", MandateFactory(role="administrator").person.email):
        assert isinstance(run(import_, "people", file, "--as", email).exception, Refused)


def test_a_house_without_a_demonstration_says_so(settings, tmp_path):
    settings.DATA_DIR = tmp_path

    assert run(demo).stdout == "La dimostrazione non c'è.\n"
    assert run(demo, "--remove").stdout.startswith("La dimostrazione non c'è")
    assert isinstance(run(demo, "--code", "a@boh.example").exception, Refused)


def test_preparing_the_house_makes_all_of_it_once(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    first, second = [], []
    prepare(first.append)
    lines = TrailLine.objects.count()
    prepare(second.append)

    assert first == [
        "Carico regioni, Province e Comuni…",
        "Province: 110. Comuni: 7.894.",
        "Preparo gli enti e le persone della dimostrazione",
    ]
    assert second == []
    assert TrailLine.objects.count() == lines
    assert "Account dimostrativi" in run(demo).stdout


def test_the_project_has_four_pillars_and_two_phases(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    prepare(lambda _words: None)

    assert Pillar.objects.count() == 4
    places = ProjectPlace.objects.filter(instead_of=None)
    assert places.filter(phase__code="fase-1").count() == 76
    assert places.filter(phase__code="fase-2").count() == 10
    assert ProjectPlace.objects.exclude(instead_of=None).count() == 5


def test_the_newsroom_writes_and_reviews_and_cannot_log_in(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    prepare(lambda _words: None)
    found = newsroom(on=timezone.localdate())

    assert found.office.name == "Redazione"
    assert found.author.may_act_as(Mandate.Role.AUTHOR, body_id=found.body.pk)
    assert found.reviewer.may_act_as(Mandate.Role.REVIEWER, body_id=found.body.pk)
    persons = Person.objects.filter(pk__in=[found.author.id, found.reviewer.id])
    assert [(p.is_active, p.email, p.has_usable_password()) for p in persons] == [
        (False, "", False)
    ] * 2
