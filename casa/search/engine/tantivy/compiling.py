"""Our query tree in tantivy's terms.

tantivy's own parser is never used: it takes an apostrophe for a quote, ignores wildcards and
raises on what people type (search.md §2).
"""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from tantivy import FieldType, Occur, Query, Schema, Searcher

from casa.search.engine.seam import Access, Asked, Filters
from casa.search.engine.tantivy.schema import MOST_ADOPTED, TEXT_FIELDS
from casa.search.italian import stem
from casa.search.query import (
    All,
    Cited,
    Either,
    Expanded,
    Field,
    Near,
    Node,
    Not,
    Phrase,
    Prefix,
    Within,
    Word,
    words_in,
)

TYPED_FIRST = 1000.0
"""More than any sum of scores: who has every typed word stands before who has a synonym."""
REVIEWED = 0.3
ADOPTED = 0.1
RECENT = (0.2, 0.1)
"""For this year and the one before."""
OVERDUE = 1.0
"""What who is past the day to be confirmed by loses: they are few, so it is quick to look up."""
CITED = 8.0
OF_THE_KIND = 5.0
"""What a card with a CPV code asked for counts, like a word."""
AS_WRITTEN = 0.5
CODE_LENGTH = 8
MANY = 2_000
"""A word in so many texts needs no phrase that means the same in yet more of them. To look for one
costs more than all the rest of a search; in titles, objects and labels it costs nothing."""
HEADINGS = {name: boost for name, boost in TEXT_FIELDS.items() if name != "text"}


class Compiler:
    """Compiles trees for one schema, and for what the index holds at this moment."""

    def __init__(self, schema: Schema, searcher: Searcher | None = None) -> None:
        self.schema = schema
        self._searcher = searcher

    def ranked(self, asked: Asked, wanted: Query) -> Query:
        """What is wanted, with typed words first and a little for what was reviewed."""
        parts = [(Occur.Must, wanted)]
        if asked.wanted != asked.typed:
            typed = Query.const_score_query(self.node(asked.typed), TYPED_FIRST)
            parts.append((Occur.Should, typed))
        parts += [(Occur.Should, query) for query in self._merits(asked.on)]
        return Query.boolean_query(parts)

    def _merits(self, on: date) -> Iterator[Query]:
        """What counts a little beside the words: reviewed, adopted, recent, not overdue."""
        yield self._merit("reviewed", 1, REVIEWED)
        for doubled in range(1, MOST_ADOPTED + 1):
            yield self._merit("adopted", doubled, ADOPTED * doubled)
        for years, weight in enumerate(RECENT):
            yield self._merit("year", str(on.year - years), weight)
        past = Query.range_query(
            self.schema, "confirm_by", FieldType.Integer, 0, on.toordinal() - 1
        )
        yield Query.const_score_query(past, -OVERDUE)

    def _merit(self, field: str, value: int | str, weight: float) -> Query:
        return Query.const_score_query(Query.term_query(self.schema, field, value), weight)

    def within_rights(self, query: Query, access: Access) -> Query:
        """Only what the reader may open. No words of the audience, no answers."""
        if not access:
            return Query.empty_query()
        return _also(query, Query.term_set_query(self.schema, "audience", sorted(access)))

    def filtered(self, query: Query, filters: Filters) -> Query:
        for name, values in filters.items():
            if values:
                query = _also(query, Query.term_set_query(self.schema, name, list(values)))
        return query

    def node(self, node: Node) -> Query:  # noqa: C901, PLR0911 -- one line per kind of node
        match node:
            case Word():
                return self._word(node, TEXT_FIELDS)
            case Phrase():
                return self._phrase(node, TEXT_FIELDS)
            case Prefix(text):
                return self._prefix("exact", text)
            case Near(text):
                near = Query.fuzzy_term_query(self.schema, "exact", text, distance=1)
                return _any([self._word(Word(text), TEXT_FIELDS), near])
            case Within(field, inner):
                return self._within(field, inner)
            case Cited():
                return self._cited(node)
            case Field():
                return self._field(node)
            case Not(inner):
                return self._all(All((node,)))
            case All():
                return self._all(node)
            case Either(nodes):
                return _any([self.node(inner) for inner in nodes])
            case Expanded(typed, others, weight):
                fields = HEADINGS if self._is_common(typed) else TEXT_FIELDS
                weak = [self._meaning(other, fields) for other in others]
                return _any([self.node(typed), *(Query.boost_query(part, weight) for part in weak)])

    def _meaning(self, node: Node, fields: dict[str, float]) -> Query:
        return self._phrase(node, fields) if isinstance(node, Phrase) else self.node(node)

    def _is_common(self, typed: Node) -> bool:
        """Whether very many texts hold each of the words."""
        searcher = self._searcher
        words = [word for word in words_in(typed) if isinstance(word, Word)]
        if searcher is None or not words:
            return False
        return all(searcher.doc_freq("text", stem(word.text)) > MANY for word in words)

    def _all(self, node: All) -> Query:
        wanted = [inner for inner in node.nodes if not isinstance(inner, Not)]
        parts = [(Occur.Must, self.node(inner)) for inner in wanted]
        refused = [inner.node for inner in node.nodes if isinstance(inner, Not)]
        parts += [(Occur.MustNot, self.node(inner)) for inner in refused]
        if not wanted:
            parts.append((Occur.Must, Query.const_score_query(Query.all_query(), 1.0)))
        return Query.boolean_query(parts)

    def _word(self, word: Word, fields: dict[str, float]) -> Query:
        """The stem in each field, and a little more where it is written just so."""
        exact = Query.term_query(self.schema, "exact", word.text, index_option="freq")
        if word.whole:
            return self._as_written(word.text, exact, fields)
        stems = stem(word.text).split()
        if not stems:
            return Query.const_score_query(Query.all_query(), 0.0)
        parts = [self._term(name, stems[0], boost) for name, boost in fields.items()]
        if len(fields) == len(TEXT_FIELDS):
            parts.append(Query.boost_query(exact, AS_WRITTEN))
        if len(word.text) == CODE_LENGTH and word.text.isdecimal():
            parts.append(Query.term_query(self.schema, "cpv", word.text))
        return _any(parts)

    def _as_written(self, text: str, anywhere: Query, fields: dict[str, float]) -> Query:
        """Letter by letter: the title has a field for that, the other texts share one."""
        heading = Query.term_query(self.schema, "heading", text, index_option="basic")
        if list(fields) == ["title"]:
            return heading
        return _any([anywhere, Query.boost_query(heading, TEXT_FIELDS["title"])])

    def _term(self, field: str, text: str, boost: float) -> Query:
        return Query.boost_query(Query.term_query(self.schema, field, text), boost)

    def _phrase(self, phrase: Phrase, fields: dict[str, float]) -> Query:
        stems = [part for word in phrase.words for part in stem(word).split()]
        if len(stems) < 2:  # noqa: PLR2004 -- a phrase of one word would panic
            return self._word(Word(" ".join(stems) or phrase.words[-1]), fields)
        gap = len(phrase.words) - len(stems)
        parts = []
        for name, boost in fields.items():
            query = Query.phrase_query(self.schema, name, [*stems], slop=phrase.slop + gap)
            parts.append(Query.boost_query(query, boost))
        return _any(parts)

    def _within(self, field: str, inner: Node) -> Query:
        fields = {field: TEXT_FIELDS[field]}
        if isinstance(inner, Phrase):
            return self._phrase(inner, fields)
        if isinstance(inner, Word):
            return self._word(inner, fields)
        if isinstance(inner, Prefix):
            return self._prefix("heading" if field == "title" else "exact", inner.text)
        return self.node(inner)

    def _cited(self, cited: Cited) -> Query:
        """Whatever the spelling; the comma and the letter asked for stand before the article."""
        parts = [
            Query.const_score_query(
                Query.term_query(self.schema, "legal", token, index_option="basic"), CITED / place
            )
            for place, token in enumerate(cited.tokens, start=1)
        ]
        return _any([*parts, self.node(cited.typed)])

    def _field(self, field: Field) -> Query:
        codes = field.codes or (field.value,)
        if field.name == "cpv":
            parts = [self._prefix("cpv", start) for start in subtrees(codes)]
            return Query.const_score_query(_any(parts), OF_THE_KIND)
        return Query.const_score_query(
            Query.term_set_query(self.schema, field.name, list(codes)), 1.0
        )

    def _prefix(self, field: str, text: str) -> Query:
        if not text.isalnum():
            return Query.empty_query()
        return Query.regex_query(self.schema, field, f"{re.escape(text)}.*")

    def beginning(self, words: list[str]) -> Query:
        """Titles with all the words, the last one as a beginning."""
        *whole, last = words
        parts = [Query.term_query(self.schema, "heading", w, index_option="basic") for w in whole]
        parts.append(self._prefix("heading", last))
        return Query.boolean_query([(Occur.Must, part) for part in parts])


def subtrees(codes: Sequence[str]) -> list[str]:
    """The beginnings that codes and those under them share: 90910000 → 9091."""
    kept = {code.rstrip("0").ljust(2, "0") for code in codes if code.isdecimal()}
    return sorted(kept)


def _any(parts: list[Query]) -> Query:
    if not parts:
        return Query.empty_query()
    return parts[0] if len(parts) == 1 else _should(parts)


def _should(parts: list[Query]) -> Query:
    return Query.boolean_query([(Occur.Should, part) for part in parts])


def _also(query: Query, condition: Query) -> Query:
    silent = Query.const_score_query(condition, 0.0)
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, silent)])
