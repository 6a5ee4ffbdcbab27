"""A merge written into our ODT: the same laws, our formatting, conflicts as tracked changes."""

import random
from datetime import date

import pytest

from casa.drafting import merging, read, redline
from casa.drafting.kinds import Kind
from casa.drafting.programs import run_program
from casa.drafting.readers.odf.names import TEXT
from casa.drafting.redline.odt.package import OpenOdt
from casa.drafting.sniffing import sniff
from tests.drafting import makers_odt as odf
from tests.drafting.makers import ARTICLES, make_docx, make_odt
from tests.drafting.versions import document, edited

DAY = date(2026, 3, 3)
OURS = [*ARTICLES[:2], ("Durata", ["Il contratto dura ventiquattro mesi dalla consegna."])]
THEIRS = [*ARTICLES[:2], ("Durata", ["Il contratto dura trentasei mesi dalla consegna."])]


def files(folder, *versions, make=make_odt):
    return [
        make(folder / f"{name}.odt", articles=articles)
        for name, articles in zip(("base", "ours", "theirs"), versions, strict=True)
    ]


def written(folder, paths, **how):
    merge = merging.chosen(merging.merge(*map(read, paths)), how.get("choices") or {})
    path = folder / "esito.odt"
    path.write_bytes(merging.odt(*paths, author="Fonte", on=DAY, **how))
    return merge, path


def words(path):
    return [block.rows or block.text for block in read(path).blocks]


def numbered(path):
    return [(block.number, block.rows or block.text) for block in read(path).blocks]


def expected(clauses):
    return [
        block.rows or block.text for clause in clauses for block in merging.clause_blocks(clause)
    ]


@pytest.mark.parametrize("seed", range(20))
def test_the_file_says_what_the_merge_says(tmp_path, seed):
    chance = random.Random(seed)
    base = document(chance, articles=6)
    merge, path = written(
        tmp_path, files(tmp_path, base, *(edited(chance, base, changes=4) for _ in range(2)))
    )
    kept = tmp_path / "kept.odt"
    kept.write_bytes(redline.rejected(path))
    assert words(kept) == expected(
        clause for clause in merge.clauses if clause not in merge.conflicts or clause.ours
    )


@pytest.mark.parametrize("seed", range(12))
def test_without_changes_of_ours_the_file_says_theirs(tmp_path, seed):
    chance = random.Random(seed)
    base = document(chance, articles=6)
    paths = files(tmp_path, base, base, edited(chance, base, changes=6))
    _, path = written(tmp_path, paths)
    assert numbered(path) == numbered(paths[2])
    assert read(path).tracked_changes == 0


@pytest.mark.parametrize("seed", range(6))
def test_without_changes_of_theirs_and_with_the_same_the_file_is_ours(tmp_path, seed):
    chance = random.Random(seed)
    base = document(chance, articles=5)
    ours = edited(chance, base, changes=5)
    for theirs in (base, ours):
        paths = files(tmp_path, base, ours, theirs)
        _, path = written(tmp_path, paths)
        assert numbered(path) == numbered(paths[1])


def test_a_conflict_is_a_tracked_change_that_leads_to_their_words(tmp_path):
    paths = files(tmp_path, ARTICLES, OURS, THEIRS)
    merge, path = written(tmp_path, paths)
    assert [clause.key for clause in merge.conflicts] == ["art-3-c-1"]
    for resolve, side in ((redline.rejected, paths[1]), (redline.accepted, paths[2])):
        result = tmp_path / "result.odt"
        result.write_bytes(resolve(path))
        assert numbered(result) == numbered(side)


def test_a_decided_conflict_leaves_no_mark(tmp_path):
    paths = files(tmp_path, ARTICLES, OURS, THEIRS)
    _, path = written(tmp_path, paths, choices={"art-3-c-1": merging.Choice("take")})
    assert read(path).tracked_changes == 0
    assert numbered(path) == numbered(paths[2])


def test_our_look_stays_and_new_items_go_into_our_list(tmp_path):
    longer = [
        (ARTICLES[0][0], [*ARTICLES[0][1], "Il servizio comprende le pulizie."]),
        *ARTICLES[1:],
    ]
    _, path = written(tmp_path, files(tmp_path, ARTICLES, ARTICLES, longer))
    before, after = (OpenOdt(one).text for one in (tmp_path / "ours.odt", path))
    assert len(list(after.iter(f"{TEXT}list"))) == len(list(before.iter(f"{TEXT}list")))


@pytest.mark.parametrize("rows", [("uno", "cento"), ("due", "mille", "Trento")])
def test_their_table_stands_in_the_place_of_ours(tmp_path, rows):
    def made(name, *cells):
        lines = [[odf.paragraph(cell) for cell in row] for row in cells]
        blocks = [odf.paragraph("Lotti della gara:"), odf.table(*lines), odf.paragraph("Fine.")]
        return odf.write(tmp_path / f"{name}.odt", blocks)

    base, ours = made("base", ("Lotto", "Importo")), made("ours", ("Lotto", "Importo"))
    theirs = made("theirs", ("Lotto", "Importo"), rows)
    assert words(written(tmp_path, [base, ours, theirs])[1]) == words(theirs)


def test_a_note_of_ours_stays_where_it_is(tmp_path):
    note = odf.note(1, "Vedi il capitolato.")

    def made(name, months, thing):
        lines = [odf.paragraph(f"Il contratto{thing} dura {months} mesi dalla consegna.")]
        return odf.write(tmp_path / f"{name}.odt", lines)

    paths = [
        made("base", "dodici", note),
        made("ours", "dodici", note),
        made("theirs", "venti", note),
    ]
    assert words(written(tmp_path, paths)[1]) == words(paths[2])


def test_their_text_may_have_another_format(tmp_path, capfdbinary):
    base, ours = files(tmp_path, ARTICLES, ARTICLES, THEIRS)[:2]
    theirs = make_docx(tmp_path / "theirs.docx", articles=THEIRS)
    assert run_program("merge", [str(path) for path in (base, ours, theirs)]) == 0
    made = tmp_path / "esito"
    made.write_bytes(capfdbinary.readouterr().out)
    assert sniff(made) == Kind.ODT
    assert "trentasei mesi" in read(made).text
