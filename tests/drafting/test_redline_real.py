"""Tracked changes between files that have nothing to do with each other: hard ones, real ones."""

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.drafting import Unreadable, read, redline
from casa.drafting.limits import DEFAULT
from casa.drafting.readers.docx.package import W
from casa.drafting.redline import checking
from casa.drafting.redline.package import OpenDocx
from casa.drafting.redline.writing import Redline
from tests.drafting import makers_word as word

DAY = date(2026, 3, 3)
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
FOLDER = Path(__file__).parents[3] / "shared" / "data" / "documents" / "templates_docx"
FILES = sorted(FOLDER.glob("*.docx"))
PAIRS = [
    (FILES[at], FILES[(at + step) % len(FILES)]) for at in range(len(FILES)) for step in (1, 4)
]


def said(path):
    return checking.said(path, limits=DEFAULT)


def check(folder, before, after):
    """Both texts come out of it, header, notes, boxes and numbers included."""
    path = folder / "revisioni.docx"
    path.write_bytes(redline.docx(before, after, author="Comune di Prova", on=DAY))
    result = folder / "esito.docx"
    for resolve, expected in ((redline.accepted, after), (redline.rejected, before)):
        result.write_bytes(resolve(path))
        assert said(result) == said(expected)
        assert read(result).tracked_changes == 0
    return path


def made(folder, name, **parts):
    return word.write_word(folder / f"{name}.docx", word.Parts(**parts))


@pytest.mark.may_skip("shared")
@pytest.mark.skipif(not FILES, reason=f"the trial documents are not in {FOLDER}")
@pytest.mark.parametrize(("before", "after"), PAIRS, ids=lambda path: path.stem)
def test_real_files_that_share_nothing_are_exact_both_ways(tmp_path, before, after):
    path = check(tmp_path, before, after)
    assert [block.kind for block in read(path).blocks] == [
        block.kind for block in read(after).blocks
    ]


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 2**32), alike=st.booleans())
def test_whatever_two_files_hold_both_texts_come_out(tmp_path_factory, seed, alike):
    folder, chance = tmp_path_factory.mktemp("word"), random.Random(seed)
    old = word.any_word(chance)
    new = word.changed(chance, old) if alike else word.any_word(chance)
    before = word.write_word(folder / "a.docx", old)
    check(folder, before, word.write_word(folder / "b.docx", new))


def test_a_change_in_a_note_is_tracked_in_the_note(tmp_path):
    body = word.paragraph("Il termine", word.note(1), " vale.")
    before = made(tmp_path, "a", body=body, notes=[word.paragraph("Trenta giorni.")])
    after = made(tmp_path, "b", body=body, notes=[word.paragraph("Sessanta giorni.")])
    document = OpenDocx(check(tmp_path, before, after))
    notes = document.related("footnotes")
    assert [text.text for text in notes.iter(f"{W}delText")] == ["Trenta"]
    assert not list(document.body.iter(f"{W}ins", f"{W}del"))


def test_a_note_that_only_the_old_file_has_comes_back(tmp_path):
    body = word.paragraph("Il termine", word.note(1), " vale.")
    before = made(tmp_path, "a", body=body, notes=[word.paragraph("Trenta giorni.")])
    after = made(tmp_path, "b", body=word.paragraph("Il termine vale."))
    path = check(tmp_path, before, after)
    accepted = tmp_path / "si.docx"
    accepted.write_bytes(redline.accepted(path))
    assert b"Trenta" not in OpenDocx(accepted).data("word/footnotes.xml")


def test_a_change_in_a_text_box_is_tracked_in_both_its_copies(tmp_path):
    before = made(tmp_path, "a", body=word.paragraph("Vedi", word.box(word.paragraph("Lotto uno"))))
    after = made(tmp_path, "b", body=word.paragraph("Vedi", word.box(word.paragraph("Lotto due"))))
    body = OpenDocx(check(tmp_path, before, after)).body
    assert [text.text for text in body.iter(f"{W}delText")] == ["uno", "uno"]


@pytest.mark.parametrize(
    "headers", [("Comune di Prova", "Città di Prova"), ("Comune", ""), ("", "Ente")]
)
def test_headers_are_tracked(tmp_path, headers):
    before, after = (
        made(tmp_path, name, body=word.paragraph("Testo."), header=text and word.paragraph(text))
        for name, text in zip("ab", headers, strict=True)
    )
    assert read(check(tmp_path, before, after)).tracked_changes > 0


def test_a_picture_that_goes_is_kept_for_rejecting(tmp_path):
    seal = word.paragraph("Stemma ", word.picture("rP0"))
    before = made(tmp_path, "a", body=seal, pictures=[word.PICTURE])
    after = made(tmp_path, "b", body=seal, pictures=[word.PICTURE + b"altro"])
    rejected = tmp_path / "no.docx"
    rejected.write_bytes(redline.rejected(check(tmp_path, before, after)))
    document = OpenDocx(rejected)
    (blip,) = document.body.iter("{*}blip")
    shown = document.relations(document.main).target(blip.get(f"{{{word.R}}}embed"))
    assert document.data(shown) == word.PICTURE


def test_a_heading_whose_style_counted_only_in_the_old_file_counts_again(tmp_path):
    body = word.paragraph("Oggetto", style="Titolo1") + word.paragraph("Durata", style="Titolo1")
    lists = word.numbering("decimal")
    before, after = (
        made(
            tmp_path,
            name,
            body=body,
            numbering=lists,
            styles=word.styles(heading_counts=counts, bold=True),
        )
        for name, counts in (("a", True), ("b", False))
    )
    check(tmp_path, before, after)


def test_words_that_were_hidden_are_hidden_again(tmp_path):
    before = made(
        tmp_path, "a", body=word.paragraph("Testo", word.run(" riservato", "<w:vanish/>"))
    )
    after = made(tmp_path, "b", body=word.paragraph("Testo", word.run(" riservato")))
    check(tmp_path, before, after)


def test_what_cannot_be_tracked_finely_is_written_whole(tmp_path, monkeypatch):
    """A writer that loses the words of a changed paragraph is found out."""
    before = made(tmp_path, "a", body=word.paragraph("Il termine è di trenta giorni."))
    after = made(tmp_path, "b", body=word.paragraph("Il termine è di sessanta giorni."))
    monkeypatch.setattr(Redline, "change_paragraph", lambda _self, _old, _new: None)
    body = OpenDocx(check(tmp_path, before, after)).body
    assert "".join(text.text for text in body.iter(f"{W}delText")).startswith(
        "Il termine è di trenta"
    )


def test_what_cannot_be_tracked_at_all_is_refused(tmp_path, monkeypatch):
    before = made(tmp_path, "a", body=word.paragraph("Trenta giorni."))
    after = made(tmp_path, "b", body=word.paragraph("Sessanta giorni."))
    monkeypatch.setattr(Redline, "track", lambda _self, _old, _new: None)
    with pytest.raises(Unreadable, match="confronto sulla pagina"):
        redline.docx(before, after, author="x", on=DAY)


def test_an_old_check_box_that_comes_is_one_that_can_be_ticked_and_taken_back(tmp_path):
    first = word.paragraph("Modulo di domanda per le imprese.")
    box = word.paragraph(word.check_box(ticked=True), " Sono iscritto al registro.")
    before = word.write_word(tmp_path / "a.docx", word.Parts(first))
    after = word.write_word(tmp_path / "b.docx", word.Parts(first + box))
    path = check(tmp_path, before, after)
    accepted, rejected = (tmp_path / name for name in ("si.docx", "no.docx"))
    accepted.write_bytes(redline.accepted(path))
    rejected.write_bytes(redline.rejected(path))
    body = OpenDocx(accepted).body
    assert [one.get(f"{W14}val") for one in body.iter(f"{W14}checked")] == ["1"]
    assert not list(OpenDocx(rejected).body.iter(f"{W}sdt"))
    for end in ("Start", "End"):
        assert not list(body.iter(f"{W}customXmlInsRange{end}"))


def test_a_whole_field_stands_under_one_mark(tmp_path):
    first = word.paragraph("Come dice la nota qui sotto.")
    field = word.paragraph(word.simple_field("il punto sette"), " Vedi anche il resto.")
    files = [
        word.write_word(tmp_path / f"{name}.docx", word.Parts(body))
        for name, body in (("a", first), ("b", first + field))
    ]
    for pair, mark in ((files, "ins"), (files[::-1], "del")):
        body = OpenDocx(check(tmp_path, *pair)).body
        (begin,) = (one for one in body.iter(f"{W}fldChar") if "begin" in one.attrib.values())
        above = next(begin.iterancestors(f"{W}{mark}"))
        assert len(list(above.iter(f"{W}fldChar"))) == 3
