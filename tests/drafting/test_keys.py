import random
import time
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casa.drafting import Block, Clause, carry_keys, rivals
from casa.drafting.clauses import clauses_of

RULES = [
    (
        "Oggetto",
        "L'appalto ha per oggetto il servizio di pulizia degli edifici scolastici comunali.",
    ),
    ("Durata", "Il contratto dura trentasei mesi dalla consegna, salvo proroga tecnica motivata."),
    ("Requisiti", "Gli operatori sono iscritti alla Camera di commercio per attività coerenti."),
    (
        "Subappalto",
        "Il subappalto è ammesso nei limiti indicati dalla stazione appaltante nel bando.",
    ),
    ("Penali", "Per ogni giorno di ritardo si applica una penale pari allo 0,5 per mille."),
    ("Pagamenti", "Le fatture sono pagate entro trenta giorni dal ricevimento, previa verifica."),
    ("Recesso", "L'ente può recedere con preavviso di venti giorni, pagando le prestazioni rese."),
    ("Foro", "Per ogni controversia è competente in via esclusiva il tribunale del luogo."),
]


def clauses(rules: list[tuple[str, str]]) -> tuple[Clause, ...]:
    blocks = []
    for number, (title, text) in enumerate(rules, start=1):
        blocks += [
            Block("heading", title, number=f"Art. {number} –", level=1),
            Block("item", text, number="1."),
        ]
    return clauses_of(blocks)


def by_title(result: tuple[Clause, ...]) -> dict[str, str]:
    return {clause.heading: clause.key for clause in result if clause.heading}


def test_nothing_changed_nothing_changes():
    old = clauses(RULES)

    assert carry_keys(old, clauses(RULES)) == old


def test_an_inserted_article_renumbers_the_rest_and_keeps_its_keys():
    new = [*RULES[:2], ("Sopralluogo", "Il sopralluogo presso le sedi è obbligatorio."), *RULES[2:]]

    carried = by_title(carry_keys(clauses(RULES), clauses(new)))

    assert carried["Requisiti"] == "art-3"
    assert carried["Foro"] == "art-8"
    assert carried["Sopralluogo"] == "art-3-2"


def test_a_moved_article_takes_its_key_along():
    new = [*RULES[1:], RULES[0]]

    carried = by_title(carry_keys(clauses(RULES), clauses(new)))

    assert carried == by_title(clauses(RULES))


def test_a_light_edit_is_still_the_same_clause():
    new = [(title, text.replace("trentasei", "ventiquattro")) for title, text in RULES]

    assert carry_keys(clauses(RULES), clauses(new))[3].key == "art-2-c-1"


def test_a_rule_rewritten_under_its_title_is_still_the_same_article():
    new = [*RULES]
    new[4] = ("Penali", "Nessuna sanzione pecuniaria; l'ente procede a diffida scritta.")

    assert by_title(carry_keys(clauses(RULES), clauses(new)))["Penali"] == "art-5"


def test_the_key_of_a_dropped_article_is_not_given_to_another():
    new = [
        *RULES[:7],
        ("Privacy", "I dati personali sono trattati secondo il regolamento europeo."),
    ]

    carried = carry_keys(clauses(RULES), clauses(new))

    assert by_title(carried)["Privacy"] == "art-8-2"


def test_the_keys_of_older_versions_go_on_through_several_hands():
    second = carry_keys(
        clauses(RULES), clauses([("Premessa", "Si premette quanto segue."), *RULES])
    )
    third = carry_keys(second, clauses(RULES[3:]))

    assert by_title(third)["Subappalto"] == "art-4"


@pytest.fixture(params=["everybody", "those in question"], autouse=True)
def _compared(request):
    """All of this holds in a document of usual size and in one too large to compare everything."""
    with pytest.MonkeyPatch.context() as patch:
        if request.param != "everybody":
            patch.setattr(rivals, "EXHAUSTIVE", 0)
        yield


SAME_FIXTURE = [HealthCheck.function_scoped_fixture]


@settings(deadline=None, max_examples=60, suppress_health_check=SAME_FIXTURE)
@given(
    kept=st.lists(st.sampled_from(range(len(RULES))), unique=True),
    edited=st.sets(st.sampled_from(range(len(RULES)))),
    seed=st.integers(0, 1000),
)
def test_keys_are_unique_and_follow_the_words(kept: list[int], edited: set[int], seed: int):
    old = clauses(RULES)
    rules = []
    for place in kept:
        title, text = RULES[place]
        words = text.split()
        if place in edited:
            words[random.Random(seed).randrange(len(words))] = "modificato"
        rules.append((title, " ".join(words)))

    carried = carry_keys(old, clauses(rules))

    found = [clause.key for clause in carried]
    assert len(set(found)) == len(found)
    expected = {title: key for title, key in by_title(old).items() if title in dict(rules)}
    assert by_title(carried) == expected
    assert [replace(clause, key="") for clause in carried] == [
        replace(clause, key="") for clause in clauses(rules)
    ]


TEXTS = st.text(alphabet="abcdef ", max_size=30)
ANY_RULES = st.lists(st.tuples(TEXTS, TEXTS), max_size=8)


@settings(deadline=None, max_examples=60, suppress_health_check=SAME_FIXTURE)
@given(old=ANY_RULES, new=ANY_RULES)
def test_any_two_versions_give_unique_keys(old: list[tuple[str, str]], new: list[tuple[str, str]]):
    before = clauses(old)

    carried = carry_keys(before, clauses(new))

    found = [clause.key for clause in carried]
    assert len(set(found)) == len(found)
    assert carry_keys(before, before) == before


def a_long_document(seed: int, words: list[str]) -> tuple[Clause, ...]:
    chance = random.Random(seed)
    return clauses(
        [
            (" ".join(chance.choices(words, k=4)), " ".join(chance.choices(words, k=90)))
            for _ in range(1500)
        ]
    )


@pytest.mark.parametrize("count", [12, 5000], ids=["few words", "many words"])
def test_two_long_documents_are_compared_in_seconds(count: int):
    """Three thousand clauses with three thousand that have nothing to do with them."""
    words = [f"parola{number}" for number in range(count)]
    old, new = a_long_document(1, words), a_long_document(2, words)
    begun = time.process_time()

    carried = carry_keys(old, new)

    assert time.process_time() - begun < 4
    assert len({clause.key for clause in carried}) == len(new) == 3000


def test_a_long_document_with_edits_and_a_new_beginning_keeps_its_keys():
    words = [f"parola{number}" for number in range(5000)]
    old = a_long_document(1, words)
    edited = [replace(each, text=each.text.replace("parola1", "termine"), key="") for each in old]
    moved = [*a_long_document(3, words)[:200], *edited[1000:], *edited[:1000]]

    carried = carry_keys(old, moved)

    kept = sum(
        before.key == after.key
        for before, after in zip([*old[1000:], *old[:1000]], carried[200:], strict=True)
    )
    assert kept == len(old)
