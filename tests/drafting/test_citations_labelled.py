"""Precision and recall of the citations on 300 labels, written before the grammar and by other hands."""

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from casa.drafting import citations

FILE = Path(__file__).with_name("citations_labelled.txt")
SECOND = Path(__file__).with_name("citations_labelled_second.txt")
THIRD = Path(__file__).with_name("citations_labelled_third.txt")
FROZEN = "8cf44bc83eef26aef4362f1a6d02923a9562feccfd8bedf5e6aae02592aa3525"
SECOND_FROZEN = "d8a679b4b154c7bc00ebe30e28edb94b64b08cc524a3e3fafa261031b2818e81"
THIRD_FROZEN = "121832fc5bb0452f8a301342b508bf8227d678fcc32422684a635517bf0b1adc"
"""A label is corrected only where it is plainly wrong in law or grammar; the change says which and why."""

Label = tuple[str, str, str, str]


@dataclass(frozen=True, kw_only=True)
class Record:
    """A sentence and what is cited in it."""

    name: str
    text: str
    issued_on: date | None
    expected: tuple[Label, ...]


def records(file: Path = FILE) -> Iterator[Record]:
    """Read the labelled sentences."""
    for paragraph in file.read_text(encoding="utf-8").split("\n\n"):
        if not paragraph.startswith("@ "):
            continue
        first, text, *labels = paragraph.strip().splitlines()
        name, *issued_on = first.removeprefix("@ ").split()
        yield Record(
            name=name,
            text=text.replace(r"\n", "\n").replace(r"\u00a0", "\u00a0"),
            issued_on=date.fromisoformat(issued_on[0]) if issued_on else None,
            expected=tuple(label(line) for line in labels),
        )


def label(line: str) -> Label:
    """Read `= act | article | comma | letter`."""
    act, article, comma, letter = (part.strip() for part in line.removeprefix("=").split("|"))
    return act, article, comma, letter


def urns() -> dict[str, str]:
    """Read the `+ act | urn` lines."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.removeprefix("+ ").partition(" | ") for line in lines if line.startswith("+ "))
    return {act: urn for act, _, urn in pairs}


def found(record: Record) -> Counter[Label]:
    """Ask the grammar."""
    seen = citations.find(record.text, issued_on=record.issued_on)
    return Counter((one.act, one.article, one.comma, one.letter) for one in seen)


def test_the_labels_are_the_ones_that_were_frozen():
    assert hashlib.sha256(FILE.read_bytes()).hexdigest() == FROZEN
    assert hashlib.sha256(SECOND.read_bytes()).hexdigest() == SECOND_FROZEN
    assert hashlib.sha256(THIRD.read_bytes()).hexdigest() == THIRD_FROZEN
    assert sum(len(record.expected) for record in records()) == 300
    assert sum(not record.expected for record in records()) == 60


@pytest.mark.parametrize("file", [FILE, SECOND, THIRD])
def test_citations_are_found_and_nothing_else_is(file):
    right = wrong = missed = 0
    complaints = []
    for record in records(file):
        expected, seen = Counter(record.expected), found(record)
        right += (expected & seen).total()
        wrong += (seen - expected).total()
        missed += (expected - seen).total()
        if seen != expected:
            complaints.append((record.name, list(seen - expected), list(expected - seen)))

    precision, recall = right / (right + wrong), right / (right + missed)
    assert min(precision, recall) >= 0.98, (precision, recall, complaints)


def test_every_span_holds_its_own_words():
    for record in records():
        for one in citations.find(record.text, issued_on=record.issued_on):
            assert record.text[one.start : one.end] == one.text, record.name


def test_the_urn_says_the_act_and_its_article():
    known = urns()
    for record in records():
        for one in citations.find(record.text, issued_on=record.issued_on):
            if one.act in known:
                assert one.urn.startswith(known[one.act]), record.name
            if not one.act:
                assert (one.urn, one.certain) == ("", False), record.name
