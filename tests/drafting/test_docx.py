import zipfile
from pathlib import Path

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from casa.drafting import Draft, read
from tests.drafting.makers import make_docx, rezip


def keys(draft: Draft) -> list[str]:
    return [clause.key for clause in draft.clauses]


@pytest.mark.parametrize("automatic", [True, False])
def test_articles_and_commi_are_clauses_however_they_are_numbered(tmp_path: Path, automatic: bool):
    draft = read(make_docx(tmp_path / "a.docx", automatic_numbering=automatic))

    assert keys(draft) == [
        "disciplinare-di-gara-per-il-servizio-di-pulizia",
        "art-1",
        "art-1-c-1",
        "art-1-c-2",
        "art-2",
        "art-2-c-1",
        "art-2-c-2",
        "art-2-c-3",
        "art-3",
        "art-3-c-1",
    ]
    assert draft.clauses[4].heading == "Requisiti di partecipazione"
    assert draft.clauses[4].label == "Art. 2"
    assert draft.clauses[5].text.startswith("Possono partecipare")


def test_offsets_point_into_the_text(tmp_path: Path):
    draft = read(make_docx(tmp_path / "a.docx"))

    durata = next(clause for clause in draft.clauses if clause.key == "art-3")
    assert draft.text[durata.start : durata.end] == "Art. 3 – Durata"
    comma = next(clause for clause in draft.clauses if clause.key == "art-3-c-1")
    assert draft.text[comma.start : comma.end] == (
        "1. Il contratto dura dodici mesi dalla consegna del servizio."
    )


def test_tracked_changes_are_read_as_accepted_and_counted(tmp_path: Path):
    document = docx.Document()
    paragraph = document.add_paragraph("La durata è di ")
    paragraph._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="A"><w:r><w:delText>sei</w:delText></w:r></w:del>'
        )
    )
    paragraph._p.append(
        parse_xml(
            f'<w:ins {nsdecls("w")} w:id="2" w:author="A"><w:r><w:t>dodici</w:t></w:r></w:ins>'
        )
    )
    paragraph.add_run(" mesi.")
    document.save(str(tmp_path / "a.docx"))

    draft = read(tmp_path / "a.docx")

    assert draft.text == "La durata è di dodici mesi."
    assert draft.tracked_changes == 2


def test_rows_may_have_different_numbers_of_cells(tmp_path: Path):
    document = docx.Document()
    table = document.add_table(rows=2, cols=3)
    for index, cell in enumerate(table.rows[0].cells):
        cell.text = f"colonna {index}"
    row = table.rows[1]._tr
    row.remove(row.tc_lst[2])
    table.rows[1]._tr.tc_lst[0].p_lst[0].add_r().text = "solo"
    document.save(str(tmp_path / "a.docx"))

    draft = read(tmp_path / "a.docx")

    assert draft.blocks[0].rows == (("colonna 0", "colonna 1", "colonna 2"), ("solo", ""))


def test_notes_stand_after_the_paragraph_that_calls_them(tmp_path: Path):
    notes = (
        '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="5"><w:p><w:r><w:t>Come definito dal Codice.</w:t></w:r></w:p></w:footnote>'
        "</w:footnotes>"
    )
    document = docx.Document()
    paragraph = document.add_paragraph("La stazione appaltante")
    paragraph._p.append(parse_xml(f'<w:r {nsdecls("w")}><w:footnoteReference w:id="5"/></w:r>'))
    document.add_paragraph("Segue.")

    draft = read(with_part(document, tmp_path / "a", kind="footnotes", xml=notes))

    assert [(block.kind, block.number, block.text) for block in draft.blocks] == [
        ("paragraph", "", "La stazione appaltante[1]"),
        ("note", "1", "Come definito dal Codice."),
        ("paragraph", "", "Segue."),
    ]


def with_part(document: docx.document.Document, path: Path, *, kind: str, xml: str) -> Path:
    """Save the document with one more part, as Word relates it."""
    document.save(str(path))
    with zipfile.ZipFile(path) as archive:
        relations = archive.read("word/_rels/document.xml.rels")
    relation = (
        '<Relationship Id="rId990" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        f'relationships/{kind}" Target="{kind}.xml"/></Relationships>'
    )
    changed = relations.replace(b"</Relationships>", relation.encode())
    changes = {"word/_rels/document.xml.rels": changed, f"word/{kind}.xml": xml.encode()}
    return rezip(path, path, changes=changes)


def test_comments_are_counted_and_not_read(tmp_path: Path):
    xml = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="1"><w:p><w:r><w:t>segreto</w:t></w:r></w:p></w:comment></w:comments>'
    )
    document = docx.Document()
    document.add_paragraph("Testo.")

    draft = read(with_part(document, tmp_path / "a", kind="comments", xml=xml))

    assert (draft.comments, draft.text) == (1, "Testo.")


def test_a_part_told_a_thousand_times_is_read_once(tmp_path: Path):
    xml = (
        '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        '<w:comment w:id="1"><w:p/></w:comment></w:comments>'
    )
    document = docx.Document()
    document.add_paragraph("Testo.")
    path = with_part(document, tmp_path / "a", kind="comments", xml=xml)
    relations = zipfile.ZipFile(path).read("word/_rels/document.xml.rels")
    start = relations.index(b"<Relationship ")
    end = relations.index(b"/>", start) + 2
    comments = relations.rindex(b"<Relationship ")
    repeated = relations[start:end] * 1_000 + relations[comments:].partition(b"/>")[0] + b"/>"
    changed = relations[:start] + repeated * 2 + relations[start:]
    rezip(path, path, changes={"word/_rels/document.xml.rels": changed})

    assert read(path).comments == 1


def test_headers_and_footers_are_apart_from_the_text(tmp_path: Path):
    document = docx.Document()
    document.add_paragraph("Testo.")
    document.sections[0].header.paragraphs[0].text = "Comune di Prova"
    document.sections[0].footer.paragraphs[0].text = "Ufficio gare"
    document.save(str(tmp_path / "a"))

    draft = read(tmp_path / "a")

    assert (draft.text, draft.furniture) == ("Testo.", ("Comune di Prova", "Ufficio gare"))


def test_hidden_words_are_reported_and_not_read(tmp_path: Path):
    document = docx.Document()
    paragraph = document.add_paragraph("Si vede ")
    paragraph.add_run("non si vede").font.hidden = True
    document.save(str(tmp_path / "a"))

    draft = read(tmp_path / "a")

    assert (draft.text, draft.hidden_text) == ("Si vede", True)


def test_content_controls_links_and_text_boxes_are_read_once(tmp_path: Path):
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><w:txbxContent><w:p><w:r>"
        "<w:t>nel riquadro</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback>"
        "<w:pict><w:txbxContent><w:p><w:r><w:t>nel riquadro</w:t></w:r></w:p></w:txbxContent>"
        "</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = (
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>in un campo</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>in un </w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r>"
        f"<w:t>legame</w:t></w:r></w:sdtContent></w:sdt>{box}</w:p>"
    )

    assert (
        read(raw_docx(tmp_path / "a", body)).text == "in un campo\n\nin un legame\n\nnel riquadro"
    )


def raw_docx(path: Path, body: str) -> Path:
    """A DOCX with this XML as its body."""
    document = (
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<w:body>{body}</w:body></w:document>"
    )
    return rezip(make_docx(path), path, changes={"word/document.xml": document.encode()})


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path):
    body = (
        "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:r><w:t>Prima</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>e seconda.</w:t></w:r></w:p>"
        "<w:p><w:moveFrom w:id='2'><w:r><w:t>andata</w:t></w:r></w:moveFrom></w:p>"
    )

    draft = read(raw_docx(tmp_path / "a", body))

    assert (draft.text, draft.tracked_changes) == ("Prima e seconda.", 2)


def test_check_boxes_of_forms_are_seen(tmp_path: Path):
    body = (
        "<w:p><w:r><w:fldChar w:fldCharType='begin'><w:ffData><w:checkBox><w:default w:val='0'/>"
        "</w:checkBox></w:ffData></w:fldChar></w:r><w:r><w:t> il primo</w:t></w:r></w:p>"
        "<w:p><w:r><w:sym w:font='Wingdings' w:char='F0FE'/></w:r><w:r><w:t> il secondo</w:t></w:r></w:p>"
    )

    draft = read(raw_docx(tmp_path / "a", body))

    assert [block.number for block in draft.blocks] == ["☐", "☒"]


def test_a_frame_around_text_is_no_table(tmp_path: Path):
    body = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Incorniciato</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"

    assert [block.kind for block in read(raw_docx(tmp_path / "a", body)).blocks] == ["paragraph"]


def test_merged_cells_keep_the_columns_in_place(tmp_path: Path):
    cell = (
        "<w:tc><w:tcPr><w:gridSpan w:val='{}'/></w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    )
    first = "".join(cell.format(span, text) for span, text in ((2, "A"), (1, "B")))
    second = "".join(cell.format(1, text) for text in "CDE")
    body = f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"

    (table,) = read(raw_docx(tmp_path / "a", body)).blocks

    assert table.rows == (("A", "", "B"), ("C", "D", "E"))


def test_the_table_of_contents_gives_no_clauses(tmp_path: Path):
    body = (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
        "</w:sdtPr><w:sdtContent><w:p><w:r><w:t>Art. 1 – Oggetto</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>Art. 1 – Oggetto</w:t></w:r></w:p>"
    )

    draft = read(raw_docx(tmp_path / "a", body))

    assert keys(draft) == ["art-1"]
    assert draft.clauses[0].first_block == 1


def test_the_title_of_an_article_may_stand_below_its_number(tmp_path: Path):
    bold = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r></w:p>"
    body = (
        bold.format("Articolo 4")
        + bold.format("(Garanzie)")
        + bold.format("Art. 5")
        + ("<w:p><w:r><w:t>Il testo comincia subito e finisce con un punto.</w:t></w:r></w:p>")
    )

    draft = read(raw_docx(tmp_path / "a", body))

    assert [(clause.label, clause.heading) for clause in draft.clauses] == [
        ("Art. 4", "Garanzie"),
        ("Art. 5", ""),
    ]


def test_macros_inside_a_plain_document_are_reported(tmp_path: Path):
    path = make_docx(tmp_path / "a")
    rezip(path, path, changes={"word/vbaProject.bin": b"\0"})

    assert read(path).has_macros
    assert not read(make_docx(tmp_path / "b")).has_macros


def test_a_template_and_a_strict_document_are_documents(tmp_path: Path):
    path = make_docx(tmp_path / "a")
    with zipfile.ZipFile(path) as archive:
        types = archive.read("[Content_Types].xml")
        text = archive.read("word/document.xml")
    template = types.replace(b"document.main+xml", b"template.main+xml")
    strict = text.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )

    as_template = read(rezip(path, tmp_path / "b", changes={"[Content_Types].xml": template}))
    as_strict = read(rezip(path, tmp_path / "c", changes={"word/document.xml": strict}))

    assert as_template.text == as_strict.text == read(path).text


def test_author_and_template_are_metadata_and_not_text(tmp_path: Path):
    draft = read(make_docx(tmp_path / "a.docx", author="Persona Inventata"))

    assert draft.metadata.author == "Persona Inventata"
    assert "Persona" not in draft.text
