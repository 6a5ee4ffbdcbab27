import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casa.drafting import merging
from casa.drafting.comparing.units import units_of
from tests.drafting.versions import draft_of, numbered, versions

BASE = [
    ("Oggetto", ["Il servizio riguarda la pulizia degli uffici.", "Il valore è di euro 1.000."]),
    ("Durata", ["Il contratto dura dodici mesi dalla consegna del servizio."]),
    ("Penali", ["La penale è pari all'uno per mille al giorno.", "Oltre il dieci si risolve."]),
    ("Pagamenti", ["Le fatture sono pagate entro trenta giorni dal ricevimento."]),
]


def states(merge: merging.Merge) -> dict[str, str]:
    return {clause.key: clause.state for clause in merge.clauses if clause.state != "same"}


def with_comma(articles, place, text):
    return [
        (title, [text] if at == place else commas) for at, (title, commas) in enumerate(articles)
    ]


def merged(base, ours, theirs):
    return merging.merge(*(draft_of(numbered(one)) for one in (base, ours, theirs)))


@settings(max_examples=150, deadline=None)
@given(versions(count=3))
def test_what_only_one_side_made_is_the_result(found):
    base, ours, theirs = map(draft_of, found)
    assert merging.result_text(merging.merge(base, base, theirs)) == theirs.text
    assert merging.result_text(merging.merge(base, ours, base)) == ours.text
    assert merging.result_text(merging.merge(base, ours, ours)) == ours.text
    assert not merging.merge(base, base, theirs).conflicts
    assert not merging.merge(base, ours, base).conflicts
    assert not merging.merge(base, ours, ours).conflicts


@settings(max_examples=100, deadline=None)
@given(
    st.lists(st.text("ab .\n1)A", max_size=12), max_size=8),
    st.lists(st.text("ab .\n1)A", max_size=12), max_size=8),
)
def test_the_laws_hold_of_any_lines(one, other):
    base, changed = draft_of(one), draft_of(other)
    assert merging.result_text(merging.merge(base, base, changed)) == changed.text
    assert merging.result_text(merging.merge(base, changed, base)) == changed.text
    assert merging.result_text(merging.merge(base, changed, changed)) == changed.text


@settings(max_examples=150, deadline=None)
@given(versions(count=3))
def test_no_clause_of_anybody_vanishes_without_a_word(found):
    base, ours, theirs = map(draft_of, found)
    merge = merging.merge(base, ours, theirs)
    for draft, side in ((base, "base"), (ours, "ours"), (theirs, "theirs")):
        told = [
            block
            for c in merge.clauses
            for unit in [c.units[("base", "ours", "theirs").index(side)]]
            if unit
            for block in unit.blocks
        ]
        assert sorted(map(repr, told)) == sorted(map(repr, draft.blocks))
    for clause in merge.clauses:
        if clause.result is None:
            assert clause.base is not None or clause.is_decided
            assert clause.ours is None or clause.theirs is None
        if clause.state == "same":
            assert clause.base is not None
    keys = [clause.key for clause in merge.clauses]
    assert len(set(keys)) == len(keys)


def test_changes_of_each_side_in_different_commi_are_both_taken():
    ours = with_comma(BASE, 1, "Il contratto dura ventiquattro mesi dalla consegna del servizio.")
    theirs = with_comma(BASE, 3, "Le fatture sono pagate entro sessanta giorni dal ricevimento.")
    merge = merged(BASE, ours, theirs)
    assert states(merge) == {"art-2-c-1": "ours", "art-4-c-1": "theirs"}
    text = merging.result_text(merge)
    assert "ventiquattro mesi" in text
    assert "sessanta giorni" in text


def test_the_same_comma_changed_in_different_ways_is_a_conflict_and_ours_stands_meanwhile():
    ours = with_comma(BASE, 1, "Il contratto dura ventiquattro mesi dalla consegna del servizio.")
    theirs = with_comma(BASE, 1, "Il contratto dura trentasei mesi dalla consegna del servizio.")
    merge = merged(BASE, ours, theirs)
    assert states(merge) == {"art-2-c-1": "conflict"}
    (conflict,) = merge.conflicts
    assert conflict.proposal is None
    assert conflict.result == conflict.ours
    assert "ventiquattro" in merging.result_text(merge)


def test_edits_that_do_not_touch_are_proposed_together_but_a_person_decides():
    ours = with_comma(
        BASE, 1, "Il presente contratto dura dodici mesi dalla consegna del servizio."
    )
    theirs = with_comma(BASE, 1, "Il contratto dura dodici mesi dalla stipula del servizio.")
    (conflict,) = merged(BASE, ours, theirs).conflicts
    assert conflict.proposal == "Il presente contratto dura dodici mesi dalla stipula del servizio."


def test_the_same_change_by_both_is_taken_once():
    ours = with_comma(BASE, 1, "Il contratto dura tre anni.")
    merge = merged(BASE, ours, ours)
    assert states(merge) == {"art-2-c-1": "both_same"}


def test_an_article_removed_by_them_and_changed_by_us_is_a_conflict():
    ours = with_comma(BASE, 1, "Il contratto dura ventiquattro mesi dalla consegna del servizio.")
    merge = merged(BASE, ours, [BASE[0], *BASE[2:]])
    assert states(merge) == {"art-2": "conflict", "art-2-c-1": "conflict"}
    assert "ventiquattro" in merging.result_text(merge)


def test_a_moved_article_is_recognised_and_keeps_our_words():
    ours = with_comma(BASE, 3, "Le fatture sono pagate entro dieci giorni dal ricevimento.")
    theirs = [BASE[3], *BASE[:3]]
    merge = merged(BASE, ours, theirs)
    assert states(merge) == {"art-4-c-1": "ours"}
    expected = [ours[3], *BASE[:3]]
    assert merging.result_text(merge) == draft_of(numbered(expected)).text


def test_articles_added_by_both_stay_both():
    ours = [*BASE, ("Privacy", ["I dati sono trattati dal titolare secondo il regolamento."])]
    theirs = [*BASE, ("Foro", ["È competente il tribunale del luogo in cui ha sede l'ente."])]
    merge = merged(BASE, ours, theirs)
    assert set(states(merge).values()) == {"ours", "theirs"}
    assert "regolamento" in merging.result_text(merge)
    assert "tribunale" in merging.result_text(merge)


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        (merging.Choice("take"), "trentasei"),
        (merging.Choice("keep"), "ventiquattro"),
        (merging.Choice("edit", "Il contratto dura quanto serve."), "quanto serve"),
    ],
)
def test_a_person_decides_a_conflict(choice, words):
    ours = with_comma(BASE, 1, "Il contratto dura ventiquattro mesi dalla consegna del servizio.")
    theirs = with_comma(BASE, 1, "Il contratto dura trentasei mesi dalla consegna del servizio.")
    merge = merging.chosen(merged(BASE, ours, theirs), {"art-2-c-1": choice})
    assert not merge.conflicts
    assert words in merging.result_text(merge)


def test_different_paragraphs_of_one_clause_are_not_a_conflict():
    base = ["AVVISO", "Primo paragrafo del testo.", "Secondo paragrafo lungo.", "Terzo e ultimo."]
    ours = [base[0], "Primo paragrafo cambiato del testo.", *base[2:]]
    theirs = [*base[:3], "Terzo ed ultimo."]
    merge = merging.merge(*map(draft_of, (base, ours, theirs)))
    assert not merge.conflicts
    assert merging.result_text(merge) == "\n\n".join([base[0], ours[1], base[2], theirs[3]])


@pytest.mark.parametrize("seed", range(5))
def test_planted_conflicts_are_the_only_ones(seed):
    chance = random.Random(seed)
    base = [
        (
            f"Titolo {at} {chance.random()}",
            [" ".join(chance.choices(WORDS_OF_OUR_OWN, k=25)) for _ in range(3)],
        )
        for at in range(60)
    ]
    ours, theirs = [[(t, list(c)) for t, c in base] for _ in range(2)]
    places = chance.sample([(a, c) for a in range(60) for c in range(3)], 60)
    conflicts = set()
    for kind, (a, c) in enumerate(places):
        if kind < 8:
            ours[a][1][c] += " nostra aggiunta"
            theirs[a][1][c] += " loro modifica"
            conflicts.add(f"art-{a + 1}-c-{c + 1}")
        elif kind < 12:
            ours[a][1][c] += " uguale"
            theirs[a][1][c] += " uguale"
        else:
            (ours if kind % 2 else theirs)[a][1][c] = "Modifica: " + base[a][1][c]
    expected = [
        (
            t,
            [
                o if o != b else u
                for o, b, u in zip(ours[a][1], base[a][1], theirs[a][1], strict=True)
            ],
        )
        for a, (t, _) in enumerate(base)
    ]
    theirs.insert(
        10, ("Articolo nuovo", ["Una regola che prima non c'era affatto, con parole sue."])
    )
    expected.insert(10, theirs[10])
    merge = merged(base, ours, theirs)
    assert {clause.key for clause in merge.conflicts} == conflicts
    assert merging.result_text(merge) == draft_of(numbered(expected)).text


WORDS_OF_OUR_OWN = [f"parola{number}" for number in range(300)]


def test_units_cover_every_block():
    draft = draft_of(numbered(BASE, title="BANDO"))
    assert [block for unit in units_of(draft) for block in unit.blocks] == list(draft.blocks)
