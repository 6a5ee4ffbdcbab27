"""PostgreSQL full text over the same cards: stored vectors, a GIN index, ts_rank, ts_headline."""

from django.db import connection

from bench.rivals import FACETS, READER, TOP
from casa.search.models import IndexCard


def vector(table: str) -> str:
    """The words of a card, those of its title before the others."""
    words = [f"to_tsvector('italian', {table}.{name})" for name in ("title", "object", "text")]
    return f"setweight({words[0]}, 'A') || setweight({words[1]}, 'B') || {words[2]}"


class PostgresText:
    name = "PostgreSQL full text"

    def build(self) -> None:
        columns = ", ".join(f"facets->'{name}'->>0 AS {name}" for name in FACETS)
        self._run(
            f"CREATE TABLE bench_text AS SELECT id, key, text, audience, {columns}, "
            f"{vector('search_card')} AS v FROM search_card"
        )
        self._run("CREATE INDEX bench_text_v ON bench_text USING gin (v)")
        self._run("CREATE UNIQUE INDEX bench_text_id ON bench_text (id)")
        self._run("ANALYZE bench_text")

    def change(self, card: IndexCard) -> None:
        self._run(
            f"UPDATE bench_text b SET v = {vector('c')} FROM search_card c "
            "WHERE c.id = b.id AND b.id = %s",
            [card.pk],
        )

    def words(self, words: str) -> object:
        return self._top("websearch_to_tsquery('italian', %s)", words)

    def phrase(self, words: str) -> object:
        return self._top("phraseto_tsquery('italian', %s)", words)

    def prefix(self, words: str) -> object:
        return self._top("to_tsquery('simple', %s)", f"{words}:*")

    def whole(self, words: str) -> object:
        where = (
            "FROM bench_text, websearch_to_tsquery('italian', %s) q WHERE v @@ q AND audience && %s"
        )
        asked = [words, list(READER)]
        self._rows(f"SELECT count(*) {where}", asked)
        for name in FACETS:
            self._rows(f"SELECT {name}, count(*) {where} GROUP BY 1", asked)
        best = f"SELECT key, text, q {where} ORDER BY ts_rank(v, q) DESC LIMIT {TOP}"
        return self._rows(f"SELECT key, ts_headline('italian', text, q) FROM ({best}) best", asked)

    def megabytes(self) -> float:
        return float(self._rows("SELECT pg_total_relation_size('bench_text') / 1e6", [])[0][0])

    def _top(self, query: str, words: str) -> object:
        where = f"FROM bench_text, {query} q WHERE v @@ q"
        total = self._rows(f"SELECT count(*) {where}", [words])
        return total, self._rows(
            f"SELECT key {where} ORDER BY ts_rank(v, q) DESC LIMIT {TOP}", [words]
        )

    def _rows(self, statement: str, asked: list[object]) -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(statement, asked)
            return cursor.fetchall()

    def _run(self, statement: str, asked: list[object] | None = None) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, asked)
