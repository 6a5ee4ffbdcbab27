import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.drafting import (
    Block,
    Draft,
    Malformed,
    Metadata,
    Unreadable,
    from_json,
    lay_out,
    parse_output,
    read,
    to_json,
)
from casa.drafting.clauses import clauses_of
from tests.drafting.makers import make_docx


def printed(path: Path, *options: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "casa.drafting", *options, str(path)]
    return subprocess.run(command, capture_output=True, check=False)


def test_a_draft_survives_the_wire(tmp_path: Path):
    draft = read(make_docx(tmp_path / "a"))

    assert from_json(json.loads(json.dumps(to_json(draft)))) == draft


def test_the_program_prints_what_read_gives(tmp_path: Path):
    path = make_docx(tmp_path / "a")

    result = printed(path)

    assert (result.returncode, result.stderr) == (0, b"")
    assert parse_output(result.stdout) == read(path)


def test_the_program_says_why_a_file_cannot_be_read(tmp_path: Path):
    (tmp_path / "a").touch()

    result = printed(tmp_path / "a")

    assert (result.returncode, result.stderr) == (1, b"")
    with pytest.raises(Unreadable) as refused:
        parse_output(result.stdout)
    assert refused.value.code == "empty"


def test_limits_can_be_given_to_the_program(tmp_path: Path):
    result = printed(make_docx(tmp_path / "a"), "--limits", '{"file_bytes": 10}')

    assert json.loads(result.stdout)["code"] == "too_large"


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("text", "altro"),
        ("confidence", "alta"),
        ("confidence", 2),
        ("format", "exe"),
        ("comments", True),
        ("blocks", {}),
        ("clauses", [{}]),
        ("metadata", None),
        ("pages", "3"),
    ],
)
def test_json_that_is_not_exactly_a_draft_is_refused(tmp_path: Path, part: str, value: object):
    data = to_json(read(make_docx(tmp_path / "a")))
    data[part] = value

    with pytest.raises(Malformed):
        from_json(data)


def test_a_draft_stored_before_a_field_existed_has_its_default(tmp_path: Path):
    draft = read(make_docx(tmp_path / "a"))
    data = to_json(draft)
    del data["comments"]

    assert from_json(data) == draft
    for change in ({"blocks": None}, {"nuovo": 1}):
        with pytest.raises(Malformed):
            from_json({**data, **change})
    del data["blocks"]
    with pytest.raises(Malformed):
        from_json(data)


@pytest.mark.parametrize(("field", "value"), [("start", 3), ("last_block", 99), ("key", "art-1")])
def test_a_clause_that_does_not_fit_the_text_is_refused(tmp_path: Path, field: str, value: object):
    data = json.loads(json.dumps(to_json(read(make_docx(tmp_path / "a")))))
    data["clauses"][2][field] = value

    with pytest.raises(Malformed):
        from_json(data)


@pytest.mark.parametrize("output", [b"", b"Traceback", b"[]", b'{"code": "x", "message": "y"}'])
def test_output_of_a_broken_reader_means_a_corrupt_file(output: bytes):
    with pytest.raises(Unreadable) as refused:
        parse_output(output)
    assert refused.value.code == "corrupt"


WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=20).map(
    str.strip
)
NUMBERS = st.sampled_from(["", "Art. 1", "Art. 2 –", "1.", "2.", "a)", "•", "7.2", "TITOLO I"])
BLOCKS = st.builds(
    Block,
    kind=st.sampled_from(["heading", "paragraph", "item", "note"]),
    text=WORDS.filter(bool),
    number=NUMBERS,
    level=st.integers(0, 9),
    page=st.none() | st.integers(1, 2000),
) | st.builds(
    Block,
    kind=st.just("table"),
    rows=st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3).map(tuple),
)


@settings(deadline=None, max_examples=80)
@given(
    blocks=st.lists(BLOCKS, max_size=12).map(tuple),
    metadata=st.builds(Metadata, title=WORDS, author=WORDS),
    confidence=st.floats(0, 1),
    scanned=st.lists(st.integers(1, 99), max_size=3).map(tuple),
)
def test_any_draft_survives_the_wire(
    blocks: tuple[Block, ...], metadata: Metadata, confidence: float, scanned: tuple[int, ...]
):
    draft = Draft(
        format="docx",
        text=lay_out(blocks)[0],
        blocks=blocks,
        clauses=clauses_of(blocks),
        metadata=metadata,
        confidence=confidence,
        scanned_pages=scanned,
    )

    assert from_json(json.loads(json.dumps(to_json(draft)))) == draft
