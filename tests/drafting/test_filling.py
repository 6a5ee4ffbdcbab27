"""Filling: what is written where, what goes, what repeats, and what is said when it cannot be."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import pytest

from casa.drafting import DEFAULT, Unreadable, filling, read
from casa.drafting.filling import BadData, BadModel, FieldType
from tests.drafting.makers import make_odt, make_txt, rezip
from tests.drafting.makers_models import (
    DATA,
    LOTS,
    determination,
    docx_of,
    numbered,
    numbered_odt,
    odt_of,
)


def lines(path: Path, data: dict[str, object], *, limits=DEFAULT) -> list[str]:
    """The paragraphs of the filled document, as the drafting table reads them."""
    made = path.with_name(f"filled{path.suffix}")
    made.write_bytes(filling.fill(path, data, limits=limits))
    return read(made).text.split("\n\n")


def refused(path: Path, data: dict[str, object] | None = None) -> str:
    with pytest.raises(Unreadable) as failure:
        filling.fill(path, data or {})
    return failure.value.message


@pytest.mark.parametrize("made", [docx_of, odt_of])
def test_a_note_alone_in_a_paragraph_leaves_no_empty_paragraph(tmp_path, made):
    suffix = "docx" if made is docx_of else "odt"
    texts = [
        "Prima.",
        "{# nota #}",
        "{% se pnrr %}",
        "{# motivo: fondi #}",
        "DNSH.",
        "{% fine se %}",
    ]
    path = made(tmp_path / f"m.{suffix}", *texts)

    with zipfile.ZipFile(io.BytesIO(filling.fill(path, {"pnrr": True}))) as archive:
        xml = archive.read("word/document.xml" if suffix == "docx" else "content.xml").decode()

    assert len(re.findall(r"<(?:w|text):p[ />]", xml)) == 2


def test_a_cell_whose_words_are_all_notes_keeps_a_paragraph(tmp_path):
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    cell.text = "{# prima #}"
    cell.add_paragraph("{# seconda #}")
    document.save(str(tmp_path / "m.docx"))

    filled = docx.Document(io.BytesIO(filling.fill(tmp_path / "m.docx", {})))

    assert len(filled.tables[0].cell(0, 0).paragraphs) == 1


def test_a_model_becomes_a_document_with_every_part_filled(tmp_path):
    model = determination(tmp_path / "model.docx")
    made = tmp_path / "made.docx"
    made.write_bytes(filling.fill(model, DATA))
    draft = read(made)
    assert draft.text.split("\n\n")[:4] == [
        "Oggetto",
        (
            "Affidamento di lavori «urgenti» (CIG B1A2C3D4E5, CUP J31B21000120005) per euro "
            "1.234.567,89 (unmilioneduecentotrentaquattromilacinquecentosessantasette/89), in data "
            "1º marzo 2026."
        ),
        "Finanziato dall’Unione europea.",
        "Lotti",
    ]
    assert set(draft.furniture) == {
        "Provincia di Pésaro & Urbino <SUA> – CIG B1A2C3D4E5",
        "Determinazione n. 12",
    }
    assert draft.metadata.title == "Determinazione 12"
    assert "{" not in draft.text


def test_rows_are_repeated_with_their_number(tmp_path):
    model = determination(tmp_path / "model.docx")
    made = tmp_path / "made.docx"
    made.write_bytes(filling.fill(model, DATA))
    table = docx.Document(str(made)).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows == [
        ["Lotto", "Oggetto", "CIG", "Importo"],
        *(
            [str(number), lot["oggetto"], lot["cig"], "1.000,50"]
            for number, lot in enumerate(LOTS, start=1)
        ),
    ]


def test_a_table_whose_list_is_empty_keeps_its_head(tmp_path):
    model = determination(tmp_path / "model.docx")
    made = tmp_path / "made.docx"
    made.write_bytes(filling.fill(model, {**DATA, "lotti": []}))
    assert [len(table.rows) for table in docx.Document(str(made)).tables] == [1]


def test_a_field_keeps_the_look_of_its_first_character(tmp_path):
    model = determination(tmp_path / "model.docx")
    made = docx.Document(io.BytesIO(filling.fill(model, DATA)))
    bold = [run.text for run in made.paragraphs[1].runs if run.bold]
    assert bold == ["lavori «urgenti»"]


def test_the_model_itself_stays_as_it_was(tmp_path):
    model = determination(tmp_path / "model.docx")
    before = model.read_bytes()
    first = filling.fill(model, DATA)
    assert (model.read_bytes(), filling.fill(model, DATA)) == (before, first)


@pytest.mark.parametrize("make", [docx_of, odt_of])
@pytest.mark.parametrize(
    ("text", "data", "expected"),
    [
        ("{{ a }}", {"a": "x"}, "x"),
        ("«{{ a }}» e “{{ a }}”", {"a": "x"}, "«x» e “x”"),
        ("{{ a|predefinito(“niente”) }}", {}, "niente"),
        ("{{ a|predefinito('niente') }}", {"a": "x"}, "x"),
        ("{% se a %}sì{% altrimenti %}no{% fine se %}.", {"a": True}, "sì."),
        ("{% se a %}sì{% altrimenti %}no{% fine se %}.", {"a": "no"}, "no."),
        ("{% if a %}sì{% else %}no{% endif %}.", {"a": False}, "no."),
        ("{% se n > 3 e non b %}molti{% fine se %}.", {"n": "1.000", "b": False}, "molti."),
        ("{% se a = \"x\" %}1{% altrimenti se a = 'y' %}2{% fine se %}!", {"a": "y"}, "2!"),
        ("{% se a è presente %}c'è{% fine se %}.", {}, "."),
        ("{% se a is assente %}manca{% fine se %}.", {}, "manca."),
        ("{% per ogni x in xs %}{{ x }}; {% fine per %}fine", {"xs": ["a", "b"]}, "a; b; fine"),
        (
            "{% per x in xs %}{{ x.n }}{% se non loop.ultimo %}, {% fine se %}{% fine per %}.",
            {"xs": [{"n": 1}, {"n": 2}]},
            "1, 2.",
        ),
        ("{{ xs|unisci }}", {"xs": ["a", "b", "c"]}, "a, b e c"),
        ("{{ xs|conta }} lotti", {"xs": [1, 2]}, "2 lotti"),
        ("{{ xs|somma('i')|importo }}", {"xs": [{"i": "1.000,10"}, {"i": 2}]}, "1.002,10"),
        ("{{ 'a' se x altrimenti 'b' }}", {"x": False}, "b"),
        ("{{ ditta.nome }}", {"ditta": {"nome": "Rossi S.r.l."}}, "Rossi S.r.l."),
        ("{# nota per chi scrive #}testo", {}, "testo"),
        ("{{ d }}", {"d": "2026-03-01"}, "01/03/2026"),
        ("{{ d }}", {"d": date(2026, 3, 1)}, "01/03/2026"),
        ("{{ n }}", {"n": Decimal("1234.5")}, "1.234,50"),
        ("{{ a }}", {"a": "  <b>&amp;</b> {{ b }}"}, "<b>&amp;</b> {{ b }}"),
    ],
)
def test_words_are_filled_alike_in_word_and_opendocument(tmp_path, make, text, data, expected):
    model = make(tmp_path / f"m.{'docx' if make is docx_of else 'odt'}", text)
    assert lines(model, data) == [expected]


@pytest.mark.parametrize("make", [docx_of, odt_of])
def test_lines_and_tabs_of_a_value_are_those_of_the_document(tmp_path, make):
    model = make(tmp_path / f"m.{'docx' if make is docx_of else 'odt'}", "Via: {{ a }}.")
    made = tmp_path / f"made{model.suffix}"
    made.write_bytes(filling.fill(model, {"a": "prima\r\nseconda\x00\x0b\tterza"}))
    with zipfile.ZipFile(made) as archive:
        name = "word/document.xml" if made.suffix == ".docx" else "content.xml"
        xml = archive.read(name).decode()
    assert xml.count("<w:br/>") + xml.count("<text:line-break/>") == 2
    assert xml.count("<w:tab/>") + xml.count("<text:tab/>") == 1


@pytest.mark.parametrize("make", [docx_of, odt_of])
@pytest.mark.parametrize(
    ("paragraphs", "kept", "gone"),
    [
        (["{% se a %}", "x", "y", "{% fine se %}"], ["x", "y"], []),
        (["{%p if a %}", "x", "{%p else %}", "y", "{%p endif %}"], ["x"], ["y"]),
        (["{% se a %}x", "y{% fine se %}"], ["x", "y"], []),
        (["{% se a %}x{% fine se %}"], ["x"], []),
        (["{% se a %}{# motivo: serve #}", "x", "{% fine se %}"], ["x"], []),
        (["{% se a %}", "{% se a %}", "x", "{% fine se %}", "{% fine se %}"], ["x"], []),
        (["{% se a %}", "x {% se a %}y{% fine se %}", "{% fine se %}"], ["x y"], []),
    ],
)
def test_whole_paragraphs_come_and_go(tmp_path, make, paragraphs, kept, gone):
    model = make(
        tmp_path / f"m.{'docx' if make is docx_of else 'odt'}", "prima", *paragraphs, "dopo"
    )
    assert lines(model, {"a": True}) == ["prima", *kept, "dopo"]
    assert lines(model, {"a": False}) == ["prima", *gone, "dopo"]


@pytest.mark.parametrize("make", [docx_of, odt_of])
def test_paragraphs_are_repeated_two_deep(tmp_path, make):
    model = make(
        tmp_path / f"m.{'docx' if make is docx_of else 'odt'}",
        "{% per ogni lotto in lotti %}",
        "Lotto {{ loop.numero }}: {{ lotto.nome }}",
        "{% per ogni v in lotto.voci %}",
        "– {{ v }}",
        "{% fine per %}",
        "{% fine per %}",
    )
    data = {"lotti": [{"nome": "A", "voci": ["x", "y"]}, {"nome": "B", "voci": []}]}
    assert lines(model, data) == ["Lotto 1: A", "– x", "– y", "Lotto 2: B"]


def test_a_tag_of_many_runs_with_marks_between_is_one_tag(tmp_path):
    model = docx_of(tmp_path / "m.docx", ["a {", "{ no", "me }", "} b {", "{ nome }} c"])
    assert lines(model, {"nome": "X"}) == ["a X b X c"]


def test_a_tag_across_spans_and_links_of_an_odt_is_one_tag(tmp_path):
    model = odt_of(
        tmp_path / "m.odt",
        "<text:p>a {<text:span>{ no</text:span>me<text:s/>}} b {% se <text:span>x %}c"
        "<text:a>d{% fine</text:a></text:span> se %} e</text:p>",
    )
    assert lines(model, {"nome": "X", "x": True}) == ["a X b cd e"]
    assert lines(model, {"nome": "X", "x": False}) == ["a X b e"]


def test_a_condition_across_runs_keeps_the_look_of_its_words(tmp_path):
    document = docx.Document()
    paragraph = document.add_paragraph("a {% se ")
    paragraph.add_run("x %}b").bold = True
    paragraph.add_run("c{% fine se %}d").italic = True
    document.save(str(tmp_path / "m.docx"))
    made = docx.Document(io.BytesIO(filling.fill(tmp_path / "m.docx", {"x": True})))
    runs = [(run.text, run.bold, run.italic) for run in made.paragraphs[0].runs if run.text]
    assert runs == [("a ", None, None), ("b", True, None), ("c", None, True), ("d", None, True)]


def test_commands_in_different_cells_repeat_the_row(tmp_path):
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text = "Oggetto"
    table.cell(1, 0).text = "{% per ogni l in lotti %}{{ l.oggetto }}"
    table.cell(1, 1).text = "{{ l.importo|importo }}{% fine per %}"
    document.save(str(tmp_path / "m.docx"))
    made = docx.Document(io.BytesIO(filling.fill(tmp_path / "m.docx", {"lotti": LOTS})))
    assert [row.cells[0].text for row in made.tables[0].rows] == [
        "Oggetto",
        *(lot["oggetto"] for lot in LOTS),
    ]


def test_bookmarks_of_a_repeated_row_stand_once(tmp_path):
    document = docx.Document()
    for text in ("{% per ogni l in lotti %}", "{{ l.oggetto }}", "{% fine per %}"):
        document.add_paragraph(text)
    inside = document.paragraphs[1]._p
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    for place in (inside.insert, document.element.body.insert):
        mark = inside.makeelement(f"{{{word}}}bookmarkStart", {f"{{{word}}}name": "a"})
        place(1, mark)
    document.save(str(tmp_path / "m.docx"))
    made = docx.Document(io.BytesIO(filling.fill(tmp_path / "m.docx", {"lotti": LOTS})))
    assert [paragraph.text for paragraph in made.paragraphs] == [lot["oggetto"] for lot in LOTS]
    assert made.element.xml.count("<w:bookmarkStart") == 2


def test_rows_of_an_odt_are_repeated(tmp_path):
    cell = "<table:table-cell><text:p>{}</text:p></table:table-cell>"
    rows = "".join(
        f"<table:table-row>{''.join(cell.format(text) for text in row)}</table:table-row>"
        for row in (
            ("Lotto", "CIG"),
            ("{%tr per ogni l in lotti %}", ""),
            ("{{ loop.numero }}", "{{ l.cig }}"),
            ("{%tr fine per %}", ""),
        )
    )
    model = odt_of(tmp_path / "m.odt", f"<table:table>{rows}</table:table>")
    assert lines(model, {"lotti": LOTS}) == [
        "Lotto | CIG\n1 | B1A2C3D4E1\n2 | B1A2C3D4E2\n3 | B1A2C3D4E3"
    ]


@pytest.mark.parametrize(("pnrr", "articles"), [(True, 3), (False, 2)])
def test_automatic_numbers_stay_right_when_clauses_go(tmp_path, pnrr, articles):
    made = tmp_path / "made.docx"
    made.write_bytes(
        filling.fill(numbered(tmp_path / "m.docx"), {"pnrr": pnrr, "oggetto": "la pulizia"})
    )
    blocks = read(made).blocks
    numbers = [block.number for block in blocks if block.kind == "heading"]
    assert numbers == [f"Art. {number} –" for number in range(1, articles + 1)]
    assert [block.number for block in blocks][-3 + (not pnrr) :] == ["1.", "2.", "3."][: 2 + pnrr]


@pytest.mark.parametrize(("pnrr", "expected"), [(True, 3), (False, 2)])
def test_automatic_numbers_of_an_odt_stay_right_too(tmp_path, pnrr, expected):
    made = tmp_path / "made.odt"
    made.write_bytes(filling.fill(numbered_odt(tmp_path / "m.odt"), {"pnrr": pnrr}))
    numbers = [block.number for block in read(made).blocks]
    assert numbers == [
        *(f"Art. {number} –" for number in range(1, expected + 1)),
        *(f"{number}." for number in range(1, expected + 1)),
    ]


def test_headers_notes_and_title_of_an_odt_are_filled(tmp_path):
    note = (
        '<text:p>Testo<text:note text:note-class="footnote"><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>Nota su {{ ente }}</text:p></text:note-body>"
        "</text:note>.</text:p>"
    )
    model = odt_of(tmp_path / "m.odt", note, meta="<dc:title>Atto {{ numero }}</dc:title>")
    header = (
        '<?xml version="1.0"?><office:document-styles '
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:master-styles>'
        '<style:master-page style:name="a"><style:header><text:p>{{ ente }}</text:p>'
        "</style:header></style:master-page></office:master-styles></office:document-styles>"
    )
    model = rezip(model, tmp_path / "h.odt", changes={"styles.xml": header.encode()})
    made = tmp_path / "made.odt"
    made.write_bytes(filling.fill(model, {"ente": "Comune", "numero": 7}))
    draft = read(made)
    assert (draft.furniture, draft.metadata.title) == (("Comune",), "Atto 7")
    assert "Nota su Comune" in draft.text


def test_a_template_becomes_a_document_that_says_so(tmp_path):
    document = docx.Document()
    document.add_paragraph("{{ a }}")
    document.save(str(tmp_path / "m.docx"))
    with zipfile.ZipFile(tmp_path / "m.docx") as archive:
        types = archive.read("[Content_Types].xml")
    as_template = types.replace(b"document.main+xml", b"template.main+xml")
    model = rezip(
        tmp_path / "m.docx", tmp_path / "m.dotx", changes={"[Content_Types].xml": as_template}
    )
    made = docx.Document(io.BytesIO(filling.fill(model, {"a": "x"})))
    assert [paragraph.text for paragraph in made.paragraphs] == ["x"]


def test_a_cell_left_empty_still_has_a_paragraph(tmp_path):
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    cell.text = "{% se a %}"
    cell.add_paragraph("x")
    cell.add_paragraph("{% fine se %}")
    document.save(str(tmp_path / "m.docx"))
    made = docx.Document(io.BytesIO(filling.fill(tmp_path / "m.docx", {"a": False})))
    assert [paragraph.text for paragraph in made.tables[0].cell(0, 0).paragraphs] == [""]


def test_tables_do_not_touch_when_the_words_between_them_go(tmp_path):
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "1"
    for text in ("{% se a %}", "x", "{% fine se %}"):
        document.add_paragraph(text)
    document.add_table(rows=1, cols=1).cell(0, 0).text = "2"
    document.save(str(tmp_path / "m.docx"))
    made = docx.Document(io.BytesIO(filling.fill(tmp_path / "m.docx", {"a": False})))
    assert [element.tag.rpartition("}")[2] for element in made.element.body][:3] == [
        *("tbl", "p", "tbl")
    ]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("{{ importo|evro }}", "il formato «evro» non esiste"),
        ("{% se pnrr %} aperto", "«se» mai chiuso"),
        ("{{ ente", "«{{» non è chiuso"),
        ("ente }}", "senza «{{» prima"),
        ("{{ importo * 2 }}", "i calcoli non si fanno"),
        ("{% fine per %}", "«fine per» senza «per ogni» prima"),
        ("{{ a..b }}", "non si capisce"),
        ("{{ }}", "manca il nome del campo"),
        ("{% set x=1 %}", "il comando «set» non esiste"),
        ("{% per a,b in lotti %}{% fine per %}", "non può essere il nome di un campo"),
        ("{% se pnrr %}x{% fine per %}", "«fine per» chiude un «se» aperto in: paragrafo 3"),
        ("{% altrimenti %}", "«altrimenti» fuori da un «se»"),
        ("{%tr per ogni l in lotti %}x{%tr fine per %}", "righe di una tabella"),
        ("{%tc per ogni l in lotti %}x{%tc fine per %}", "le colonne non si ripetono"),
    ],
)
@pytest.mark.parametrize("make", [docx_of, odt_of])
def test_an_error_names_its_paragraph_and_says_why(tmp_path, make, bad, why):
    suffix = "docx" if make is docx_of else "odt"
    model = make(tmp_path / f"m.{suffix}", "Art. 1 – Oggetto", "Premessa", bad, "Fine")
    message = refused(model)
    assert "Paragrafo 3 (dopo «Art. 1 – Oggetto»): «" in message
    assert why in message


def test_crossed_commands_are_refused_with_their_place(tmp_path):
    model = docx_of(tmp_path / "m.docx", "a {% se x %}b", "c {% fine se %}d")
    assert "stanno in mezzo a paragrafi diversi" in refused(model, {"x": True})
    assert "Paragrafo 1" in refused(model, {"x": True})


def test_a_condition_that_leaves_its_table_is_refused(tmp_path):
    document = docx.Document()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "{% se x %}"
    document.add_paragraph("{% fine se %}")
    document.save(str(tmp_path / "m.docx"))
    message = refused(tmp_path / "m.docx", {"x": True})
    assert message.startswith("Il modello ha errori. Tabella 1, riga 1: «{% se x %}»")


def test_all_that_is_missing_is_told_at_once(tmp_path):
    model = docx_of(tmp_path / "m.docx", "{{ a }} {{ b }}", "{% se c %}x{% fine se %}")
    with pytest.raises(BadData) as failure:
        filling.fill(model, {"a": None})
    assert [problem.reason for problem in failure.value.problems] == [
        *("manca il dato «a»", "manca il dato «b»", "manca il dato «c»")
    ]
    assert [problem.place.paragraph for problem in failure.value.problems] == [1, 1, 2]


def test_what_a_dropped_clause_asks_for_is_not_asked(tmp_path):
    model = docx_of(tmp_path / "m.docx", "{% se a %}{{ b }}{% fine se %}x")
    assert lines(model, {"a": False}) == ["x"]
    assert "manca il dato «b»" in refused(model, {"a": True})


@pytest.mark.parametrize(
    ("text", "value", "why"),
    [
        ("{{ a|importo }}", "dodici", "«dodici» non è un importo"),
        ("{{ a|importo }}", True, "non è un importo"),
        ("{{ a|importo }}", float("nan"), "non è un importo"),
        ("{{ a|importo }}", 10**300, "non è un importo"),
        ("{{ a|data }}", "31/2/2026", "non è una data"),
        ("{{ a|parole }}", "1,5", "non è un numero intero"),
        ("{{ a|cig }}", "123", "non è un CIG"),
        ("{{ a|cf }}", "RSSMRA80A01H501X", "non è un codice fiscale valido"),
        ("{{ a|email }}", "x", "non è un indirizzo e-mail"),
        ("{{ a|ora }}", "25:00", "non è un'ora"),
        ("{{ a }}", {"b": 1}, "è un gruppo di voci"),
        ("{{ a }}", [{"b": 1}], "è un elenco con colonne"),
        ("{% per ogni x in a %}{{ x }}{% fine per %}!", "abc", "non è un elenco"),
        ("{% se a > 3 %}x{% fine se %}!", "molti", "non è un numero"),
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_in_italian(tmp_path, text, value, why):
    assert why in refused(docx_of(tmp_path / "m.docx", text), {"a": value})


@pytest.mark.parametrize("make", [make_txt, lambda path: path.write_bytes(b"x" * 99) and path])
def test_what_is_no_docx_or_odt_is_no_model(tmp_path, make):
    assert "Un modello si scrive in DOCX o in ODT" in refused(make(tmp_path / "m.docx"))


def test_a_document_without_fields_is_filled_with_nothing(tmp_path):
    model = make_odt(tmp_path / "m.odt")
    made = tmp_path / "made.odt"
    made.write_bytes(filling.fill(model, {}))
    assert read(made).text == read(model).text
    assert filling.fields(model) == ()


def test_fields_are_told_with_type_place_and_condition(tmp_path):
    model = docx_of(
        tmp_path / "m.docx",
        "Art. 1 – Oggetto",
        "1. {{ oggetto }} {{ prezzo_base }} {{ codice|cig }} {{ scadenza|data }} {{ mail }}",
        "{% se procedura == 'aperta' o procedura == 'ristretta' %}",
        "{{ termine|data_lunga }}",
        "{% fine se %}",
        "{% per ogni lotto in lotti %}{{ lotto.cig }} {{ lotto.valore|importo }} {{ extra }}"
        "{% fine per %}",
        "{{ lotti|somma('valore')|importo }} {{ note|predefinito('–') }} {{ ditta.piva }}",
    )
    found = {field.name: field for field in filling.fields(model)}
    assert {name: field.type for name, field in found.items()} == {
        "oggetto": FieldType.TEXT,
        "prezzo_base": FieldType.AMOUNT,
        "codice": FieldType.CIG,
        "scadenza": FieldType.DATE,
        "mail": FieldType.EMAIL,
        "procedura": FieldType.TEXT,
        "termine": FieldType.DATE,
        "lotti": FieldType.LIST,
        "extra": FieldType.TEXT,
        "note": FieldType.TEXT,
        "ditta": FieldType.GROUP,
    }
    assert found["procedura"].options == ("aperta", "ristretta")
    assert found["termine"].condition == "procedura == 'aperta' o procedura == 'ristretta'"
    assert [(one.name, one.type.value) for one in found["lotti"].columns] == [
        ("cig", "cig"),
        ("valore", "amount"),
    ]
    assert [one.name for one in found["ditta"].columns] == ["piva"]
    assert (found["note"].required, found["oggetto"].required) == (False, True)
    place = found["oggetto"].places[0]
    assert (place.part, place.paragraph) == ("body", 2)
    assert place.words == "paragrafo 2 (dopo «Art. 1 – Oggetto»)"
    assert place.clause.startswith("Art. 1")


def test_fields_needed_in_one_case_say_in_which(tmp_path):
    model = docx_of(
        tmp_path / "m.docx",
        "{% se a %}{{ x }}{% altrimenti %}{{ y }}{% fine se %} {{ z }}{% se a %}{{ z }}{% fine se %}",
    )
    found = {field.name: field.condition for field in filling.fields(model)}
    assert found == {"a": "", "x": "a", "y": "non (a)", "z": ""}


def test_conditions_have_the_reason_of_the_editor_and_filling_says_what_stayed(tmp_path):
    model = determination(tmp_path / "m.docx")
    [condition] = filling.conditions(model)
    assert (condition.text, condition.reason) == ("pnrr", "fondi PNRR")
    for pnrr in (True, False):
        _, _, choices = filling.filled(model, {**DATA, "pnrr": pnrr})
        assert [(choice.condition.reason, choice.kept) for choice in choices] == [
            ("fondi PNRR", pnrr)
        ]


def test_problems_are_listed_and_a_sound_model_has_none(tmp_path):
    bad = docx_of(tmp_path / "bad.docx", "{{ a|x }}", "{{ b", "{{ c[0] }}")
    assert [problem.place.paragraph for problem in filling.problems(bad)] == [1, 2, 3]
    assert filling.problems(determination(tmp_path / "good.docx")) == ()
    with pytest.raises(BadModel):
        filling.fields(bad)


def test_bounds_on_tags_are_kept(tmp_path):
    model = docx_of(tmp_path / "m.docx", "{{ a }}" * 6)
    few = replace(DEFAULT, tags=5)
    with pytest.raises(Unreadable) as failure:
        filling.fill(model, {"a": "x"}, limits=few)
    assert failure.value.code == "too_large"
    assert lines(model, {"a": "x"}, limits=replace(DEFAULT, tags=6)) == ["xxxxxx"]
