import random
from datetime import date

import docx
import pytest

from casa.drafting import merging, read, redline
from casa.drafting.comparing.units import units_of
from casa.drafting.programs import run_program
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.package import OpenDocx
from tests.drafting.helped import with_office
from tests.drafting.makers import ARTICLES, make_docx, make_odt
from tests.drafting.versions import document, edited

DAY = date(2026, 3, 3)


def written(tmp_path, articles, *, automatic=True, choices=None):
    paths = [
        make_docx(tmp_path / f"{name}.docx", articles=one, automatic_numbering=automatic)
        for name, one in zip(("base", "ours", "theirs"), articles, strict=True)
    ]
    merge = merging.chosen(merging.merge(*map(read, paths)), choices or {})
    path = tmp_path / "out.docx"
    path.write_bytes(merging.docx(*paths, choices=choices, author="Fonte", on=DAY))
    return merge, path


def words(path):
    return [block.text for block in read(path).blocks]


def expected(merge):
    return [block.text for clause in merge.clauses for block in merging.clause_blocks(clause)]


@pytest.mark.parametrize("automatic", [True, False])
@pytest.mark.parametrize("seed", range(20))
def test_the_file_says_what_the_merge_says(tmp_path, seed, automatic):
    chance = random.Random(seed)
    base = document(chance, articles=6)
    sides = [edited(chance, base, changes=4) for _ in range(2)]
    merge, path = written(tmp_path, [base, *sides], automatic=automatic)
    kept = tmp_path / "kept.docx"
    kept.write_bytes(redline.rejected(path))
    ours = [clause for clause in merge.clauses if clause not in merge.conflicts or clause.ours]
    assert words(kept) == expected(merging.Merge(tuple(ours)))


@pytest.mark.parametrize("automatic", [True, False])
@pytest.mark.parametrize("seed", range(8))
def test_without_changes_of_ours_the_file_says_theirs(tmp_path, seed, automatic):
    chance = random.Random(seed)
    base = document(chance, articles=6)
    theirs = edited(chance, base, changes=6)
    _, path = written(tmp_path, [base, base, theirs], automatic=automatic)
    assert read(path).text == read(tmp_path / "theirs.docx").text
    assert read(path).tracked_changes == 0


def test_our_formatting_stays_and_a_new_article_takes_it(tmp_path):
    theirs = [*ARTICLES[:1], ("Penali", ["La penale è dell'uno per mille."]), *ARTICLES[1:]]
    _, path = written(tmp_path, [ARTICLES, ARTICLES, theirs])
    new = next(
        block
        for block in OpenDocx(path).body.iter(f"{W}p")
        if "".join(block.itertext()) == "Penali"
    )
    assert new.find(f"{W}pPr/{W}pStyle").get(f"{W}val") == "Heading1"


def test_a_conflict_is_a_tracked_change_that_leads_to_their_words(tmp_path):
    ours = [
        *ARTICLES[:2],
        ("Durata", ["Il contratto dura ventiquattro mesi dalla consegna del servizio."]),
    ]
    theirs = [
        *ARTICLES[:2],
        ("Durata", ["Il contratto dura trentasei mesi dalla consegna del servizio."]),
    ]
    merge, path = written(tmp_path, [ARTICLES, ours, theirs])
    assert [clause.key for clause in merge.conflicts] == ["art-3-c-1"]
    for made, side in ((redline.rejected, "ours"), (redline.accepted, "theirs")):
        result = tmp_path / "result.docx"
        result.write_bytes(made(path))
        assert read(result).text == read(tmp_path / f"{side}.docx").text


def test_a_decided_conflict_leaves_no_mark(tmp_path):
    ours = [
        *ARTICLES[:2],
        ("Durata", ["Il contratto dura ventiquattro mesi dalla consegna del servizio."]),
    ]
    theirs = [
        *ARTICLES[:2],
        ("Durata", ["Il contratto dura trentasei mesi dalla consegna del servizio."]),
    ]
    choices = {"art-3-c-1": merging.Choice("take")}
    _, path = written(tmp_path, [ARTICLES, ours, theirs], choices=choices)
    assert read(path).tracked_changes == 0
    assert read(path).text == read(tmp_path / "theirs.docx").text


def test_the_programs_refuse_what_is_not_word_with_a_sentence(tmp_path, capfdbinary):
    plain = tmp_path / "a.txt"
    plain.write_text("Art. 1 – Oggetto")
    assert run_program("redline", [str(plain), str(plain)]) == 1
    assert run_program("merge", [str(plain)] * 3) == 1
    assert capfdbinary.readouterr().out.count(b"not_supported") == 2


def test_an_odt_of_theirs_needs_libreoffice(tmp_path, capfdbinary):
    base, theirs = make_docx(tmp_path / "a.docx"), make_odt(tmp_path / "b.odt")
    assert run_program("merge", [str(base), str(base), str(theirs)]) == 1
    assert b"formati diversi" in capfdbinary.readouterr().out


def test_editing_one_paragraph_leaves_its_neighbours_and_the_table_alone(tmp_path):
    word = docx.Document()
    word.add_paragraph("Art. 1 – Oggetto", style="Heading 1")
    word.add_paragraph("1. Il servizio comprende:")
    for line in ("a) la cucina;", "b) il trasporto;"):
        word.add_paragraph(line, style="List Bullet")
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Pasti", "120"
    word.add_paragraph("Il servizio è quotidiano.")
    path = tmp_path / "testo.docx"
    word.save(str(path))
    draft = read(path)
    unit = next(one for one in units_of(draft) if "cucina" in one.text)
    text = unit.text.replace("il trasporto;", "il trasporto e la consegna;")
    text = text.replace("quotidiano", "feriale")

    choices = {unit.key: merging.Choice("edit", text)}
    out = tmp_path / "out.docx"
    out.write_bytes(merging.docx(path, path, path, choices=choices, author="Noi", on=DAY))

    made = read(out)
    assert [(b.kind, b.number, b.text, b.rows) for b in made.blocks] == [
        (b.kind, b.number, b.text.replace("il trasporto", "il trasporto e la consegna"), b.rows)
        if b.text != "Il servizio è quotidiano."
        else (b.kind, b.number, "Il servizio è feriale.", b.rows)
        for b in draft.blocks
    ]
    styles = [one.style.name for one in docx.Document(str(out)).paragraphs]
    assert styles == [one.style.name for one in docx.Document(str(path)).paragraphs]
    assert made.tracked_changes == 0


class TestWithLibreOffice:
    pytestmark = with_office

    def test_the_news_of_an_odt_go_into_our_docx(self, tmp_path, capfdbinary):
        base = make_docx(tmp_path / "a.docx")
        later = [*ARTICLES[:1], (ARTICLES[1][0], ["Il servizio dura ventiquattro mesi."])]
        theirs = make_odt(tmp_path / "b.odt", articles=[*later, *ARTICLES[2:]])
        files = [str(path) for path in (base, base, theirs)]
        assert run_program("merge", ["--limits", '{"programs": 1}', *files]) == 0
        made = tmp_path / "c.docx"
        made.write_bytes(capfdbinary.readouterr().out)
        assert "Il servizio dura ventiquattro mesi." in words(made)
