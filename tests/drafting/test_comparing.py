import re
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st

from casa.drafting import comparing
from casa.drafting.comparing.units import units_of
from casa.drafting.comparing.words import opcodes
from tests.drafting.versions import draft_of, numbered, versions

BASE = [
    ("Oggetto", ["Il servizio riguarda la pulizia degli uffici.", "Il valore è di euro 1.000,00."]),
    ("Durata", ["Il contratto dura dodici mesi dalla consegna del servizio."]),
    ("Pagamenti", ["Le fatture sono pagate entro trenta giorni dal ricevimento."]),
]


def compared(before, after):
    return comparing.compare(draft_of(numbered(before)), draft_of(numbered(after)))


def states(comparison):
    return {change.key: change.state for change in comparison.clauses if change.state != "same"}


def sides(words):
    before = "".join(piece.text for piece in words if piece.op != "insert")
    return before, "".join(piece.text for piece in words if piece.op != "delete")


@given(st.text("abc 1,.\n", max_size=60), st.text("abc 1,.\n", max_size=60))
def test_the_words_give_both_texts_to_the_letter(before, after):
    assert sides(comparing.diff_words(before, after)) == (before, after)


@given(st.lists(st.integers(0, 3), max_size=30), st.lists(st.integers(0, 3), max_size=30))
def test_runs_cover_both_sequences_in_order(before, after):
    olds, news = [], []
    for same, start, end, other, until in opcodes(before, after):
        olds += before[start:end]
        news += after[other:until]
        assert not same or before[start:end] == after[other:until]
    assert (olds, news) == (before, after)


@given(
    st.lists(st.text("ab ", max_size=5), max_size=9),
    st.lists(st.text("ab ", max_size=5), max_size=9),
)
def test_an_alignment_names_every_paragraph_once_and_in_order(before, after):
    pairs = comparing.align(before, after)
    assert [old for old, _ in pairs if old is not None] == list(range(len(before)))
    assert [new for _, new in pairs if new is not None] == list(range(len(after)))


def test_a_changed_paragraph_of_a_long_document_is_paired_with_what_it_was():
    before = [f"Il punto {number} riguarda il servizio." for number in range(600)]
    after = [*before[:300], f"{before[300]} Si paga a trenta giorni.", *before[301:]]
    after[7:7] = ["Una cosa nuova, che prima non era scritta da nessuna parte."]
    assert (300, 301) in comparing.align(before, after)
    assert (None, 7) in comparing.align(before, after)


@settings(max_examples=100, deadline=None)
@given(versions(count=2))
def test_every_clause_is_answered_once_and_its_words_are_exact(found):
    before, after = map(draft_of, found)
    comparison = comparing.compare(before, after)
    assert len({change.key for change in comparison.clauses}) == len(comparison.clauses)
    assert sum(change.before is not None for change in comparison.clauses) == len(units_of(before))
    assert sum(change.after is not None for change in comparison.clauses) == len(units_of(after))
    for change in comparison.clauses:
        assert sides(change.words) == (change.before or "", change.after or "")


def test_an_inserted_article_does_not_change_those_that_it_renumbers():
    comparison = compared(BASE, [("Premesse", ["Le premesse valgono come patto."]), *BASE])
    assert set(states(comparison).values()) == {"added"}
    last = comparison.clauses[-1]
    assert (last.label_before, last.label_after) == ("Art. 3, c. 1", "Art. 4, c. 1")


def test_a_removed_article_is_only_removed():
    assert states(compared(BASE, [BASE[0], BASE[2]])) == {
        "art-2": "removed",
        "art-2-c-1": "removed",
    }


def test_a_moved_article_is_recognised_with_its_words():
    comparison = compared(BASE, [BASE[2], BASE[0], BASE[1]])
    assert states(comparison) == {"art-3": "moved", "art-3-c-1": "moved"}
    assert not any(change.is_edited for change in comparison.clauses)


def test_a_changed_comma_says_which_words():
    after = [BASE[0], ("Durata", [BASE[1][1][0].replace("dodici", "ventiquattro")]), BASE[2]]
    comparison = compared(BASE, after)
    assert states(comparison) == {"art-2-c-1": "changed"}
    (change,) = (change for change in comparison.clauses if change.state == "changed")
    assert [(piece.op, piece.text) for piece in change.words if piece.op != "equal"] == [
        ("delete", "dodici"),
        ("insert", "ventiquattro"),
    ]


def test_a_comma_written_anew_in_its_place_is_that_comma_changed():
    after = [BASE[0], ("Durata", ["Tre anni, prorogabili di uno."]), BASE[2]]
    assert states(compared(BASE, after)) == {"art-2-c-1": "changed"}


def test_an_amount_is_one_word():
    words = comparing.diff_words("euro 1.000,00 oltre IVA", "euro 1.500,00 oltre IVA")
    assert words[1] == comparing.Words("delete", "1.000,00")


def test_tables_are_compared_cell_by_cell():
    rows = (("Lotto", "Importo"), ("Uno", "100"), ("Due", ""))
    changed = (("Lotto", "Importo"), ("Uno", "150"), ("Due", ""))
    comparison = comparing.compare(draft_of(["AVVISO", rows]), draft_of(["AVVISO", changed]))
    (change,) = (change for change in comparison.clauses if change.state == "changed")
    assert [(piece.op, piece.text) for piece in change.words if piece.op != "equal"] == [
        ("delete", "100"),
        ("insert", "150"),
    ]


class _Tags(HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.seen, self.heard = [], [], ""

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.heard += data


def page(before, after, **options):
    html = comparing.page(compared(before, after), before="v. <1>", after="v. 2", **options)
    tags = _Tags()
    tags.feed(html)
    assert not tags.open
    return html, tags


def test_the_page_tells_changes_by_signs_and_words_in_italian():
    after = [BASE[2], BASE[0], ("Durata", [BASE[1][1][0].replace("dodici", "<b>ventiquattro</b>")])]
    for layout in ("columns", "inline"):
        html, tags = page(BASE, after, layout=layout)
        assert ("html", {"lang": "it"}) in tags.seen
        assert "tolto: dodici" in tags.heard
        assert "aggiunto: <b>ventiquattro</b>" in tags.heard
        assert "Spostata" in tags.heard
        assert "<script" not in html
        assert not re.search(r"\s(?:style|on\w+)=", html)
        assert next(name for name, _ in tags.seen if name in ("h1", "h2")) == "h1"


def test_the_page_of_equal_texts_says_so():
    html, tags = page(BASE, BASE)
    assert "I due testi sono uguali." in tags.heard
    assert "<ins" not in html


def test_the_json_is_that_of_the_issue():
    answer = comparing.to_json(compared(BASE, BASE[:2]))
    assert set(answer["clauses"][0]) == {"key", "state", "before", "after", "words"}
