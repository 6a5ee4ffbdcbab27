from itertools import pairwise

from casa.drafting import Block, Clause
from casa.drafting.clauses import clauses_of


def heading(number: str, text: str = "", level: int = 1) -> Block:
    return Block("heading", text, number=number, level=level)


def item(number: str, text: str = "Testo.", level: int = 0) -> Block:
    return Block("item", text, number=number, level=level)


def keys(*blocks: Block) -> list[str]:
    return [clause.key for clause in clauses_of(blocks)]


def test_commi_are_clauses_and_letters_are_not():
    assert keys(heading("Art. 1 –", "Oggetto"), item("1."), item("a)"), item("b)"), item("2.")) == [
        "art-1",
        "art-1-c-1",
        "art-1-c-2",
    ]


def test_a_numbered_list_inside_a_comma_is_not_commi():
    listed = [item("1)"), item("2)"), item("3)")]

    assert keys(heading("Art. 1"), item("1."), *listed, item("2.")) == [
        "art-1",
        "art-1-c-1",
        "art-1-c-2",
    ]


def test_a_list_after_a_colon_is_not_commi():
    intro = Block("paragraph", "Possono partecipare coloro che abbiano:")

    assert keys(heading("Art. 1"), intro, item("1."), item("2.")) == ["art-1"]


def test_numbers_that_go_back_are_a_list():
    listed = [item("1."), item("2."), item("3.")]

    assert keys(heading("Art. 1"), item("1."), item("2."), *listed, item("3.")) == [
        "art-1",
        "art-1-c-1",
        "art-1-c-2",
        "art-1-c-3",
    ]


def test_items_of_a_deeper_level_are_not_commi():
    deeper = [item("1.", level=1), item("2.", level=1)]

    assert keys(heading("Art. 1"), item("1."), *deeper, item("2.")) == [
        "art-1",
        "art-1-c-1",
        "art-1-c-2",
    ]


def test_commi_may_repeat_the_article_and_be_added_later():
    assert keys(heading("Art. 7"), item("7.1"), item("7.2"), item("7.2.1")) == [
        "art-7",
        "art-7-c-1",
        "art-7-c-2",
        "art-7-c-2-1",
    ]
    assert keys(heading("Art. 7 bis"), item("1."), item("1-bis."), item("2.")) == [
        "art-7-bis",
        "art-7-bis-c-1",
        "art-7-bis-c-1-bis",
        "art-7-bis-c-2",
    ]


def test_numbered_headings_take_their_own_numbers_and_no_others():
    assert keys(
        heading("7.", "REQUISITI"), item("1."), item("7.1"), heading("7.2", "Idoneità", 2)
    ) == [
        "7",
        "7-1",
        "7-2",
    ]


def test_headings_without_a_number_are_named_by_their_words_and_unique():
    assert keys(heading("", "Premesse"), heading("", "Premesse"), heading("", "→ ☐")) == [
        "premesse",
        "premesse-2",
        "parte",
    ]


def test_the_articles_of_an_annex_get_keys_of_their_own():
    assert keys(heading("Art. 1"), heading("Allegato A"), heading("Art. 1")) == [
        "art-1",
        "allegato-a",
        "art-1-2",
    ]


def test_an_article_whose_rule_follows_in_line_has_title_and_text():
    (clause,) = clauses_of([item("Art. 3)", "DURATA – La durata è di un anno.")])

    assert (clause.label, clause.heading, clause.text) == (
        "Art. 3",
        "DURATA",
        "La durata è di un anno.",
    )


def test_clauses_follow_each_other_without_overlap():
    blocks = [heading("Art. 1"), item("1."), Block("table", rows=(("a", "b"),)), heading("Art. 2")]

    clauses = clauses_of(blocks)

    assert [(c.first_block, c.last_block) for c in clauses] == [(0, 0), (1, 2), (3, 3)]
    assert all(a.end < b.start for a, b in pairwise(clauses))
    assert isinstance(clauses[0], Clause)


def regulation(articles: int, commi: int) -> list[Block]:
    blocks = []
    for number in range(1, articles + 1):
        blocks.append(Block("heading", f"Rubrica {number}", number=f"Art. {number} –", level=1))
        blocks += [item(f"{comma}.", f"Regola {comma}.") for comma in range(1, commi + 1)]
    return blocks


def test_beyond_the_most_clauses_only_articles_are_clauses_and_hold_their_commi():
    clauses = clauses_of(regulation(10, 4), most=30)

    assert [clause.label for clause in clauses] == [f"Art. {number}" for number in range(1, 11)]
    assert "Regola 4." in clauses[0].text


def test_beyond_the_most_articles_the_last_clause_holds_the_rest():
    blocks = regulation(10, 1)
    clauses = clauses_of(blocks, most=6)

    assert len(clauses) == 6
    assert clauses[-1].last_block == len(blocks) - 1
    assert "Rubrica 10" in clauses[-1].text


def test_a_document_within_the_bound_keeps_its_commi():
    assert len(clauses_of(regulation(10, 2), most=30)) == 30


def test_thousands_of_clauses_of_the_same_name_get_their_keys_at_once():
    clauses = clauses_of([Block("heading", "Premessa", level=1)] * 3000)

    assert clauses[-1].key == "premessa-3000"
