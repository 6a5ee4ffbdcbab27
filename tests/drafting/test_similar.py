"""Near-duplicates: prints, bands, shares."""

import random
from pathlib import Path

import pytest

from casa.drafting import read, similar

RNG = random.Random(20261125)
WORDS = [
    "".join(RNG.choice("abcdefgilmnoprstuvz") for _ in range(RNG.randint(3, 9)))
    for _ in range(5_000)
]


def text(length=2_300):
    return [RNG.choice(WORDS) for _ in range(length)]


def changed(words, part):
    return [RNG.choice(WORDS) if RNG.random() < part else word for word in words]


def met(one, other):
    bands = (set(similar.bands_of(similar.print_of(" ".join(words)))) for words in (one, other))
    return bool(set.intersection(*bands))


@pytest.mark.parametrize(("part", "least"), [(0.005, 40), (0.02, 40), (0.05, 38)])
def test_copies_share_a_band_and_strangers_do_not(part, least):
    pairs = [(words := text(), changed(words, part)) for _ in range(40)]
    assert sum(met(*pair) for pair in pairs) >= least
    assert not any(met(text(), text()) for _ in range(40))


def test_the_likeness_of_prints_is_near_the_true_one():
    for part in (0.01, 0.03, 0.06):
        words = text()
        other = changed(words, part)
        one, two = (" ".join(each) for each in (words, other))
        runs = [{tuple(w[i : i + 5]) for i in range(len(w) - 4)} for w in (words, other)]
        true = len(runs[0] & runs[1]) / len(runs[0] | runs[1])
        found = similar.likeness(similar.print_of(one), similar.print_of(two))
        assert found == pytest.approx(true, abs=0.15)


def test_numbers_capitals_and_accents_do_not_count():
    one = "L'ATTIVITÀ costa 1.200,50 euro al mese per il Comune di prova"
    two = "l’attivita costa 980,10 euro al mese per il comune di Prova"
    assert similar.print_of(one) == similar.print_of(two)
    assert similar.share(one, two) == 1.0


def test_a_short_text_has_no_print_and_is_like_nothing():
    assert similar.print_of("tre sole parole") == ()
    assert similar.bands_of(()) == ()
    assert similar.likeness((), ()) == 0.0
    assert similar.share("", "qualunque cosa") == 0.0


def test_a_few_words_are_no_clause():
    assert similar.words_print("Il presente contratto è esente da bollo") is None
    long = "L'appaltatore presta la garanzia definitiva nei modi e nei termini di legge prima della firma"
    assert similar.words_print(f"7. {long}") == similar.words_print(f"12. {long}")
    assert similar.words_print(long) != similar.words_print(f"{long} del contratto")


def test_shared_clauses_are_paired_across_renumbering(tmp_path):
    def draft(name, articles):
        path = Path(tmp_path, name)
        path.write_text("\n\n".join(articles), encoding="utf-8")
        return read(path)

    bodies = [" ".join(text(40)) for _ in range(4)]
    mine = draft("a.txt", [f"Art. {n} - Titolo\n{body}" for n, body in enumerate(bodies, 1)])
    theirs = draft("b.txt", [f"Art. {n} - Altro\n{body}" for n, body in enumerate(bodies[1:], 1)])
    pairs = {
        shared.key: shared.other for shared in similar.shared_clauses(mine.clauses, theirs.clauses)
    }
    assert pairs == {"art-2": "art-1", "art-3": "art-2", "art-4": "art-3"}
