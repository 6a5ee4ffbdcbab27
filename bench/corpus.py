"""Documents to search through: real titles of tenders, bodies made up here, the same every time.

Bodies are Italian-looking: frequent words follow the titles' own frequencies, a long tail of
made-up words follows Zipf, legal phrases and rare identifiers stand where tender papers have them.
Nothing of this is kept in the repository.
"""

import csv
import gzip
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

TITLES = Path("../shared/data/tenders/titles_it.tsv.gz")
SEED = 20261125
SENTENCES, LONG_TAIL = 40_000, 60_000
SHORTEST = 20
SENTENCES_PER_ARTICLE, ARTICLES = 6, 10
REGIONS = ("05", "03", "08", "09", "15", "16", "19", "01")
KINDS = ("model", "clause", "document", "law", "sheet")
PHRASES = (
    "ai sensi dell'articolo {n} del decreto legislativo 31 marzo 2023, n. 36",
    "il responsabile unico del progetto verifica la documentazione amministrativa",
    "l'offerta economicamente più vantaggiosa individuata sulla base del miglior rapporto",
    "a pena di esclusione dalla procedura di gara",
    "nel rispetto dei criteri ambientali minimi vigenti",
    "la stazione appaltante si riserva di non procedere all'aggiudicazione",
    "l'operatore economico presenta il documento di gara unico europeo",
    "la penale giornaliera è pari allo {n} per mille dell'ammontare netto",
)
SYLLABLES = "ca lo ri ta me no se pu di va ro gi an te li co fra ste".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True)
class Made:
    """One document of the corpus."""

    number: int
    title: str
    subject: str
    text: str
    clauses: list[dict[str, object]]
    facets: dict[str, list[str]]
    audience: list[str]
    dated_on: date


def corpus(size: int) -> Iterator[Made]:
    """So many documents of about 1,500 words, one after another."""
    chance = random.Random(SEED)
    titles = read_titles()
    sentences = _sentences(chance, titles)
    for number in range(size):
        title = titles[number % len(titles)]
        yield _document(chance, number, title, titles, sentences)


def read_titles() -> list[str]:
    with gzip.open(TITLES, "rt", encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [row["titolo"][:300] for row in rows if len(row["titolo"]) > SHORTEST]


def _document(
    chance: random.Random, number: int, title: str, titles: list[str], sentences: list[str]
) -> Made:
    parts, clauses, at = [title + ".\n"], [], len(title) + 2
    for article in range(1, ARTICLES + 1):
        chosen = chance.choices(sentences, k=SENTENCES_PER_ARTICLE)
        chosen[2] = f"{chance.choice(PHRASES).format(n=article)}, per {title.lower()}"
        heading = chosen[0][:40].strip().capitalize()
        body = f"Art. {article} {heading}\n{'. '.join(chosen)}.\n"
        clauses.append(
            {"key": f"art-{article}", "label": f"Art. {article}", "heading": heading,
             "start": at, "end": at + len(body)}
        )  # fmt: skip
        parts.append(body)
        at += len(body)
    parts.append(f"Protocollo {number:07d}, CIG {chance.randrange(16**10):010X}.")
    day = date(2019, 1, 1) + timedelta(days=chance.randrange(2800))
    return Made(
        number, title, chance.choice(titles)[:200], "".join(parts), clauses, _facets(chance, day),
        chance.choice((["pub"], ["pub"], ["pub"], ["net"], [f"body:{chance.randrange(40)}"])), day,
    )  # fmt: skip


def _facets(chance: random.Random, day: date) -> dict[str, list[str]]:
    cpv = f"{chance.choice((45, 50, 55, 71, 77, 79, 85, 90))}{chance.randrange(100):02d}0000"
    return {
        "kind": [chance.choice(KINDS)],
        "pillar": [str(chance.randrange(1, 7))],
        "procedure_type": [f"p{chance.randrange(6)}"],
        "contract_type": [f"c{chance.randrange(3)}"],
        "region": [chance.choice(REGIONS)],
        "macro_area": [f"m{chance.randrange(5)}"],
        "year": [str(day.year)],
        "cpv": [cpv],
    }


def _sentences(chance: random.Random, titles: list[str]) -> list[str]:
    """A pool of sentences of about 25 words, half common words and half long tail."""
    known = Counter(word.lower() for title in titles for word in title.split())
    common, weights = zip(*known.most_common(20_000), strict=True)
    tail = ["".join(chance.choices(SYLLABLES, k=chance.randrange(2, 5))) for _ in range(LONG_TAIL)]
    often = list(accumulate(weights))
    seldom = list(accumulate(1 / rank for rank in range(1, LONG_TAIL + 1)))
    made = []
    for _ in range(SENTENCES):
        words = chance.choices(common, cum_weights=often, k=18)
        words += chance.choices(tail, cum_weights=seldom, k=6)
        chance.shuffle(words)
        made.append(" ".join(words))
    return made
