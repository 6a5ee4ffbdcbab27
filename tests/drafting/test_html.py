from pathlib import Path

import pytest

from casa.drafting import Unreadable, read
from tests.drafting.makers import make_docx, make_html


def page(path: Path, body: str, head: str = "<meta charset=utf-8>") -> Path:
    path.write_text(f"<!doctype html><html>{head}<body>{body}</body></html>", encoding="utf-8")
    return path


def test_a_page_and_a_docx_with_the_same_words_have_the_same_articles(tmp_path: Path):
    web = [c for c in read(make_html(tmp_path / "a")).clauses if c.label]
    word = [c for c in read(make_docx(tmp_path / "b")).clauses if c.label]

    assert [(c.key, c.heading, c.text) for c in web] == [(c.key, c.heading, c.text) for c in word]


def test_scripts_styles_and_hidden_parts_are_not_read(tmp_path: Path):
    body = (
        "<script>alert(1)</script><style>p{}</style><p>Si vede.</p><p style='display: none'>nascosto</p>"
        "<p hidden>anche</p><nav>menu</nav>"
    )

    draft = read(page(tmp_path / "a", body))

    assert (draft.text, draft.hidden_text) == ("Si vede.", True)


def test_lists_are_numbered_as_browsers_do(tmp_path: Path):
    body = "<ol type=a start=3><li>x<ul><li>y</ul><li value=7>z</ol>"

    blocks = read(page(tmp_path / "a", body)).blocks

    assert [(block.number, block.text, block.level) for block in blocks] == [
        ("c.", "x", 0),
        ("•", "y", 1),
        ("g.", "z", 0),
    ]


@pytest.mark.parametrize("depth", [300, 600])
def test_what_stands_deep_inside_and_after_it_is_read(tmp_path: Path, depth: int):
    body = f"<p>Prima.</p>{'<div>' * depth}Dentro.{'</div>' * depth}<p>Dopo.</p>"

    assert read(page(tmp_path / "a", body)).text == "Prima.\n\nDentro.\n\nDopo."


@pytest.mark.parametrize("depth", [3_000, 50_000])
@pytest.mark.parametrize("end", ["</div>", ""])
def test_a_page_too_deep_is_refused_whole_rather_than_cut_short(tmp_path: Path, depth, end):
    body = f"<p>Prima.</p>{'<div>' * depth}Dentro.{end * depth}<p>Dopo.</p>"

    with pytest.raises(Unreadable, match="troppo complessa"):
        read(page(tmp_path / "a", body))


def test_tables_with_columns_are_tables_and_others_are_text(tmp_path: Path):
    data = "<table><tr><th colspan=2>A<th>B<tr><td>1<td>2<td>3</table>"
    layout = "<table><tr><td><h2>Titolo</h2><p>Testo.</p></table>"

    draft = read(page(tmp_path / "a", data + layout))

    assert draft.blocks[0].rows == (("A", "", "B"), ("1", "2", "3"))
    assert [(block.kind, block.text) for block in draft.blocks[1:]] == [
        ("heading", "Titolo"),
        ("paragraph", "Testo."),
    ]


def test_words_of_one_line_stay_together(tmp_path: Path):
    body = "<div>Il <b>RUP</b> è\n   nominato<br>dall'ente.<p>Poi.</div>coda"

    assert read(page(tmp_path / "a", body)).text == "Il RUP è nominato\ndall'ente.\n\nPoi.\n\ncoda"


@pytest.mark.parametrize("encoding", ["utf-8", "iso-8859-1", "windows-1252"])
def test_the_page_says_its_encoding(tmp_path: Path, encoding: str):
    text = f"<html><head><meta charset='{encoding}'></head><body><p>La città è più bella</p></body></html>"
    (tmp_path / "a").write_bytes(text.encode(encoding))

    assert read(tmp_path / "a").text == "La città è più bella"


def test_external_entities_and_addresses_stay_outside(tmp_path: Path):
    (tmp_path / "secret").write_text("segreto", encoding="utf-8")
    body = f"<p>&e; prima</p><img src='file://{tmp_path}/secret'><iframe src='http://example.org/'></iframe>"
    text = f"<!DOCTYPE html [<!ENTITY e SYSTEM 'file://{tmp_path}/secret'>]><html><body>{body}</body></html>"
    (tmp_path / "a").write_text(text, encoding="utf-8")

    assert "segreto" not in read(tmp_path / "a").text
