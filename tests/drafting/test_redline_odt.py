"""Tracked changes between ODT files, as OpenDocument and LibreOffice know them."""

import random
import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.drafting import Unreadable, read, redline
from casa.drafting.kinds import Kind
from casa.drafting.limits import DEFAULT
from casa.drafting.programs import run_program
from casa.drafting.readers.odf.names import TEXT
from casa.drafting.redline import checking
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.redline.odt.resolving import accept
from casa.drafting.redline.odt.writing import Redline
from casa.drafting.sniffing import sniff
from tests.drafting import libreoffice
from tests.drafting import makers_odt as odf
from tests.drafting.makers import ARTICLES, make_docx, make_odt
from tests.drafting.versions import document, edited

DAY = date(2026, 3, 3)
SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "documents" / "sample.odt"
needs_libreoffice = [
    pytest.mark.may_skip("libreoffice"),
    pytest.mark.skipif(
        shutil.which("soffice") is None, reason="needs LibreOffice (soffice), a system package"
    ),
]


def said(path):
    blocks, furniture = checking.said(path, limits=DEFAULT)
    return blocks, furniture


def counted(path, folder):
    """What a file says when its notes are counted through, as programs do."""
    made = folder / "contate.odt"
    made.write_bytes(redline.accepted(path))
    return said(made)


def tracked(folder, before, after):
    path = folder / "revisioni.odt"
    path.write_bytes(redline.odt(before, after, author="Comune di Prova", on=DAY))
    return path


def check(folder, before, after):
    path = tracked(folder, before, after)
    result = folder / "esito.odt"
    for resolve, expected in ((redline.accepted, after), (redline.rejected, before)):
        result.write_bytes(resolve(path))
        assert said(result) == counted(expected, folder)
        assert read(result).tracked_changes == 0
    return path


@pytest.mark.parametrize("seed", range(12))
def test_accepting_gives_the_new_text_and_rejecting_the_old(tmp_path, seed):
    chance = random.Random(seed)
    old = document(chance, articles=6)
    before = make_odt(tmp_path / "a.odt", articles=old)
    after = make_odt(tmp_path / "b.odt", articles=edited(chance, old, changes=8))
    assert read(check(tmp_path, before, after)).tracked_changes > 0


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), alike=st.booleans())
def test_whatever_two_files_hold_both_texts_come_out(tmp_path_factory, seed, alike):
    folder, chance = tmp_path_factory.mktemp("odt"), random.Random(seed)
    old = odf.any_blocks(chance)
    new = odf.changed(chance, old) if alike else odf.any_blocks(chance)
    header = chance.choice(["", "Comune di Prova"])
    outline = chance.choice([odf.OUTLINE, odf.OUTLINE.replace("Art. ", "Articolo ")])
    before = odf.write(folder / "a.odt", old, header="Comune")
    check(folder, before, odf.write(folder / "b.odt", new, header=header, outline=outline))


def test_every_change_bears_the_body_and_the_day(tmp_path):
    before = make_odt(tmp_path / "a.odt")
    after = make_odt(tmp_path / "b.odt", articles=ARTICLES[::-1])
    content = OpenOdt(check(tmp_path, before, after)).content
    infos = list(content.iter("{*}change-info"))
    assert infos
    assert {tuple(child.text for child in info) for info in infos} == {
        ("Comune di Prova", "2026-03-03T00:00:00")
    }


def test_equal_files_have_no_mark(tmp_path):
    before = make_odt(tmp_path / "a.odt")
    assert read(check(tmp_path, before, make_odt(tmp_path / "b.odt"))).tracked_changes == 0


def test_one_item_of_a_list_is_one_change(tmp_path):
    before = odf.write(tmp_path / "a.odt", [odf.items("uno", "due", "tre")])
    after = odf.write(tmp_path / "b.odt", [odf.items("uno", "tre")])
    content = OpenOdt(check(tmp_path, before, after)).content
    (gone,) = content.iter(f"{TEXT}deletion")
    assert [text for text in gone.itertext() if text in {"uno", "due", "tre"}] == ["due"]


def test_notes_and_boxes_are_tracked_inside(tmp_path):
    before, after = (
        odf.write(tmp_path / f"{name}.odt", [odf.paragraph("Vedi" + thing(words))])
        for name, words, thing in (
            ("a", "Trenta giorni.", odf.box),
            ("b", "Sessanta giorni.", odf.box),
        )
    )
    content = OpenOdt(check(tmp_path, before, after)).content
    assert ["".join(one[-1].itertext()) for one in content.iter(f"{TEXT}deletion")] == ["Trenta"]


@pytest.mark.parametrize(
    "headers", [("Comune di Prova", "Città di Prova"), ("Comune", ""), ("", "Ente")]
)
def test_headers_are_tracked_in_their_own_part(tmp_path, headers):
    before, after = (
        odf.write(tmp_path / f"{name}.odt", [odf.paragraph("Testo.")], header=text)
        for name, text in zip("ab", headers, strict=True)
    )
    if not headers[1]:  # a page is there, its header is not
        odf.write(after, [odf.paragraph("Testo.")], header=" ")
    styles = OpenOdt(check(tmp_path, before, after)).styles
    assert list(styles.iter(f"{TEXT}changed-region"))


def test_changes_that_a_file_tracks_already_count_as_accepted(tmp_path):
    before, after = (
        make_odt(tmp_path / "a.odt"),
        make_odt(tmp_path / "b.odt", articles=ARTICLES[:2]),
    )
    first = tracked(tmp_path, before, after)
    second = tmp_path / "seconda.odt"
    second.write_bytes(redline.odt(before, first, author="x", on=DAY))
    document = OpenOdt(second)
    accept(document)
    assert said(first) == said(after)


def test_what_cannot_be_tracked_finely_is_written_whole(tmp_path, monkeypatch):
    before = odf.write(tmp_path / "a.odt", [odf.paragraph("Il termine è di trenta giorni.")])
    after = odf.write(tmp_path / "b.odt", [odf.paragraph("Il termine è di sessanta giorni.")])
    monkeypatch.setattr(Redline, "_change", lambda _self, _old, _new: None)
    content = OpenOdt(check(tmp_path, before, after)).content
    assert "Il termine è di trenta giorni." in "".join(
        next(content.iter(f"{TEXT}deletion")).itertext()
    )


def test_what_cannot_be_tracked_at_all_is_refused(tmp_path, monkeypatch):
    before = odf.write(tmp_path / "a.odt", [odf.paragraph("Trenta.")])
    after = odf.write(tmp_path / "b.odt", [odf.paragraph("Sessanta.")])
    for name in ("track", "whole"):
        monkeypatch.setattr(Redline, name, lambda _self, _old, _new: None)
    with pytest.raises(Unreadable, match="confronto sulla pagina"):
        redline.odt(before, after, author="x", on=DAY)


@pytest.mark.may_skip("shared")
@pytest.mark.skipif(not SAMPLE.is_file(), reason=f"the trial document is not in {SAMPLE.parent}")
def test_a_real_file_is_exact_against_one_that_shares_nothing(tmp_path):
    other = make_odt(tmp_path / "a.odt")
    check(tmp_path, SAMPLE, other)
    check(tmp_path, other, SAMPLE)


def printed(name, *arguments, capture):
    code = run_program(name, [str(one) for one in arguments])
    return code, capture.readouterr().out


def test_the_program_answers_in_the_format_of_the_newer_file(tmp_path, capfdbinary):
    old, new = make_odt(tmp_path / "a.odt"), make_odt(tmp_path / "b.odt", articles=ARTICLES[:2])
    code, data = printed("redline", old, new, capture=capfdbinary)
    made = tmp_path / "revisioni"
    made.write_bytes(data)
    assert (code, sniff(made)) == (0, Kind.ODT)


def test_two_formats_without_a_converter_are_refused_with_a_sentence(tmp_path, capfdbinary):
    old, new = make_odt(tmp_path / "a.odt"), make_docx(tmp_path / "b.docx")
    code, data = printed("redline", old, new, capture=capfdbinary)
    assert code == 1
    assert "formati diversi" in data.decode()


class TestLibreOffice:
    """It opens the file, and resolves it as we do."""

    pytestmark = needs_libreoffice

    @pytest.mark.parametrize("seed", range(3))
    def test_it_accepts_the_new_text_and_rejects_to_the_old(self, tmp_path, seed):
        chance = random.Random(seed)
        old = document(chance, articles=6)
        before = make_odt(tmp_path / "a.odt", articles=old)
        after = make_odt(tmp_path / "b.odt", articles=edited(chance, old, changes=8))
        path = tracked(tmp_path, before, after)
        for what, expected in (("Accept", after), ("Reject", before)):
            made = read(libreoffice.resolved(path, what))
            assert made.tracked_changes == 0
            assert [block.text for block in made.blocks] == [b.text for b in read(expected).blocks]

    def test_two_formats_become_one(self, tmp_path, capfdbinary):
        old, new = (
            make_odt(tmp_path / "a.odt"),
            make_docx(tmp_path / "b.docx", articles=ARTICLES[:2]),
        )
        limits = ("--limits", '{"programs": 1}')
        code, data = printed("redline", *limits, old, new, capture=capfdbinary)
        made, rejected = tmp_path / "revisioni.docx", tmp_path / "no.docx"
        made.write_bytes(data)
        assert (code, sniff(made)) == (0, Kind.DOCX)
        rejected.write_bytes(redline.rejected(made))
        assert [b.text for b in read(rejected).blocks] == [b.text for b in read(old).blocks]
