from pathlib import Path

import pytest

from casa.drafting import Unreadable, read
from casa.drafting.limits import Limits
from tests.drafting.makers import make_docx, make_ods, make_odt
from tests.drafting.makers_odf import ODS_TYPE, sheet_xml, text_body, write_odf


def test_an_odt_and_a_docx_with_the_same_words_have_the_same_clauses(tmp_path: Path):
    odt, word = read(make_odt(tmp_path / "a")), read(make_docx(tmp_path / "b"))

    assert odt.text == word.text
    assert odt.clauses == word.clauses
    assert odt.metadata.author == "Autore"


def test_notes_boxes_and_changes_are_read_as_a_reader_sees_them(tmp_path: Path):
    body = text_body(
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>tolto</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:p>Testo<text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>La nota.</text:p></text:note-body></text:note> con<text:s text:c='2'/>spazi<text:line-break/>"
        "e righe<office:annotation><text:p>commento</text:p></office:annotation>.</text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>Nel riquadro</text:p></draw:text-box></draw:frame></text:p>"
    )

    draft = read(write_odf(tmp_path / "a", body))

    assert [block.text for block in draft.blocks] == [
        "Testo[1] con spazi\ne righe.",
        "La nota.",
        "Nel riquadro",
    ]
    assert (draft.tracked_changes, draft.comments) == (1, 1)


def test_hidden_words_are_reported_and_not_read(tmp_path: Path):
    hidden = (
        '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    )
    body = text_body(
        '<text:p>Si vede<text:span text:style-name="H"> di nascosto</text:span>.</text:p>'
        '<text:section text:display="none"><text:p>sezione nascosta</text:p></text:section>'
    )

    draft = read(write_odf(tmp_path / "a", body, automatic=hidden))

    assert (draft.text, draft.hidden_text) == ("Si vede.", True)


def test_a_table_of_contents_gives_no_clauses(tmp_path: Path):
    body = text_body(
        "<text:table-of-content><text:index-body><text:p>Art. 1 – Oggetto 3</text:p></text:index-body>"
        "</text:table-of-content><text:p>Art. 1 – Oggetto</text:p>"
    )

    assert [clause.first_block for clause in read(write_odf(tmp_path / "a", body)).clauses] == [1]


def test_tables_keep_covered_and_repeated_cells_in_place(tmp_path: Path):
    body = text_body(
        "<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>A</text:p>"
        "</table:table-cell><table:covered-table-cell/><table:table-cell><text:p>B</text:p></table:table-cell>"
        "</table:table-row></table:table-header-rows><table:table-row><table:table-cell "
        "table:number-columns-repeated='2'><text:p>x</text:p></table:table-cell></table:table-row></table:table>"
    )

    (table,) = read(write_odf(tmp_path / "a", body)).blocks

    assert table.rows == (("A", "", "B"), ("x", "x"))


def test_sheets_are_headings_with_tables(tmp_path: Path):
    draft = read(make_ods(tmp_path / "a", rows=[["Lotto", "Importo"], ["1", "1.000,00"]]))

    assert [block.kind for block in draft.blocks] == ["heading", "table"]
    assert draft.text == "Lotti\n\nLotto | Importo\n1 | 1.000,00"


def test_a_hidden_sheet_is_reported_and_not_read(tmp_path: Path):
    style = (
        '<style:style style:name="N" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style>"
    )
    body = f"<office:spreadsheet>{sheet_xml('A', [['x']])}{sheet_xml('B', [['y']], style='N')}</office:spreadsheet>"

    draft = read(write_odf(tmp_path / "a", body, kind=ODS_TYPE, automatic=style))

    assert (draft.text, draft.hidden_text) == ("A\n\nx", True)


def test_repeated_cells_are_bounded(tmp_path: Path):
    full = (
        '<table:table table:name="A"><table:table-row table:number-rows-repeated="1000000"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row></table:table>'
    )
    path = write_odf(
        tmp_path / "a", f"<office:spreadsheet>{full}</office:spreadsheet>", kind=ODS_TYPE
    )

    with pytest.raises(Unreadable) as refused:
        read(path, limits=Limits(cells=50_000))
    assert refused.value.code == "too_large"


def test_an_encrypted_document_is_refused_by_name(tmp_path: Path):
    path = make_odt(tmp_path / "a")
    from tests.drafting.makers import rezip

    manifest = b"<m:manifest xmlns:m='x'><m:encryption-data/></m:manifest>"
    rezip(path, path, changes={"META-INF/manifest.xml": manifest})

    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.code == "encrypted"
