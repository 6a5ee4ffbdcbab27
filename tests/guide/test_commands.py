"""`casa guide`: the answer in words and in JSON, a wrong use in one sentence."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner
from django.conf import settings

from casa.foundation.opening.rooms import room_commands
from casa.guide.models import Rule

pytestmark = pytest.mark.django_db
SCHEMA = json.loads((Path(settings.ROOT) / "docs" / "json" / "guide.schema.json").read_text())


def run(*words):
    return CliRunner().invoke(room_commands()["guide"].load(), words)


def asked(*words):
    done = run(*words, "--json")
    assert done.exit_code == 0, done.stderr
    told = json.loads(done.stdout)
    jsonschema.validate(told, SCHEMA)
    return told


def test_the_json_is_what_its_schema_promises_for_every_way_out():
    told = asked(
        "--kind", "services", "--amount", "120000", "--on", "2026-11-01", "--cpv", "55523100"
    )  # fmt: skip
    assert (told["preferred"]["code"], told["who"]["code"]) == ("direct_award", "self")
    told = asked("--kind", "works", "--lots", "600000,6000000", "--qualification", "l1", "--urgent")
    assert (told["preferred"]["code"], told["who"]["code"]) == ("open_procedure", "self")
    told = asked("--kind", "concession", "--amount", "1", "--on", "2023-01-01", "--pnrr")
    assert (told["preferred"], told["who"]) == (None, None)


def test_without_json_it_speaks_to_people():
    done = run("--kind", "supplies", "--amount", "139.999,99", "--on", "1/11/2026")
    assert done.exit_code == 0
    assert done.stdout.startswith(
        "Per forniture da 139.999,99 euro, con bando o inviti del 1 novembre 2026:\n\n"
        "Quale procedura: Affidamento diretto.\n"
    )


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "Scrivi l'importo senza IVA, per esempio 120.000,00."),
        (("--amount", "1"), "Di' se sono lavori, forniture, servizi o una concessione."),
        (
            ("--amount", "dieci", "--kind", "works"),
            "L'importo: «dieci» non è un importo (esempio: 1.234,56).",
        ),
    ],
)
def test_a_wrong_use_is_one_sentence_and_code_two(words, sentence):
    done = run(*words)
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", f"{sentence}\n")


def test_the_rules_of_the_platform_win_over_the_files():
    given = {"citation": "prova", "source": "prova", "valid_from": "2020-01-01", "text": "Prova"}
    Rule.objects.create(topic="procedures", code="code_effective", **given)
    told = asked("--kind", "works", "--amount", "1000")
    assert told["preferred"] is None
