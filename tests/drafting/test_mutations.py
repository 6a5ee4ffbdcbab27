"""A thousand damaged files, by seed: each is read or refused with a sentence, and nothing else."""

from pathlib import Path

import pytest

from bench.carriers import make_eml, make_msg, make_pec, make_pem, make_xml, make_zip
from bench.hostile import make_image, make_p7m
from bench.mutations import Outcome, outcomes
from tests.drafting.makers import (
    make_docx,
    make_html,
    make_ods,
    make_odt,
    make_pdf,
    make_txt,
    make_xlsx,
)

COUNTS = {
    make_docx: 170,
    make_odt: 120,
    make_pdf: 180,
    make_html: 90,
    make_xlsx: 90,
    make_ods: 80,
    make_txt: 30,
    make_p7m: 40,
    make_pem: 30,
    make_eml: 40,
    make_pec: 20,
    make_msg: 30,
    make_zip: 40,
    make_xml: 20,
    make_image: 20,
}


@pytest.mark.parametrize(
    ("make", "count"), COUNTS.items(), ids=lambda value: getattr(value, "__name__", value)
)
def test_no_damage_ends_otherwise_than_in_a_draft_or_a_sentence(tmp_path: Path, make, count):
    path = make(tmp_path / make.__name__)
    found = list(outcomes(path, first=0, count=count))
    assert [outcome.number for outcome in found] == list(range(count))
    assert [outcome for outcome in found if outcome.is_failure] == []


def test_the_damage_is_real_and_a_dead_child_would_be_seen(tmp_path: Path):
    path = make_docx(tmp_path / "a")
    codes = {outcome.code for outcome in outcomes(path, first=0, count=30)}
    assert "read" in codes
    assert codes - {"read"}
    assert Outcome("a", 1, "crash", "exit -11").is_failure
    assert Outcome("a", 1, "corrupt", "ValueError: x.").is_failure
    assert not Outcome("a", 1, "corrupt", "Il file è rovinato.").is_failure
