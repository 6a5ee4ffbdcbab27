"""Our query tree in the words of OpenSearch's query DSL.

Only queries that take terms as they are: the server never parses what a person typed.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from casa.search.engine.seam import Access, Asked, Filters
from casa.search.engine.tantivy.compiling import (
    ADOPTED,
    AS_WRITTEN,
    CITED,
    CODE_LENGTH,
    OF_THE_KIND,
    OVERDUE,
    RECENT,
    REVIEWED,
    TYPED_FIRST,
    subtrees,
)
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
)

Clause = dict[str, Any]
NOTHING: Clause = {"match_none": {}}


def asked_query(asked: Asked, access: Access) -> Clause:
    """What was asked, of what the reader may open; typed words first, then what was reviewed."""
    if not access:
        return NOTHING
    should = list(_merits(asked.on))
    if asked.wanted != asked.typed:
        should.append(_scored(node_query(asked.typed), TYPED_FIRST))
    must = [node_query(asked.wanted)]
    return {"bool": {"must": must, "should": should, "filter": [_rights(access)]}}


def _merits(on: date) -> Iterator[Clause]:
    """What counts a little beside the words: reviewed, adopted, recent, not overdue."""
    yield _scored({"term": {"reviewed": True}}, REVIEWED)
    for doubled in range(1, MOST_ADOPTED + 1):
        yield _scored({"term": {"adopted": doubled}}, ADOPTED * doubled)
    for years, weight in enumerate(RECENT):
        yield _scored({"term": {"year": str(on.year - years)}}, weight)
    yield _scored({"range": {"confirm_by": {"gte": on.toordinal()}}}, OVERDUE)


def within_rights(query: Clause, access: Access) -> Clause:
    return {"bool": {"must": [query], "filter": [_rights(access)]}} if access else NOTHING


def filters_query(filters: Filters, *, without: str = "") -> Clause:
    """The chosen values of every facet but one."""
    chosen = {name: list(values) for name, values in filters.items() if values and name != without}
    return {"bool": {"filter": [{"terms": {name: values}} for name, values in chosen.items()]}}


def node_query(node: Node) -> Clause:  # noqa: C901, PLR0911 -- one line per kind of node
    match node:
        case Word():
            return _word(node, TEXT_FIELDS)
        case Phrase():
            return _phrase(node, TEXT_FIELDS)
        case Prefix(text):
            return _prefix("exact", text)
        case Near(text):
            near = {"fuzzy": {"exact": {"value": text, "fuzziness": 1, "transpositions": True}}}
            return _any([_word(Word(text), TEXT_FIELDS), near])
        case Within(field, inner):
            return _within(field, inner)
        case Cited(tokens, typed):
            known = [
                _scored({"term": {"legal": token}}, CITED / place)
                for place, token in enumerate(tokens, start=1)
            ]
            return _any([*known, node_query(typed)])
        case Field():
            return _field(node)
        case Not():
            return _all(All((node,)))
        case All():
            return _all(node)
        case Either(nodes):
            return _any([node_query(inner) for inner in nodes])
        case Expanded(typed, others, weight):
            weak = [_boosted(node_query(other), weight) for other in others]
            return _any([node_query(typed), *weak])


def beginning(words: Sequence[str]) -> Clause:
    """Titles with all the words, the last one as a beginning."""
    *whole, last = words
    parts = [_term("heading", word, 1.0) for word in whole]
    return {"bool": {"must": [*parts, _prefix("heading", last)]}}


def _all(node: All) -> Clause:
    wanted = [node_query(inner) for inner in node.nodes if not isinstance(inner, Not)]
    refused = [node_query(inner.node) for inner in node.nodes if isinstance(inner, Not)]
    return {"bool": {"must": wanted or [{"match_all": {}}], "must_not": refused}}


def _word(word: Word, fields: dict[str, float]) -> Clause:
    """The stem in each field, and a little more where it is written just so."""
    if word.whole:
        return _as_written(word.text, fields)
    stems = stem(word.text).split()
    if not stems:
        return _scored({"match_all": {}}, 0.0)
    parts = [_term(name, stems[0], boost) for name, boost in fields.items()]
    if len(fields) == len(TEXT_FIELDS):
        parts.append(_term("exact", word.text, AS_WRITTEN))
    if len(word.text) == CODE_LENGTH and word.text.isdecimal():
        parts.append(_term("cpv", word.text, 1.0))
    return _any(parts)


def _as_written(text: str, fields: dict[str, float]) -> Clause:
    if list(fields) == ["title"]:
        return _term("heading", text, 1.0)
    return _any([_term("exact", text, 1.0), _term("heading", text, TEXT_FIELDS["title"])])


def _phrase(phrase: Phrase, fields: dict[str, float]) -> Clause:
    stems = [part for word in phrase.words for part in stem(word).split()]
    if len(stems) < 2:  # noqa: PLR2004 -- one word is no phrase
        return _word(Word(" ".join(stems) or phrase.words[-1]), fields)
    said = {"query": " ".join(stems), "slop": phrase.slop}
    return _any(
        [{"match_phrase": {name: {**said, "boost": boost}}} for name, boost in fields.items()]
    )


def _within(field: str, inner: Node) -> Clause:
    fields = {field: TEXT_FIELDS[field]}
    if isinstance(inner, Phrase):
        return _phrase(inner, fields)
    if isinstance(inner, Word):
        return _word(inner, fields)
    if isinstance(inner, Prefix):
        return _prefix("heading" if field == "title" else "exact", inner.text)
    return node_query(inner)


def _field(field: Field) -> Clause:
    codes = list(field.codes or (field.value,))
    if field.name == "cpv":
        return _scored(_any([_prefix("cpv", start) for start in subtrees(codes)]), OF_THE_KIND)
    return _scored({"terms": {field.name: codes}}, 1.0)


def _prefix(field: str, text: str) -> Clause:
    return {"prefix": {field: {"value": text}}} if text.isalnum() else NOTHING


def _term(field: str, text: str, boost: float) -> Clause:
    return {"term": {field: {"value": text, "boost": boost}}}


def _rights(access: Access) -> Clause:
    return {"terms": {"audience": sorted(access)}}


def _scored(query: Clause, score: float) -> Clause:
    return {"constant_score": {"filter": query, "boost": score}}


def _boosted(query: Clause, boost: float) -> Clause:
    return {"bool": {"must": [query], "boost": boost}}


def _any(parts: list[Clause]) -> Clause:
    if not parts:
        return NOTHING
    return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}
