from pathlib import Path

import pytest

from casa.drafting import Draft, Unreadable, read
from casa.drafting.limits import Limits
from casa.drafting.readers.pdf.page import Line
from casa.drafting.readers.pdf.paragraphs import joined
from tests.drafting.makers import ARTICLES, make_docx, make_pdf, make_scan
from tests.drafting.makers_pdf import LEFT, Pdf

LONG = [(title, commas * 6) for title, commas in ARTICLES] * 3


def keys(draft: Draft) -> list[str]:
    return [clause.key for clause in draft.clauses]


def test_a_pdf_and_a_docx_with_the_same_words_have_the_same_articles(tmp_path: Path):
    pdf = [c for c in read(make_pdf(tmp_path / "a")).clauses if c.label]
    word = [c for c in read(make_docx(tmp_path / "b")).clauses if c.label]

    assert [(c.key, c.heading, c.text) for c in pdf] == [(c.key, c.heading, c.text) for c in word]


def test_pages_are_counted_and_clauses_know_theirs(tmp_path: Path):
    draft = read(make_pdf(tmp_path / "a", articles=LONG))

    assert draft.pages is not None
    assert draft.pages > 2
    assert [clause.page for clause in draft.clauses] == sorted(
        clause.page or 0 for clause in draft.clauses
    )
    assert draft.clauses[-1].page == draft.pages


def test_running_headers_and_footers_are_apart(tmp_path: Path):
    draft = read(
        make_pdf(tmp_path / "a", articles=LONG, header="Comune di Prova", footer="Pagina {} di 9")
    )

    assert draft.furniture == ("Comune di Prova",)
    assert "Comune di Prova" not in draft.text
    assert "Pagina" not in draft.text


def test_a_paragraph_cut_by_a_page_is_one_again(tmp_path: Path):
    pdf = Pdf(header="Ente", footer="{}")
    pdf.add_page()
    pdf.text("Questa frase comincia in fondo alla pagina e", x=LEFT, y=80)
    pdf.add_page()
    pdf.text("finisce in testa alla pagina seguente.", x=LEFT, y=770)
    pdf.add_page()
    pdf.text("Altro.", x=LEFT, y=770)

    draft = read(pdf.save(tmp_path / "a"))

    assert draft.blocks[0].text == (
        "Questa frase comincia in fondo alla pagina e finisce in testa alla pagina seguente."
    )
    assert draft.blocks[0].page == 1


def test_words_broken_at_the_line_end_are_one_again(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    for number, line in enumerate(
        ["La stazione appaltante comunica l'aggiudica-", "zione entro cinque giorni."]
    ):
        pdf.text(line, x=LEFT, y=700 - 14 * number)

    assert (
        read(pdf.save(tmp_path / "a")).text
        == "La stazione appaltante comunica l'aggiudicazione entro cinque giorni."
    )


def test_citations_at_the_line_start_open_no_article(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    pdf.text("Art. 1 – Oggetto", x=LEFT, y=720, bold=True)
    lines = [
        "1. Il contratto è stipulato con le modalità e nei termini di cui all'",
        "art. 18 del codice e, per quanto qui non previsto, dell'articolo",
        "32 del regolamento.",
    ]
    for number, line in enumerate(lines):
        pdf.text(line, x=LEFT, y=700 - 14 * number)

    draft = read(pdf.save(tmp_path / "a"))

    assert keys(draft) == ["art-1", "art-1-c-1"]
    assert "dell'articolo 32 del regolamento." in draft.text


def test_a_bold_phrase_inside_a_paragraph_is_no_heading(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    lines = [
        (
            "Le offerte economiche sono presentate dai concorrenti attraverso la piattaforma, entro il termine di cui",
            False,
        ),
        ("AL PUNTO TREDICI DEL PRESENTE DISCIPLINARE, A PENA DI ESCLUSIONE", True),
        ("di comprovato malfunzionamento della piattaforma.", False),
    ]
    for number, (line, bold) in enumerate(lines):
        pdf.text(line, x=LEFT, y=700 - 14 * number, bold=bold)

    assert [block.kind for block in read(pdf.save(tmp_path / "a")).blocks] == ["paragraph"]


def test_the_lines_of_an_index_are_no_headings(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    for number, title in enumerate(["Oggetto", "Durata", "Penali", "Foro"], start=1):
        pdf.text(
            f"Art. {number} – {title}" + "." * 60 + f" {number + 1}", x=LEFT, y=760 - 14 * number
        )
    pdf.add_page()
    pdf.paragraph("Art. 1 – Oggetto", bold=True)
    pdf.paragraph("L'appalto riguarda la pulizia.")

    draft = read(pdf.save(tmp_path / "a"))

    assert [(clause.key, clause.page) for clause in draft.clauses] == [("art-1", 2)]


def test_ruled_tables_are_tables_and_their_words_no_headings(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    pdf.text("Prima della tabella.", x=LEFT, y=760)
    for y in (740, 720, 700):
        pdf.rule(LEFT, y, 400, y)
    for x in (LEFT, 200, 400):
        pdf.rule(x, 700, x, 740)
    for x, y, words in (
        (75, 725, "Lotto"),
        (205, 725, "Importo"),
        (75, 705, "1"),
        (205, 705, "100,00"),
    ):
        pdf.text(words, x=x, y=y, bold=y == 725)
    pdf.text("Dopo la tabella.", x=LEFT, y=670)

    draft = read(pdf.save(tmp_path / "a"))

    assert [block.kind for block in draft.blocks] == ["paragraph", "table", "paragraph"]
    assert draft.blocks[1].rows == (("Lotto", "Importo"), ("1", "100,00"))
    assert draft.clauses == ()


def test_a_merged_cell_is_written_once(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    for y in (740, 700):
        pdf.rule(LEFT, y, 400, y)
    pdf.rule(200, 720, 400, 720)
    for x in (LEFT, 200, 400):
        pdf.rule(x, 700, x, 740)
    for x, y, words in ((75, 715, "Unito"), (205, 725, "sopra"), (205, 705, "sotto")):
        pdf.text(words, x=x, y=y)

    (table,) = read(pdf.save(tmp_path / "a")).blocks

    assert table.rows == (("Unito", "sopra"), ("", "sotto"))


def test_numbers_set_in_the_margin_belong_to_their_paragraph(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    pdf.text("5.1", x=50, y=700, bold=True)
    pdf.text("Durata stimata", x=85, y=700, bold=True)
    pdf.text("Ventiquattro mesi.", x=85, y=680)

    assert keys(read(pdf.save(tmp_path / "a"))) == ["5-1"]


def test_a_scan_is_a_draft_that_needs_to_be_recognised(tmp_path: Path):
    draft = read(make_scan(tmp_path / "a", pages=3))

    assert (draft.text, draft.scanned_pages) == ("", (1, 2, 3))
    assert draft.confidence == 0


def test_single_scanned_pages_are_named(tmp_path: Path):
    draft = read(make_pdf(tmp_path / "a", scanned_pages=1, empty_pages=1))

    assert draft.scanned_pages == (3,)
    assert 0 < draft.confidence < 0.8
    assert read(make_pdf(tmp_path / "b", empty_pages=1)).scanned_pages == ()


def test_too_many_pages_are_refused_with_their_number(tmp_path: Path):
    with pytest.raises(Unreadable) as refused:
        read(make_pdf(tmp_path / "a", empty_pages=5), limits=Limits(pages=3))

    assert refused.value.code == "too_many_pages"
    assert "6 pagine" in refused.value.message


def test_metadata_are_read_with_their_dates(tmp_path: Path):
    pdf = Pdf()
    pdf.add_page()
    pdf.paragraph("Testo.")
    info = "<< /Title (Bando) /Author (Autore) /CreationDate (D:20250131094500+01'00') >>"

    metadata = read(pdf.save(tmp_path / "a", info=info)).metadata

    assert (metadata.title, metadata.author, metadata.created) == (
        "Bando",
        "Autore",
        "2025-01-31T09:45:00",
    )


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["la stazio\ufffe", "ne appaltante"], "la stazione appaltante"),
        (["la stazio\x02ne"], "la stazione"),
        (["www.ente.it/bandi/avviso\ufffe", "di-gara"], "www.ente.it/bandi/avviso-di-gara"),
        (["la fine\ufffe"], "la fine-"),
        (["il D.Lgs. 36-", "2023"], "il D.Lgs. 36- 2023"),
    ],
)
def test_the_hyphens_that_pdfium_marks(lines: list[str], text: str):
    assert joined(Line(line) for line in lines).strip() == text
