"""Comparing and merging two versions of sixty pages, beside what others offer, in the same run.

Beside comparing: difflib on all words, as the standard library offers it (bounded in time).
Beside merging: `git merge-file` on paragraphs. Document and changes are made up from
a seed; half of the words are the few that every sentence of an act has.
"""

import random
import subprocess
import tempfile
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

from bench.measure import surroundings
from casa.drafting import comparing, merging
from casa.drafting.clauses import clauses_of
from casa.drafting.draft import Draft, Metadata, lay_out
from casa.drafting.passages import Passage
from casa.drafting.structure import blocks_of

SEED = 20261125
ARTICLES = 130
COMMAS = 4
WORDS = 45
RUNS = 7
PLANTED = 10
COMMON = [
    "di",
    "del",
    "della",
    "e",
    "il",
    "la",
    "in",
    "per",
    "che",
    "non",
    "con",
    "al",
    "dei",
    "delle",
    "si",
    "da",
    "un",
    "le",
    "è",
]
Article = tuple[str, list[str]]


def run(_size: int) -> str:
    """Measure; gives the report in Markdown."""
    chance = random.Random(SEED)
    base = _document(chance)
    words = sum(len(comma.split()) for _, commas in base for comma in commas)
    parts = [f"# Comparing and merging, {ARTICLES} articles, {words:,} words\n", surroundings()]
    return "\n".join([*parts, "", *_comparing(base, chance), "", *_merging(base)])


def _comparing(base: list[Article], chance: random.Random) -> list[str]:
    after = _changed(base, chance, count=78)
    after.insert(5, ("Articolo nuovo", [_sentence(chance)]))
    after.append(after.pop(20))
    before_draft, after_draft = _draft(base), _draft(after)
    ours = _median(lambda: comparing.compare(before_draft, after_draft))
    comparison = comparing.compare(before_draft, after_draft)
    page = _median(lambda: comparing.page(comparison, before="a", after="b"))
    counts = ", ".join(f"{comparison.count(state)} {state}" for state in comparing.STATES)
    old, new = before_draft.text.split(), after_draft.text.split()
    begun = time.perf_counter()
    SequenceMatcher(None, old[:6000], new[:6000], autojunk=False).get_opcodes()
    rival = time.perf_counter() - begun
    return [
        "| comparing | s | CPU s |",
        "|---|---|---|",
        f"| ours, by clause and word ({counts}) | {ours} |",
        f"| ours, the page | {page} |",
        f"| difflib on words, the first 6,000 of {len(old):,} only | {rival:.3f} | – |",
    ]


def _merging(base: list[Article]) -> list[str]:
    rows = [
        "| merging, seed | planted | ours: conflicts | s | equal to the oracle | git merge-file |"
    ]
    rows.append("|---|---|---|---|---|---|")
    for seed in range(5):
        ours, theirs, expected, planted = _scenario(base, random.Random(seed))
        drafts = [_draft(one) for one in (base, ours, theirs)]
        begun = time.perf_counter()
        merge = merging.merge(*drafts)
        taken = time.perf_counter() - begun
        equal = merging.result_text(merge) == _draft(expected).text
        found = {clause.key for clause in merge.conflicts}
        right = "yes" if equal and found == planted else "NO"
        rows.append(
            f"| {seed} | {len(planted)} | {len(found)} | {taken:.3f} | {right} | {_git(drafts)} |"
        )
    return rows


def _scenario(
    base: list[Article], chance: random.Random
) -> tuple[list[Article], list[Article], list[Article], set[str]]:
    """Ours, theirs, what must come of it, and the keys of the planted conflicts."""
    ours, theirs, expected = ([(title, list(commas)) for title, commas in base] for _ in range(3))
    places = [(a, c) for a in range(ARTICLES) for c in range(COMMAS)]
    planted = set()
    for count, (article, comma) in enumerate(chance.sample(places, 110)):
        text = base[article][1][comma]
        sides = ((ours, expected), (theirs, expected))[count % 2]
        if count < PLANTED:
            ours[article][1][comma] = expected[article][1][comma] = f"{text} Aggiunta nostra."
            theirs[article][1][comma] = f"{text} Aggiunta loro."
            planted.add(f"art-{article + 1}-c-{comma + 1}")
            continue
        for side in sides:
            side[article][1][comma] = f"Modifica {count}: {text}"
    for side in (theirs, expected):
        side.insert(60, ("Articolo della fonte", [f"Regola nuova: {base[3][1][0][:60]} e altro."]))
        side.insert(10, side.pop(100))
    return ours, theirs, expected, planted


def _git(drafts: list[Draft]) -> str:
    """How many conflicts git finds in the same three texts, one paragraph a line."""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, name) for name in ("base", "ours", "theirs")]
        for path, draft in zip(paths, drafts, strict=True):
            path.write_text(draft.text.replace("\n\n", "\n") + "\n")
        command = ["git", "merge-file", "-p", str(paths[1]), str(paths[0]), str(paths[2])]
        output = subprocess.run(command, capture_output=True, check=False).stdout
    return f"{output.count(b'<<<<<<<')} conflicts"


def _median(call: Callable[[], object]) -> str:
    """Seconds that pass and seconds of the processor, which a busy machine does not lengthen."""
    passed, used = [], []
    for _ in range(RUNS):
        begun, started = time.perf_counter(), time.process_time()
        call()
        passed.append(time.perf_counter() - begun)
        used.append(time.process_time() - started)
    return f"{sorted(passed)[RUNS // 2]:.3f} | {sorted(used)[RUNS // 2]:.3f}"


def _document(chance: random.Random) -> list[Article]:
    return [
        (f"Titolo {_sentence(chance, 5)}"[:60], [_sentence(chance) for _ in range(COMMAS)])
        for _ in range(ARTICLES)
    ]


def _changed(base: list[Article], chance: random.Random, *, count: int) -> list[Article]:
    changed = [(title, list(commas)) for title, commas in base]
    places = [(a, c) for a in range(ARTICLES) for c in range(COMMAS)]
    for article, comma in chance.sample(places, count):
        words = changed[article][1][comma].split()
        words[chance.randrange(len(words))] = "modificato"
        changed[article][1][comma] = " ".join(words)
    return changed


def _sentence(chance: random.Random, count: int = WORDS) -> str:
    words = [
        chance.choice(COMMON) if at % 2 else f"parola{chance.randrange(3000)}"
        for at in range(count)
    ]
    return " ".join(words).capitalize() + "."


def _draft(articles: list[Article]) -> Draft:
    lines = []
    for number, (title, commas) in enumerate(articles, start=1):
        lines.append(f"Art. {number} – {title.rstrip('.')}")
        lines += [f"{place}. {comma}" for place, comma in enumerate(commas, start=1)]
    blocks = blocks_of(Passage(line) for line in lines)
    return Draft("txt", lay_out(blocks)[0], blocks, clauses_of(blocks), Metadata())
