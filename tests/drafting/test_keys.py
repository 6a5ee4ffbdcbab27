import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from casa.drafting import Block, Clause, carry_keys
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


@settings(deadline=None, max_examples=60)
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


@settings(deadline=None, max_examples=60)
@given(old=ANY_RULES, new=ANY_RULES)
def test_any_two_versions_give_unique_keys(old: list[tuple[str, str]], new: list[tuple[str, str]]):
    before = clauses(old)

    carried = carry_keys(before, clauses(new))

    found = [clause.key for clause in carried]
    assert len(set(found)) == len(found)
    assert carry_keys(before, before) == before
