"""The engines that Casa stands beside, each as its own documentation says it is used."""

import sqlite3
from collections.abc import Iterable
from pathlib import Path

import tantivy

from casa.search.italian import analyser, plain_analyser, stem, words_of
from casa.search.models import IndexCard

FACETS = ("kind", "pillar", "procedure_type", "contract_type", "region", "macro_area", "year")
READER = ("pub", "net", "body:1")
TOP = 10


class RawTantivy:
    """tantivy alone: one field of words, the text kept for passages, rights and facets as terms."""

    name = "raw tantivy"

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("key", stored=True, tokenizer_name="raw")
        builder.add_text_field("title", tokenizer_name="it")
        builder.add_text_field("text", stored=True, tokenizer_name="it")
        builder.add_text_field("exact", tokenizer_name="plain", index_option="freq")
        for name in ("audience", *FACETS):
            builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
        self.folder, self.schema = folder, builder.build()
        self.index = tantivy.Index(self.schema, path=str(folder))
        self.index.register_tokenizer("it", analyser())
        self.index.register_tokenizer("plain", plain_analyser())

    def build(self, cards: Iterable[IndexCard]) -> None:
        writer = self.index.writer(160_000_000, 2)
        for card in cards:
            writer.add_document(self._document(card))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def change(self, card: IndexCard) -> None:
        writer = self.index.writer(32_000_000, 1)
        writer.delete_documents_by_term("key", card.key)
        writer.add_document(self._document(card))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()

    def words(self, words: str) -> object:
        return self._top(self._all(words))

    def phrase(self, words: str) -> object:
        stems = [part for word in words_of(words) for part in stem(word).split()]
        parts = [tantivy.Query.phrase_query(self.schema, f, [*stems]) for f in ("title", "text")]
        return self._top(self._any(parts))

    def typo(self, words: str) -> object:
        parts = [
            tantivy.Query.fuzzy_term_query(self.schema, "exact", word, distance=1)
            for word in words_of(words)
        ]
        return self._top(self._must(parts))

    def prefix(self, words: str) -> object:
        return self._top(tantivy.Query.regex_query(self.schema, "exact", f"{words}.*"))

    def whole(self, words: str) -> object:
        rights = tantivy.Query.term_set_query(self.schema, "audience", list(READER))
        query = self._must([self._all(words), tantivy.Query.const_score_query(rights, 0.0)])
        searcher = self.index.searcher()
        found = searcher.search(query, TOP)
        searcher.aggregate(query, {n: {"terms": {"field": n, "size": 200}} for n in FACETS})
        maker = tantivy.SnippetGenerator.create(searcher, query, self.schema, "text")
        return [maker.snippet_from_doc(searcher.doc(at)).to_html() for _score, at in found.hits]

    def similar(self, key: str) -> object:
        searcher = self.index.searcher()
        itself = tantivy.Query.term_query(self.schema, "key", key)
        address = searcher.search(itself, 1).hits[0][1]
        # a word in more documents, deleted ones included, than there are makes tantivy panic
        most = searcher.num_docs
        return self._top(tantivy.Query.more_like_this_query(address, max_doc_frequency=most))

    def _document(self, card: IndexCard) -> tantivy.Document:
        document = tantivy.Document()
        for name in ("key", "title", "text"):
            document.add_text(name, getattr(card, name))
        for text in (card.title, card.object, card.text):
            document.add_text("exact", text)
        for token in card.audience:
            document.add_text("audience", token)
        for name in FACETS:
            document.add_text(name, card.facets[name][0])
        return document

    def _all(self, words: str) -> tantivy.Query:
        stems = [stem(word) for word in words_of(words)]
        return self._must(
            [
                self._any([tantivy.Query.term_query(self.schema, f, s) for f in ("title", "text")])
                for s in stems
            ]
        )

    def _must(self, parts: list[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Must, part) for part in parts])

    def _any(self, parts: list[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(tantivy.Occur.Should, part) for part in parts])

    def _top(self, query: tantivy.Query) -> object:
        searcher = self.index.searcher()
        found = searcher.search(query, TOP)
        return [searcher.doc(address).get_first("key") for _score, address in found.hits]


class SqliteFts5:
    """FTS5 over stems (it has no Italian), without content, rights and facets in a table."""

    name = "SQLite FTS5"

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder, self._chain = folder, analyser()
        self.db = sqlite3.connect(folder / "bench.sqlite3", isolation_level=None)
        self.db.execute("PRAGMA journal_mode=WAL")
        self.db.execute(
            "CREATE VIRTUAL TABLE words USING fts5(title, text, content='', prefix='3 5')"
        )
        columns = ", ".join(f"{name} TEXT" for name in ("audience", *FACETS))
        self.db.execute(f"CREATE TABLE card (id INTEGER PRIMARY KEY, key TEXT, {columns})")
        self.db.execute("CREATE INDEX card_key ON card (key)")

    def build(self, cards: Iterable[IndexCard]) -> None:
        self.db.execute("BEGIN")
        for card in cards:
            self._put(card)
        self.db.execute("COMMIT")

    def change(self, card: IndexCard) -> None:
        self.db.execute("BEGIN")
        self.db.execute(
            "INSERT INTO words (words, rowid, title, text) VALUES ('delete', ?, ?, ?)",
            [card.pk, *self._both(card)],
        )
        self.db.execute("DELETE FROM card WHERE id=?", [card.pk])
        self._put(card)
        self.db.execute("COMMIT")

    def words(self, words: str) -> object:
        return self._top(" AND ".join(f'"{stem(word)}"' for word in words_of(words)))

    def phrase(self, words: str) -> object:
        return self._top(f'"{self._stems(words)}"')

    def prefix(self, words: str) -> object:
        return self._top(f"{words}*")

    def whole(self, words: str) -> object:
        match = " AND ".join(f'"{stem(word)}"' for word in words_of(words))
        marks = ",".join("?" * len(READER))
        where = (
            "FROM words JOIN card ON card.id = words.rowid "
            f"WHERE words MATCH ? AND card.audience IN ({marks})"
        )
        asked = [match, *READER]
        keys = self.db.execute(f"SELECT key {where} ORDER BY bm25(words, 5, 1) LIMIT {TOP}", asked)
        rows = keys.fetchall()
        for name in FACETS:
            self.db.execute(f"SELECT {name}, count(*) {where} GROUP BY 1", asked).fetchall()
        return rows

    def _put(self, card: IndexCard) -> None:
        stems = self._both(card)
        self.db.execute(
            "INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", [card.pk, *stems]
        )
        values = [card.pk, card.key, card.audience[0], *(card.facets[n][0] for n in FACETS)]
        self.db.execute(f"INSERT INTO card VALUES ({','.join('?' * len(values))})", values)

    def _both(self, card: IndexCard) -> tuple[str, str]:
        return self._stems(card.title), self._stems(f"{card.object} {card.text}")

    def _stems(self, text: str) -> str:
        return " ".join(self._chain.analyze(text))

    def _top(self, match: str) -> object:
        count = "SELECT count(*) FROM words WHERE words MATCH ?"
        total = self.db.execute(count, [match]).fetchone()
        best = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY bm25(words, 5, 1) LIMIT {TOP}"
        return total, self.db.execute(best, [match]).fetchall()
