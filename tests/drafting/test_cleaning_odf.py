"""A clean ODT: every part searched, opened by LibreOffice, read back."""

import zipfile

import pytest

from casa.drafting.cleaning import clean, leaks
from tests.drafting.cleaned import CODE, MAIL, dropped, iban, parts, read_back
from tests.drafting.helped import convert, with_office
from tests.drafting.makers_odf import ODS_TYPE, text_body, write_odf

IBAN = iban()
SECRET = "parola segreta"
HIDDEN_STYLE = (
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/>'
    "</style:style>"
)
BODY = f"""
<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>
<dc:creator>Autore Inventato</dc:creator><dc:date>2026-01-01T00:00:00</dc:date></office:change-info>
<text:p>{SECRET}</text:p></text:deletion></text:changed-region></text:tracked-changes>
<text:user-field-decls><text:user-field-decl office:value-type="string" text:name="n"
 office:string-value="{SECRET}"/></text:user-field-decls>
<text:h text:outline-level="1">Oggetto</text:h>
<text:p>Scrivere a prova.pr<text:span text:style-name="B">ova@gm</text:span><text:change
 text:change-id="c1"/>ail.com entro il termine<office:annotation><dc:creator>Autore Inventato
</dc:creator><text:p>{SECRET}</text:p></office:annotation>.</text:p>
<text:p>Nome <text:user-field-get text:name="n">visibile</text:user-field-get><text:span
 text:style-name="H">{SECRET}</text:span> e dopo.</text:p>
<text:p>C.F. {CODE[:6]}</text:p><text:p>{CODE[6:]}<text:note><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Nota con {IBAN} del sig. Prova.</text:p></text:note-body></text:note></text:p>
<text:section text:name="s" text:display="none"><text:p>{SECRET}</text:p></text:section>
<text:p><text:hidden-text text:string-value="{SECRET}" text:is-hidden="true"/>Resta.</text:p>
<text:p><text:hidden-paragraph text:is-hidden="true"/>{SECRET}</text:p>
<text:p><draw:frame><draw:image xlink:href="https://prova.example/{SECRET}.png"/></draw:frame>
<draw:frame svg:x="1" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"><draw:object
 xlink:href="./Object 1"/></draw:frame><text:a xlink:href="mailto:prova.prova%40gmail.com">qui</text:a></text:p>
<table:table table:name="t"><table:table-row>{{cells}}</table:table-row></table:table>
""".replace(
    "{cells}", "".join(f"<table:table-cell><text:p>{c}</text:p></table:table-cell>" for c in IBAN)
)
MORE = {
    "Thumbnails/thumbnail.png": b"x",
    "Basic/Standard/Module1.xml": f"<x>{SECRET}</x>",
    "Object 1/content.xml": f"<x>{SECRET}</x>",
    "META-INF/documentsignatures.xml": f"<x>{SECRET}</x>",
    "Configurations2/accelerator/current.xml": b"",
    "layout-cache": SECRET,
    "settings.xml": '<office:document-settings xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:config="urn:oasis:names:tc:opendocument:xmlns:config:1.0"><office:settings>'
    '<config:config-item-set config:name="ooo:view-settings"><config:config-item config:name="x"'
    f' config:type="string">{SECRET}</config:config-item></config:config-item-set>'
    '<config:config-item-set config:name="ooo:configuration-settings"><config:config-item'
    f' config:name="PrinterName" config:type="string">{SECRET}</config:config-item><config:config-item'
    ' config:name="AddParaTableSpacing" config:type="boolean">true</config:config-item>'
    "</config:config-item-set></office:settings></office:document-settings>",
}


@pytest.fixture
def planted(tmp_path):
    path = write_odf(
        tmp_path / "a.odt",
        text_body(BODY),
        automatic=HIDDEN_STYLE,
        meta=f"<meta:initial-creator>Autore Inventato</meta:initial-creator>"
        f'<meta:user-defined meta:name="x">{SECRET}</meta:user-defined>',
    )
    with zipfile.ZipFile(path, "a") as archive:
        for name, data in MORE.items():
            archive.writestr(name, data)
    return path


def test_values_are_gone_from_every_part(planted, tmp_path):
    made = clean(planted)
    assert set(made.removed) == {MAIL, CODE, IBAN}
    assert leaks(made.data, (MAIL, CODE, IBAN, SECRET, "Autore Inventato")) == []
    everything = (MAIL, CODE, IBAN, SECRET)
    assert set(leaks(planted.read_bytes(), everything)) == set(everything)


def test_what_people_read_stays(planted, tmp_path):
    draft = read_back(clean(planted), tmp_path)
    assert "Scrivere a [omissis] entro il termine." in draft.text
    assert "Nome visibile e dopo." in draft.text
    assert "Resta." in draft.text
    assert [block.text for block in draft.blocks if block.kind == "heading"] == ["Oggetto"]
    assert (draft.tracked_changes, draft.comments, draft.hidden_text) == (0, 0, False)
    assert draft.metadata.author == ""


def test_what_went_is_told(planted):
    went = dropped(clean(planted))
    assert went["tracked-changes"] == went["comments"] == went["thumbnails"] == went["macros"] == 1
    assert went["hidden-text"] == 4
    assert went["signatures"] == went["properties"] == went["external-links"] == 1
    assert went["embedded-objects"] == 2
    assert went["settings"] >= 2


def test_only_what_makes_the_text_is_left(planted):
    left = parts(clean(planted).data)
    assert set(left) == {
        *("mimetype", "content.xml", "styles.xml", "settings.xml", "META-INF/manifest.xml")
    }
    assert b"AddParaTableSpacing" in left["settings.xml"]
    assert b"meta.xml" not in left["META-INF/manifest.xml"]


def test_a_template_stays_a_template(tmp_path):
    kind = "application/vnd.oasis.opendocument.text-template"
    path = write_odf(tmp_path / "a.ott", text_body(f"<text:p>{MAIL}</text:p>"), kind=kind)
    made = clean(path)
    assert made.suffix == ".ott"
    assert parts(made.data)["mimetype"] == kind.encode()


def test_the_same_file_makes_the_same_copy(planted):
    assert clean(planted).data == clean(planted).data


CELL = "<table:table-cell{}><text:p>{}</text:p></table:table-cell>"
SHEETS = f"""<office:spreadsheet>
<table:table table:name="Dati"><table:table-column/><table:table-column table:visibility="collapse"
 table:number-columns-repeated="2"/><table:table-column/>
<table:table-row>{CELL.format("", "Nome")}{CELL.format(' table:number-columns-repeated="3"', "COLONNA")}</table:table-row>
<table:table-row table:visibility="collapse">{CELL.format("", "RIGASEGRETA")}</table:table-row>
<table:table-row>{CELL.format(f' office:value-type="string" office:string-value="{MAIL}" table:formula="of:=[.A1]"', MAIL)}
<table:table-cell/><table:table-cell/>{CELL.format(' office:value-type="float" office:value="12" table:formula="of:=[Segreto.A1]"', "12")}</table:table-row>
<table:table-row>{CELL.format(' office:value-type="float" office:value="3331234567"', "333 1234567")}</table:table-row>
</table:table>
<table:table table:name="Segreto" table:style-name="Nascosto"><table:table-row>{CELL.format("", "FOGLIOSEGRETO")}</table:table-row></table:table>
<table:named-expressions><table:named-range table:name="x" table:cell-range-address="Segreto.A1"/></table:named-expressions>
</office:spreadsheet>"""
HIDDEN_SHEET = (
    '<style:style style:name="Nascosto" style:family="table"><style:table-properties'
    ' table:display="false"/></style:style>'
)


@pytest.fixture
def sheets(tmp_path):
    return write_odf(tmp_path / "a.ods", SHEETS, kind=ODS_TYPE, automatic=HIDDEN_SHEET)


def test_hidden_sheets_rows_and_columns_are_emptied(sheets, tmp_path):
    made = clean(sheets)
    content = parts(made.data)["content.xml"]
    for word in (b"RIGASEGRETA", b"FOGLIOSEGRETO", b"Segreto", MAIL.encode(), b"3331234567"):
        assert word not in content
    assert content.count(b"COLONNA") == 1
    went = dropped(made)
    assert (went["hidden-sheets"], went["hidden-rows"], went["hidden-columns"]) == (1, 1, 1)
    assert "formulas-became-values" in {one.code for one in made.warnings}
    draft = read_back(made, tmp_path)
    assert "Nome | COLONNA" in draft.text
    assert "[omissis] | 12" in draft.text
    assert made.suffix == ".ods"


def test_without_hidden_things_formulas_stay(tmp_path):
    body = f'<office:spreadsheet><table:table table:name="a"><table:table-row>{CELL.format(chr(32) + "table:formula=" + chr(34) + "of:=1+1" + chr(34), "2")}{CELL.format(" table:formula=" + chr(34) + "of:=[file:///tmp/x.ods#a.A1]" + chr(34), "3")}</table:table-row></table:table></office:spreadsheet>'
    made = clean(write_odf(tmp_path / "a.ods", body, kind=ODS_TYPE))
    content = parts(made.data)["content.xml"]
    assert b"of:=1+1" in content
    assert b"file:///" not in content
    assert dropped(made) == {"external-links": 1, "formulas": 1, "properties": 1}


class TestWithLibreOffice:
    pytestmark = with_office

    def test_the_copy_opens_and_says_the_same(self, planted, tmp_path):
        made = clean(planted)
        path = tmp_path / "b.odt"
        path.write_bytes(made.data)
        text = convert(path, "txt", suffix="odt").read_text(encoding="utf-8-sig")
        assert "Scrivere a [omissis] entro il termine." in text
        assert SECRET not in text

    def test_the_sheets_open(self, sheets, tmp_path):
        path = tmp_path / "b.ods"
        path.write_bytes(clean(sheets).data)
        made = convert(path, "xlsx", suffix="ods")
        assert made.stat().st_size > 1000
