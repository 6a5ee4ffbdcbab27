"""Blanks of ordinary documents: found, typed, named, and made into fields that fill."""

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from casa.drafting import Unreadable, filling, read
from casa.drafting.filling import Blank, Confirmed, FieldType
from tests.drafting.makers_models import docx_of, odt_of
from tests.drafting.makers_odf import text_body, write_odf

SHARED = Path(__file__).parents[3] / "shared" / "data" / "documents" / "templates_docx"
# (paragraph, [(type, name), …] in reading order): written before the patterns were tried on them
SHEET = [
    (
        "Il sottoscritto ______________ nato a ____________ il ___/___/_____ C.F. ________________",
        [
            *(("text", "nome"), ("text", "luogo"), ("date", "data")),
            ("fiscal_code", "codice_fiscale"),
        ],
    ),
    (
        "legale rappresentante della ditta ………………………… con sede in ………………, via ……………… n. ………",
        [("text", "ditta"), ("text", "luogo"), ("text", "indirizzo"), ("text", "numero")],
    ),
    (
        "P.IVA __________, PEC: ____________, tel. ________",
        [("vat_number", "partita_iva"), ("pec", "pec"), ("phone", "telefono")],
    ),
    (
        "Oggetto: [descrizione dei lavori] – CIG [CIG] – CUP ____________",
        [("text", "descrizione_dei_lavori"), ("cig", "cig"), ("cup", "cup")],
    ),
    (
        "importo a base di gara pari ad euro __________ (euro ______________________/00)",
        [("amount", "importo"), ("amount", "importo")],
    ),
    ("offre un ribasso del ______ %", [("percentage", "percentuale")]),
    ("Determinazione n. ____ del ____________", [("text", "numero"), ("date", "data")]),
    ("entro le ore ____ del gg/mm/aaaa", [("time", "ora"), ("date", "data")]),
    ("<<nome_rup>>, Responsabile unico del progetto", [("text", "nome_rup")]),
    ("☐ di essere iscritto alla CCIAA", [("boolean", "di_essere_iscritto_alla")]),
    ("Il Dirigente dell’Area [Settore competente]", [("text", "settore_competente")]),
    ("Premesso che XXXX ha approvato", [("text", "premesso")]),
    ("delibera n. … del …", [("text", "numero"), ("date", "data")]),
    ("al netto di € ........ (........)", [("amount", "importo"), ("amount", "importo")]),
    ("IBAN: ____ e-mail: ____", [("iban", "iban"), ("email", "email")]),
    ("la percentuale del ________ delle prestazioni", [("percentage", "percentuale")]),
    ("bando [completare] del servizio di [completare]", [("text", "bando"), ("text", "oggetto")]),
    ("residente in «Comune», CAP ……", [("text", "comune"), ("text", "cap")]),
]
NO_BLANKS = [
    "Sommario ............................................ 3",
    "Il Dirigente [omissis] dispone",
    "ai sensi della normativa vigente [1] e della nota [vedi allegato]",
    "Premesso che... si procede",
    "[Eventuale, in caso di subappalto] DICHIARA:",
    "Luogo e firma ________________",
    "{{ importo|importo }} già campo [{{ x }}]",
    "Numero XX secolo, art. 3 _ comma",
    "Allegati: a) b) c)",
]


@pytest.mark.parametrize("make", [docx_of, odt_of])
@pytest.mark.parametrize(("text", "expected"), SHEET)
def test_blanks_are_found_typed_and_named(tmp_path, make, text, expected):
    path = make(tmp_path / f"d.{'docx' if make is docx_of else 'odt'}", text)
    found = filling.blanks(path)
    assert [(blank.type.value, blank.name) for blank in found] == expected
    assert [blank.number for blank in found] == list(range(1, len(found) + 1))
    assert all(
        blank.text in text and text.startswith(blank.before[:5] or "") for blank in found[:1]
    )


@pytest.mark.parametrize("make", [docx_of, odt_of])
@pytest.mark.parametrize("text", NO_BLANKS)
def test_what_only_looks_like_a_blank_is_none(tmp_path, make, text):
    path = make(tmp_path / f"d.{'docx' if make is docx_of else 'odt'}", text)
    assert filling.blanks(path) == ()


def test_the_words_that_tell_are_shown_with_the_place(tmp_path):
    path = docx_of(tmp_path / "d.docx", "Art. 1 – Oggetto", "Il CIG è CIG ____ del lotto")
    [blank] = filling.blanks(path)
    assert (blank.before, blank.text, blank.after) == ("Il CIG è CIG ", "____", " del lotto")
    assert blank.place.words == "paragrafo 2 (dopo «Art. 1 – Oggetto»)"


def test_the_same_words_are_one_field_and_others_have_their_own_name(tmp_path):
    path = docx_of(
        tmp_path / "d.docx",
        "[Nome ente] e [Nome ente]; CIG ____, CIG ____",
        "n. ____ del ____, determinazione n. ____ del ____, n. ____",
    )
    assert [blank.name for blank in filling.blanks(path)] == [
        *("nome_ente", "nome_ente", "cig", "cig"),
        *("numero", "data", "numero_determinazione", "data_determinazione", "numero_2"),
    ]


TEXT = '<w:r {}><w:t xml:space="preserve">%s</w:t></w:r>'
INSTRUCTION = '<w:r {}><w:instrText xml:space="preserve"> %s </w:instrText></w:r>'
SIGN = '<w:r {}><w:fldChar w:fldCharType="%s"/></w:r>'
SIMPLE = '<w:fldSimple {} w:instr="%s"><w:r><w:t>%s</w:t></w:r></w:fldSimple>'
CONTROL = (
    '<w:sdt {}><w:sdtPr><w:alias w:val="Data atto"/><w:date/></w:sdtPr><w:sdtContent><w:r>'
    "<w:t>Fare clic per la data</w:t></w:r></w:sdtContent></w:sdt>"
)
WORD_FIELDS = [
    SIGN % "begin",
    INSTRUCTION % "MERGEFIELD Nome_ente \\* MERGEFORMAT",
    SIGN % "separate",
    TEXT % "«Nome_ente»",
    SIGN % "end",
    TEXT % " via ",
    SIMPLE % (" MERGEFIELD &quot;Via sede&quot; ", "«Via»"),
    TEXT % " il ",
    CONTROL,
    TEXT % " per conto ",
    SIGN % "begin",
    INSTRUCTION % "FORMTEXT",
    SIGN % "separate",
    TEXT % "     ",
    SIGN % "end",
]


def word_fields(path: Path) -> Path:
    """A MERGEFIELD in both its forms, a form field, content controls, highlighted words."""
    document = docx.Document()
    paragraph = document.add_paragraph("Ente: ")
    for xml in WORD_FIELDS:
        paragraph._p.append(parse_xml(xml.format(nsdecls("w"))))
    paragraph.add_run(" a ")
    run = paragraph.add_run("Provincia di Esempio")
    run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    paragraph.add_run(".")
    document.save(str(path))
    return path


def test_fields_controls_and_colours_of_word_are_blanks(tmp_path):
    found = filling.blanks(word_fields(tmp_path / "d.docx"))
    assert [(blank.kind, blank.name, blank.type.value) for blank in found] == [
        ("merge_field", "nome_ente", "text"),
        ("merge_field", "via_sede", "text"),
        ("control", "data_atto", "date"),
        ("form", "conto", "text"),
        ("highlight", "provincia_di_esempio", "text"),
    ]


def confirmed(blanks: tuple[Blank, ...]) -> list[Confirmed]:
    return [Confirmed(blank.number, blank.name, blank.type, blank.format) for blank in blanks]


def test_fields_and_controls_of_word_become_fields_of_the_model(tmp_path):
    path = word_fields(tmp_path / "d.docx")
    found = filling.blanks(path)
    model = tmp_path / "m.docx"
    model.write_bytes(filling.as_template(path, confirmed(found)))
    xml = docx.Document(str(model)).element.xml
    assert [word for word in ("fldChar", "instrText", "fldSimple", "w:sdt") if word in xml] == []
    text = docx.Document(str(model)).paragraphs[0].text
    names = [blank.name for blank in found]
    assert text == (
        f"Ente: {{{{ {names[0]} }}}} via {{{{ {names[1]} }}}} il {{{{ {names[2]}|data }}}} per conto "
        f"{{{{ {names[3]} }}}} a {{{{ {names[4]} }}}}."
    )
    made = tmp_path / "made.docx"
    data = dict(zip(names, ("Comune", "Via Roma", "2026-03-01", "x", "Provincia"), strict=True))
    made.write_bytes(filling.fill(model, data))
    assert read(made).text == "Ente: Comune via Via Roma il 01/03/2026 per conto x a Provincia."


@pytest.mark.parametrize("make", [docx_of, odt_of])
def test_a_sheet_of_blanks_becomes_a_model_and_fills(tmp_path, make):
    suffix = "docx" if make is docx_of else "odt"
    path = make(tmp_path / f"d.{suffix}", *(text for text, _expected in SHEET))
    found = filling.blanks(path)
    assert len(found) == sum(len(expected) for _text, expected in SHEET)
    model = tmp_path / f"m.{suffix}"
    model.write_bytes(filling.as_template(path, confirmed(found)))
    assert filling.problems(model) == ()
    assert {field.name for field in filling.fields(model)} == {blank.name for blank in found}
    assert filling.blanks(model) == ()


@pytest.mark.parametrize("make", [docx_of, odt_of])
def test_only_what_a_person_confirms_becomes_a_field(tmp_path, make):
    suffix = "docx" if make is docx_of else "odt"
    path = make(tmp_path / f"d.{suffix}", "Il CIG ____ e il CUP ____, euro ____ (____).")
    model = tmp_path / f"m.{suffix}"
    chosen = [
        Confirmed(4, "prezzo", FieldType.AMOUNT, "lettere"),
        Confirmed(1, "codice_gara"),
        Confirmed(3, "prezzo", FieldType.AMOUNT),
    ]
    model.write_bytes(filling.as_template(path, chosen))
    made = tmp_path / f"made.{suffix}"
    made.write_bytes(filling.fill(model, {"codice_gara": "X", "prezzo": "12,50"}))
    assert read(made).text == "Il CIG X e il CUP ____, euro 12,50 (dodici/50)."
    model.write_bytes(filling.as_template(path, []))
    assert read(model).text == read(path).text


def test_placeholders_and_colours_of_an_odt_are_blanks(tmp_path):
    path = tmp_path / "d.odt"
    style = (
        '<style:style style:name="T1" style:family="text"><style:text-properties '
        'fo:background-color="#ffff00"/></style:style>'
    )
    body = (
        '<text:p>Ente <text:placeholder text:placeholder-type="text" text:description="Nome ente">'
        '&lt;Nome&gt;</text:placeholder> di <text:span text:style-name="T1">Esempio</text:span> '
        'via <text:database-display text:column-name="via">&lt;via&gt;</text:database-display>'
        "</text:p>"
    )
    write_odf(path, text_body(body), automatic=style)
    found = filling.blanks(path)
    assert [(blank.kind, blank.name) for blank in found] == [
        ("control", "nome_ente"),
        ("highlight", "esempio"),
        ("merge_field", "via"),
    ]
    model = tmp_path / "m.odt"
    model.write_bytes(filling.as_template(path, confirmed(found)))
    made = tmp_path / "made.odt"
    made.write_bytes(filling.fill(model, {"nome_ente": "A", "esempio": "B", "via": "C"}))
    assert read(made).text == "Ente A di B via C"


@pytest.mark.parametrize(
    ("choice", "why"),
    [
        (Confirmed(9, "a"), "Lo spazio numero 9 non c'è"),
        (Confirmed(1, "a b"), "non può essere il nome di un campo"),
        (Confirmed(1, "__class__"), "non può essere il nome di un campo"),
        (Confirmed(1, "a }}{{ b"), "non può essere il nome di un campo"),
        (Confirmed(1, "a", FieldType.TEXT, "attr('x')"), "non esiste"),
    ],
)
def test_a_choice_that_cannot_be_is_refused_in_italian(tmp_path, choice, why):
    path = docx_of(tmp_path / "d.docx", "CIG ____")
    with pytest.raises(Unreadable) as failure:
        filling.as_template(path, [choice])
    assert why in failure.value.message


def test_the_programs_list_blanks_and_write_the_model(tmp_path):
    path = docx_of(tmp_path / "d.docx", "CIG ____")
    program = [sys.executable, "-m", "casa.drafting"]
    listed = subprocess.run([*program, "blanks", str(path)], capture_output=True, check=True)
    [blank] = json.loads(listed.stdout)
    chosen = json.dumps([{key: blank[key] for key in ("number", "name", "type", "format")}])
    made = subprocess.run(
        [*program, "template", "--confirmed", chosen, str(path)], capture_output=True, check=True
    )
    document = docx.Document(io.BytesIO(made.stdout))
    assert [paragraph.text for paragraph in document.paragraphs] == ["CIG {{ cig|cig }}"]
    wrong = [*program, "template", "--confirmed", '[{"numero": 1}]', str(path)]
    refused = subprocess.run(wrong, capture_output=True, check=False)
    assert (refused.returncode, json.loads(refused.stdout)["code"]) == (1, "data")


@pytest.mark.parametrize("text", ["_" * 100_000, "[" * 50_000, ". " * 50_000, "«a" * 40_000])
def test_long_paragraphs_of_signs_take_no_time(tmp_path, text):
    assert len(filling.blanks(docx_of(tmp_path / "d.docx", text))) <= 1


@pytest.mark.may_skip("shared")
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared documents are not on this machine")
def test_real_models_with_their_blanks_confirmed_are_sound_models(tmp_path):
    counts = {}
    for path in sorted(SHARED.glob("*.docx")):
        found = filling.blanks(path)
        model = tmp_path / path.name
        model.write_bytes(filling.as_template(path, confirmed(found)))
        assert filling.problems(model) == ()
        assert {field.name for field in filling.fields(model)} == {one.name for one in found}
        counts[path.name] = len(found)
    assert sum(counts.values()) > 80
