import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from casa.drafting import MESSAGES, Unreadable, read
from casa.drafting.limits import Limits
from tests.drafting import makers_hostile as hostile
from tests.drafting.makers import (
    make_docx,
    make_html,
    make_ods,
    make_odt,
    make_pdf,
    make_txt,
    make_xlsx,
)
from tests.drafting.makers_pdf import Pdf

REFUSED = {
    hostile.make_empty: "empty",
    hostile.make_corrupt: "corrupt",
    hostile.make_corrupt_pdf: "corrupt",
    hostile.make_encrypted: "encrypted",
    hostile.make_encrypted_zip: "encrypted",
    hostile.make_zip_bomb: "archive_bomb",
    hostile.make_lying_zip: "corrupt",
    hostile.make_overlapping_zip: "archive_bomb",
    hostile.make_traversal: "archive_unsafe",
    hostile.make_link: "archive_unsafe",
    hostile.make_duplicates: "archive_unsafe",
    hostile.make_many_entries: "archive_bomb",
    hostile.make_nested: "archive_bomb",
    hostile.make_billion_laughs: "corrupt",
    hostile.make_nested_tables: "corrupt",
    hostile.make_many_pages: "too_many_pages",
}
Maker = Callable[[Path], Path]


def refusal(path: Path, limits: Limits | None = None) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read(path, limits=limits or Limits())
    return refused.value


@pytest.mark.parametrize(
    ("make", "code"), REFUSED.items(), ids=lambda value: getattr(value, "__name__", value)
)
def test_harmful_and_broken_files_are_refused_with_a_sentence(
    tmp_path: Path, make: Maker, code: str
):
    path = make(tmp_path / "file")
    begun = time.process_time()

    refused = refusal(path)

    assert refused.code == code
    assert refused.message.endswith(".")
    assert time.process_time() - begun < 5


def test_every_code_has_one_sentence():
    for message in MESSAGES.values():
        assert message.endswith(".")
        assert message[0].isupper()
        assert ". " not in message


def test_a_small_picture_that_shrinks_well_is_harmless(tmp_path: Path):
    path = make_docx(tmp_path / "a")
    hostile.rezip(path, path, changes={"word/media/image1.emf": b"\0" * 2_000_000})

    assert read(path).text


@pytest.mark.parametrize("name", ["/etc/passwd", "C:/autoexec.bat", "word\\..\\..\\x"])
def test_every_way_out_of_the_archive_is_closed(tmp_path: Path, name: str):
    assert refusal(hostile.make_traversal(tmp_path / "a", name=name)).code == "archive_unsafe"


def test_an_embedded_workbook_is_no_bomb(tmp_path: Path):
    workbook = make_xlsx(tmp_path / "x").read_bytes()
    path = make_docx(tmp_path / "a")
    hostile.rezip(path, path, changes={"word/embeddings/foglio.xlsx": workbook})

    assert read(path).text


def test_what_an_entity_names_stays_outside(tmp_path: Path):
    secret = tmp_path / "segreto"
    secret.write_text("SEGRETO", encoding="utf-8")

    refused = refusal(hostile.make_xxe(tmp_path / "a", secret=secret))

    assert refused.code == "corrupt"
    assert "SEGRETO" not in refused.message


def test_a_sheet_that_claims_billions_of_cells_is_read_for_what_it_holds(tmp_path: Path):
    begun = time.process_time()

    draft = read(hostile.make_huge_sheet(tmp_path / "a"))

    assert draft.blocks[1].rows == (("uno", "due"),)
    assert time.process_time() - begun < 2


def test_a_big_file_is_refused_before_it_is_opened(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"%PDF-1.7 rotto" * 100)

    assert refusal(tmp_path / "a", Limits(file_bytes=1000)).code == "too_large"


def test_a_huge_xml_part_is_refused(tmp_path: Path):
    assert refusal(make_docx(tmp_path / "a"), Limits(part_bytes=100)).code == "too_large"


def test_a_long_text_is_refused(tmp_path: Path):
    assert refusal(make_txt(tmp_path / "a"), Limits(characters=100)).code == "too_large"
    assert refusal(make_html(tmp_path / "b"), Limits(characters=100)).code == "too_large"
    assert refusal(make_pdf(tmp_path / "c"), Limits(characters=100)).code == "too_large"
    assert refusal(make_docx(tmp_path / "d"), Limits(blocks=3)).code == "too_large"


def test_a_file_that_went_away_is_missing(tmp_path: Path):
    assert refusal(tmp_path / "nessuno").code == "missing"


def outcome(path: Path) -> str:
    """ "read", or the code of the refusal; anything else is a failure of the reader."""
    try:
        read(path)
    except Unreadable as refused:
        return refused.code
    return "read"


@pytest.mark.parametrize("content", [b"<" * 50_000, b"<p>" * 50_000, b"<div>" * 20_000 + b"fine"])
def test_deep_pages_end_somehow(tmp_path: Path, content: bytes):
    (tmp_path / "a").write_bytes(b"<!doctype html><html><body>" + content)

    assert outcome(tmp_path / "a") in ("read", *MESSAGES)


MAKERS = [make_docx, make_odt, make_pdf, make_txt, make_html, make_xlsx, make_ods]


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_damaged_files_are_read_or_refused_and_nothing_else(tmp_path: Path, make: Maker):
    whole = make(tmp_path / "whole").read_bytes()
    chance = random.Random(20250731)
    for _ in range(40):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        if chance.random() < 0.3:
            del data[chance.randrange(len(data)) :]
        (tmp_path / "a").write_bytes(data)
        assert outcome(tmp_path / "a") in ("read", *MESSAGES)


def test_without_memory_the_program_still_answers(tmp_path: Path):
    """Not every library survives an empty heap: an answer or a broken process, never a wrong draft."""
    path = make_txt(tmp_path / "a", articles=[("Titolo", ["parola " * 2_000_000])])

    def starve() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (180 * 1024 * 1024, 180 * 1024 * 1024))

    result = subprocess.run(
        [sys.executable, "-m", "casa.drafting", str(path)],
        capture_output=True,
        check=False,
        preexec_fn=starve,
    )

    assert result.returncode != 0
    if result.stdout:
        assert json.loads(result.stdout)["code"] in ("too_large", "corrupt")


@pytest.mark.parametrize(
    "text",
    [
        "Art. 1" + "\n" * 60_000 + "x",
        "Art. 1" + " \n \n" * 30_000 + "x",
        "." * 300_000 + "x",
        "1." * 100_000,
        "- " * 150_000,
        "a\u00ad" * 150_000,
        "[" * 200_000,
        "A" * 300_000 + ":",
        "Titolo I " * 40_000,
    ],
)
def test_no_text_makes_a_pattern_run_away(tmp_path: Path, text: str):
    (tmp_path / "a").write_text(text, encoding="utf-8")
    docx = raw_docx(tmp_path / "b", text)
    begun = time.process_time()

    assert outcome(tmp_path / "a") in ("read", *MESSAGES)
    assert outcome(docx) in ("read", *MESSAGES)
    assert time.process_time() - begun < 4


def raw_docx(path: Path, text: str) -> Path:
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
        f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    )
    return hostile.rezip(make_docx(path), path, changes={"word/document.xml": document.encode()})


def test_a_page_of_loose_numbers_is_read_in_time(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    for place in range(6_000):
        pdf.text("12", x=40 + place % 60 * 9, y=820 - place // 60 * 8, size=4)
    path = pdf.save(tmp_path / "a")
    begun = time.process_time()

    assert outcome(path) == "read"
    assert time.process_time() - begun < 3
