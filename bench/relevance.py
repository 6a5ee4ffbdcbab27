"""Relevance: do everyday queries find the right tenders among real titles?

Each of the 120 queries of `queries.tsv` (frozen before any tuning) names the CPV prefixes that are
right for it; those of `queries2.tsv` were written after the tuning and check it. The truth of a
title is the CPV code its own body gave it. Cards are made from the titles and asked through
`queries.find`, the same call as the page's. Run: `python -m bench.relevance`.

The titles are not part of the project: without them there is nothing to measure.
"""

import csv
import gzip
import hashlib
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUERIES = ROOT / "bench" / "queries.tsv"
CHECKS = ROOT / "bench" / "queries2.tsv"
FROZEN = {
    QUERIES: "3ce3b114c9a44f521521238c92c41e2de07ad5242584000b1b4f8f8617633da1",
    CHECKS: "96dc2046351d6e681b217fa7bf4609dfc6420f3a223a63ac22e7725acce71e05",
}
"""SHA-256 of the queries as they were frozen on 25 November 2026."""
DATA = Path(os.environ.get("CASA_BENCH_DATA") or ROOT.parent / "shared" / "data")
TITLES = DATA / "tenders" / "titles_cpv.tsv.gz"
NOMENCLATURE = DATA / "cpv" / "cpv2008_it_albero.tsv"
DEPTH = 10


@dataclass(frozen=True)
class Query:
    words: str
    prefixes: tuple[str, ...]


@dataclass(frozen=True)
class Title:
    key: str
    text: str
    code: str


@dataclass(frozen=True)
class Score:
    """Means over all queries. `recall` counts against the ten places a page has at most:
    of 16 right titles only 10 can be shown; `plain_recall` counts against all of them."""

    name: str
    recall: float
    plain_recall: float
    mrr: float
    ndcg: float
    empty: int
    even: float = 0.0
    odd: float = 0.0
    """`recall` of every other query: weights chosen on one half are judged by the other."""

    def line(self) -> str:
        return (
            f"{self.name:<24}{self.recall:>10.3f}{self.plain_recall:>10.3f}"
            f"{self.mrr:>8.3f}{self.ndcg:>9.3f}{self.empty:>10d}"
            f"{self.even:>8.3f}{self.odd:>8.3f}"
        )


HEADER = (
    f"{'':<24}{'recall@10':>10}{'(plain)':>10}{'MRR':>8}{'nDCG@10':>9}{'no right':>10}"
    f"{'even':>8}{'odd':>8}"
)


def read_queries(path: Path = QUERIES) -> list[Query]:
    """The frozen queries; a changed file is no measure any more."""
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != FROZEN[path]:
        raise SystemExit(f"{path.name} is not the file that was frozen.")
    lines = [line for line in content.decode().splitlines() if not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t")
    return [Query(row["query"], tuple(row["cpv"].split())) for row in rows]


def read_titles() -> list[Title]:
    with gzip.open(TITLES, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [Title(f"bench:title:{n}", row["titolo"], row["cpv"][:8]) for n, row in enumerate(rows)]


def score(
    name: str,
    queries: Sequence[Query],
    titles: Sequence[Title],
    ask: Callable[[str], Sequence[str]],
) -> Score:
    """Ask every query and compare the first ten keys with the truth."""
    recalls, plain, ranks, gains = [], [], [], []
    for query in queries:
        right = {title.key for title in titles if title.code.startswith(query.prefixes)}
        found = [key in right for key in ask(query.words)[:DEPTH]]
        recalls.append(sum(found) / min(DEPTH, len(right)))
        plain.append(sum(found) / len(right))
        ranks.append(1 / (found.index(True) + 1) if any(found) else 0.0)
        gains.append(_gain(found) / _gain([True] * min(DEPTH, len(right))))
    count = len(queries)
    return Score(
        name,
        sum(recalls) / count,
        sum(plain) / count,
        sum(ranks) / count,
        sum(gains) / count,
        ranks.count(0.0),
        sum(recalls[::2]) / len(recalls[::2]),
        sum(recalls[1::2]) / max(len(recalls[1::2]), 1),
    )


def _gain(found: Sequence[bool]) -> float:
    return sum(1 / math.log2(place + 2) for place, right in enumerate(found) if right)


def measure(tell: Callable[[str], None]) -> list[Score]:
    """Four stages on an empty house, each with one means more. Django must be set up."""
    titles = read_titles()
    sets = {path: _answerable(read_queries(path), titles) for path in FROZEN}
    tell(HEADER)
    scores = []
    for name, prepare in STAGES.items():
        if not prepare(titles):
            tell(f"{name:<24} skipped: the extra casa-dei-comuni[semantic] is not installed")
            continue
        for path, queries in sets.items():
            full = name if path == QUERIES else f"  {len(queries)} of {path.name}"
            scores.append(score(full, queries, titles, _ask))
            tell(scores[-1].line())
    return scores


def _answerable(queries: Sequence[Query], titles: Sequence[Title]) -> list[Query]:
    """Without what none of these titles buys."""
    return [q for q in queries if any(title.code.startswith(q.prefixes) for title in titles)]


def _ask(words: str) -> list[str]:
    from casa.registry.actor import ANONYMOUS
    from casa.search.queries import find

    result = find(ANONYMOUS, words=words)
    return [hit.key for hit in (*result.hits, *result.others)]


def _words_only(titles: Sequence[Title]) -> bool:
    _file(titles, with_codes=False)
    return True


def _with_labels(titles: Sequence[Title]) -> bool:
    from casa.registry.actor import SYSTEM
    from casa.search.cpv import guessing
    from casa.search.cpv.loading import load_cpv
    from casa.search.cpv.reading import read_cpv

    load_cpv(read_cpv(NOMENCLATURE.read_bytes()), source=NOMENCLATURE.name, actor=SYSTEM)
    guessing.forget()
    _file(titles, with_codes=True)
    return True


def _with_synonyms(_titles: Sequence[Title]) -> bool:
    from casa.search import synonyms
    from casa.search.prepare import load_synonyms

    load_synonyms(ROOT / "data" / "synonyms.csv")
    synonyms.forget()
    return True


def _with_meaning(_titles: Sequence[Title]) -> bool:
    from django.conf import settings

    from casa.search import semantic
    from casa.search.follower import catch_up

    if not semantic.is_installed():
        return False
    settings.SEARCH_SEMANTIC = True
    catch_up()  # the labels of the whole nomenclature too: two minutes
    return True


STAGES: dict[str, Callable[[Sequence[Title]], bool]] = {
    "words of the title": _words_only,
    "+ CPV label": _with_labels,
    "+ synonyms": _with_synonyms,
    "+ meaning (optional)": _with_meaning,
}


def _file(titles: Sequence[Title], *, with_codes: bool) -> None:
    from casa.search.follower import catch_up
    from casa.search.services import file_card

    for title in titles:
        file_card(
            key=title.key,
            kind="model",
            title=title.text,
            object="",
            text="",
            url="/",
            body=None,
            facets={"cpv": [title.code]} if with_codes else {},
            audience=["pub"],
            dated_on=None,
            reviewed=False,
        )
    catch_up()


@contextmanager
def empty_house() -> Iterator[None]:
    """A throw-away database and data folder, Django set up, tables made."""
    from casa.foundation.postgres.server import PrivatePostgres

    folder = Path(tempfile.mkdtemp(prefix="casa-bench-"))
    folder.chmod(0o711)  # as root the server's account must pass
    server = PrivatePostgres(folder / "postgres", durable=False)
    os.environ["CASA_DATABASE_URL"] = server.start()
    os.environ["CASA_DATA_DIR"] = str(folder / "var")
    os.environ["DJANGO_SETTINGS_MODULE"] = "casa.settings.test"
    try:
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        yield
    finally:
        from django.db import connection

        connection.close()
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if not TITLES.exists():
        raise SystemExit(f"No titles in {TITLES}: nothing to measure.")
    with empty_house():
        measure(print)
