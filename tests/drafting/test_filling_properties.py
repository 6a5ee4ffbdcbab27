"""Filling against jinja2 itself, on models made up by hypothesis; and models that are damaged."""

import random
import tempfile
import zipfile
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import jinja2
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casa.drafting import Unreadable, filling, read
from tests.drafting.makers import rezip
from tests.drafting.makers_models import DATA, LOTS, determination, docx_of, numbered_odt, odt_of

VALUES = {"a": "uno", "b": "", "c": True, "d": False, "xs": [{"n": "x"}, {"n": "y"}]}
ORACLE = jinja2.Environment(autoescape=False)

words = st.text(alphabet="ab .,;€è<&", min_size=1, max_size=6)
outputs = st.sampled_from(["{{ a }}", "{{ b }}", "{{ 'q' if c else 'r' }}"])
conditions = st.sampled_from(["a", "b", "c", "d", "not c", "a and d", "b or c", "a == 'uno'"])


def blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    branch = st.lists(inner, max_size=3).map("".join)
    choice = st.tuples(conditions, branch, branch).map(
        lambda parts: f"{{% if {parts[0]} %}}{parts[1]}{{% else %}}{parts[2]}{{% endif %}}"
    )
    alone = st.tuples(conditions, branch).map(
        lambda parts: f"{{% if {parts[0]} %}}{parts[1]}{{% endif %}}"
    )
    return choice | alone


loops = st.lists(
    words | st.just("{{ x.n }}") | blocks(words | st.just("{{ loop.index }}")), max_size=3
)
repetitions = loops.map(lambda parts: f"{{% for x in xs %}}{''.join(parts)}{{% endfor %}}")
models = st.lists(
    st.recursive(words | outputs | repetitions, blocks, max_leaves=8), min_size=1, max_size=6
).map("".join)


@pytest.mark.parametrize("make", [docx_of, odt_of])
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(model=models, cuts=st.lists(st.integers(0, 200), max_size=6))
def test_a_paragraph_becomes_what_jinja2_makes_of_it(make, model, cuts):
    expected = ORACLE.from_string(f"|{model}|").render(VALUES)
    with tempfile.TemporaryDirectory() as folder:
        path = _cut(Path(folder), make, f"|{model}|", cuts)
        made = path.with_name(f"made{path.suffix}")
        made.write_bytes(filling.fill(path, VALUES))
        text = read(made).text
    assert "".join(text.split()) == "".join(expected.split())


def _cut(folder: Path, make: Callable[..., Path], text: str, cuts: list[int]) -> Path:
    """The paragraph in several runs or spans, cut anywhere: inside tags too."""
    at = [0, *sorted(min(cut, len(text)) for cut in cuts), len(text)]
    runs = [text[start:end] for start, end in pairwise(at)]
    if make is docx_of:
        return docx_of(folder / "m.docx", runs)
    spans = "".join(f"<text:span>{_escaped(run)}</text:span>" for run in runs)
    return odt_of(folder / "m.odt", f"<text:p>{spans}</text:p>")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@pytest.mark.parametrize("part", ["word/document.xml", "[Content_Types].xml", "content.xml"])
def test_a_damaged_model_is_filled_or_refused_in_italian(tmp_path, part):
    whole = (
        numbered_odt(tmp_path / "whole.odt")
        if part == "content.xml"
        else determination(tmp_path / "whole.docx")
    )
    with zipfile.ZipFile(whole) as archive:
        data = archive.read(part)
    chance, refusals = random.Random(20261125), []
    for _ in range(60):
        path = rezip(whole, tmp_path / f"m{whole.suffix}", changes={part: _mutated(data, chance)})
        for work in (
            lambda p: filling.fill(p, {**DATA, "lotti": LOTS}),
            filling.fields,
            filling.blanks,
        ):
            try:
                work(path)
            except Unreadable as refused:
                refusals.append(refused.message)
    assert refusals
    assert all(message[0].isupper() and message[-1] in ".!" for message in refusals)


def _mutated(data: bytes, chance: random.Random) -> bytes:
    """Some tags of the XML moved, doubled or taken away; some bytes changed."""
    pieces = data.split(b"<")
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(1, len(pieces))
        change = chance.randrange(4)
        if change == 0:
            pieces.insert(chance.randrange(1, len(pieces)), pieces[at])
        elif change == 1:
            del pieces[at]
        elif change == 2:
            pieces[at] = pieces[at].replace(b"{", b"{{").replace(b"p", b"t", 1)
        else:
            other = chance.randrange(1, len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
    return b"<".join(pieces)


def test_a_file_that_brings_our_own_marks_is_refused(tmp_path):
    model = docx_of(tmp_path / "m.docx", "{{ a }}")
    with zipfile.ZipFile(model) as archive:
        body = archive.read("word/document.xml")
    forged = body.replace(b"<w:body>", b'<w:body><c:tag xmlns:c="urn:casa:model" n="0"/>')
    path = rezip(model, tmp_path / "f.docx", changes={"word/document.xml": forged})
    assert filling.fill(model, {"a": "x"})
    with pytest.raises(Unreadable) as failure:
        filling.fill(path, {"a": "x"})
    assert failure.value.code == "corrupt"
