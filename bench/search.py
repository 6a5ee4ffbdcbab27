"""Search beside the alternatives: same documents, same questions, one run, query by query."""

import random
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.corpus import read_titles
from bench.house import file_cards, house
from bench.measure import (
    Question,
    folder_megabytes,
    forget_peak,
    interleaved,
    p50,
    p95,
    peak_megabytes,
    surroundings,
    table,
)

QUERIES = 40
LONG_WORD = 5
CHANGES = 20
COMMON = """
    lavori servizio fornitura affidamento manutenzione comune gara acquisto scuola strada incarico
    impianto edificio materiale contratto progetto interventi realizzazione assistenza gestione
""".split()  # noqa: SIM905


def run(size: int) -> str:
    """Measure everything about search; gives the report in Markdown."""
    about = surroundings()
    with house() as folder:
        started = time.perf_counter()
        file_cards(size)
        filed = size / (time.perf_counter() - started)
        bench = Bench(size, folder)
        parts = [
            f"# Search, {size:,} documents\n",
            about + f" · cards filed at {filed:.0f}/s (bulk)\n",
            "## Build\n",
            bench.build(),
            "## A change until it is found (ms, p50 / p95)\n",
            bench.changes(),
            "## Queries (ms, p50 / p95, best of three)\n",
            bench.queries(),
            NOTES,
        ]
    return "\n".join(parts)


NOTES = """
Every row gives the ten best and the exact total. *Casa, engine* is the seam's `search` with rights
and without facets. *Casa, whole* is what the page calls (`queries.find`): synonyms, rights, all
facets with counts, the ten cards looked up again in the database with the reader's rights, passages
with their clause; a word that is nowhere is respelt and asked again. The rivals' facet rows are
words + rights + seven facet counts + ten passages; SQLite has no passages there (its table keeps no
text). Near words and likeness are left out where an engine has none. A change is
looked for until it is found, beside the follower; the merges that its commit may start are waited
for before the next one is filed, in raw tantivy within its time (it has no follower of its own).
"""


def _nothing() -> None:
    """Who has no follower has nothing to wait for."""


def _cards():
    """Every card, read from the database as the follower reads them."""
    from casa.search.models import IndexCard

    return IndexCard.objects.order_by("pk").iterator(chunk_size=200)


class Bench:
    """One corpus, indexed by everybody."""

    def __init__(self, size: int, folder: Path) -> None:
        from bench.ours import Engine, Page
        from bench.postgres import PostgresText
        from bench.rivals import RawTantivy, SqliteFts5

        self.size = size
        self.raw = RawTantivy(folder / "raw")
        self.sqlite = SqliteFts5(folder / "sqlite")
        self.postgres = PostgresText()
        self.engine, self.page = Engine(), Page()

    def build(self) -> str:
        rows = [
            self._built("Casa", self.engine.build, self.engine.megabytes),
            self._built(
                "raw tantivy",
                lambda: self.raw.build(_cards()),
                lambda: folder_megabytes(self.raw.folder),
            ),
            self._built(
                "SQLite FTS5",
                lambda: self.sqlite.build(_cards()),
                lambda: folder_megabytes(self.sqlite.folder),
            ),
            self._built("PostgreSQL full text", self.postgres.build, self.postgres.megabytes),
        ]
        return table(["engine", "documents/s", "seconds", "index MB", "peak MB"], rows)

    def _built(
        self, name: str, build: Callable[[], None], megabytes: Callable[[], float]
    ) -> list[object]:
        forget_peak()
        started = time.perf_counter()
        build()
        taken = time.perf_counter() - started
        print(f"{name}: {self.size / taken:.0f} documents/s", flush=True)
        peak = "in the server" if name.startswith("Postgre") else f"{peak_megabytes():.0f}"
        return [name, f"{self.size / taken:.0f}", f"{taken:.1f}", f"{megabytes():.0f}", peak]

    def changes(self) -> str:
        from casa.search.models import IndexCard

        cards = list(IndexCard.objects.filter(pk__lte=CHANGES + 1)[:CHANGES])
        rows: list[list[object]] = []
        for name, change, settle in (
            ("Casa (file, follow, commit, find)", self.page.change, self.page.settle),
            ("raw tantivy", self.raw.change, _nothing),
            ("SQLite FTS5", self.sqlite.change, _nothing),
            ("PostgreSQL full text", self.postgres.change, _nothing),
        ):
            times = []
            for card in cards:
                started = time.perf_counter()
                change(card)
                times.append((time.perf_counter() - started) * 1000)
                settle()
            rows.append([name, f"{p50(times):.0f} / {p95(times):.0f}"])
        return table(["engine", "change → found"], rows)

    def queries(self) -> str:
        names = [
            "Casa, engine",
            "Casa, whole",
            "raw tantivy",
            "SQLite FTS5",
            "PostgreSQL full text",
        ]
        rows = []
        for kind, queries, questions in self._kinds():
            series = interleaved(questions, queries)
            rows.append([kind, *(series.get(name, "–") for name in names)])
            print(" | ".join(str(cell) for cell in rows[-1]), flush=True)
        return table(["query", *names], rows)

    def _kinds(self) -> Iterator[tuple[str, list[str], dict[str, Question]]]:
        asked = Asked()
        for kind, queries, name in (
            ("one common word", asked.common(), "words"),
            ("three words", asked.three_words(), "words"),
            ("phrase", asked.phrases(), "phrase"),
            ("one letter wrong", asked.typos(), "typo"),
            ("beginning of a word", asked.beginnings(), "prefix"),
            ("two words + rights + seven facets + ten passages", asked.two_words(), "whole"),
            ("common word + rights + seven facets + ten passages", asked.common(), "whole"),
            ("similar documents", asked.keys(self.size), "similar"),
            ("suggestions", asked.typing(), "suggest"),
        ):
            sides = {"Casa, engine": self.engine, "Casa, whole": self.page}
            sides |= {rival.name: rival for rival in (self.raw, self.sqlite, self.postgres)}
            yield kind, queries, {s: getattr(o, name) for s, o in sides.items() if hasattr(o, name)}


class Asked:
    """The questions, out of the titles themselves."""

    def __init__(self) -> None:
        self._chance = random.Random(7)
        self._titles = [
            [word for word in title.lower().split() if word.isalpha() and len(word) >= LONG_WORD]
            for title in read_titles()[:5000]
        ]

    def common(self) -> list[str]:
        return [*COMMON]

    def two_words(self) -> list[str]:
        return [" ".join(self._some(2)) for _ in range(QUERIES)]

    def three_words(self) -> list[str]:
        return [" ".join(self._some(3)) for _ in range(QUERIES)]

    def phrases(self) -> list[str]:
        titles = [title for title in self._titles if len(title) > 1]
        return [" ".join(self._chance.choice(titles)[:2]) for _ in range(QUERIES)]

    def typos(self) -> list[str]:
        return [self._wrong(self._some(1)[0]) for _ in range(QUERIES)]

    def beginnings(self) -> list[str]:
        return [self._some(1)[0][:5] for _ in range(QUERIES)]

    def typing(self) -> list[str]:
        pairs = [self._some(2) for _ in range(QUERIES)]
        return [f"{one} {two[: self._chance.randrange(1, 5)]}" for one, two in pairs]

    def keys(self, size: int) -> list[str]:
        return [f"bench:{self._chance.randrange(size)}" for _ in range(QUERIES)]

    def _some(self, count: int) -> list[str]:
        titles = [title for title in self._titles if len(title) >= count]
        return self._chance.sample(self._chance.choice(titles), count)

    def _wrong(self, word: str) -> str:
        place = self._chance.randrange(1, len(word) - 1)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
