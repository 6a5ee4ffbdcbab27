"""The fields of the OpenSearch index, and how a card becomes a document of it.

Words are cut here, by the same Italian chain as in the embedded index, and sent as stems with
spaces between: the server only splits at spaces. So both engines find the same, and no plug-in,
no list of articles and no version of a stemmer on the server decides what officials find.
"""

import hashlib
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any

from tantivy import TextAnalyzer

from casa.search.engine.seam import Applied, CardDocument
from casa.search.engine.tantivy.schema import MOST_ADOPTED, NEVER, TEXT_FIELDS
from casa.search.facets import FACETS
from casa.search.italian import CHAIN, analyser, plain_analyser

EDITION = 2
"""Raise it when the fields change: the index is then made anew beside the old one."""
STATE, DAMAGED = "\x01state", "\x01damaged"
"""Documents that are no cards: they have no `key`, no audience and no words."""

Body = dict[str, Any]


def fingerprint() -> str:
    """Names fields and analysis: an index of another kind is never asked."""
    text = f"{EDITION}|{CHAIN}|{','.join(FACETS)}|{TEXT_FIELDS}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def settings_of_index() -> Body:
    """Nothing is seen before a refresh, and we ask for it: once per commit."""
    words = {"type": "text", "analyzer": "whitespace"}
    fields: Body = {"key": {"type": "keyword"}, "mark": {"type": "keyword"}}
    fields |= dict.fromkeys((*TEXT_FIELDS, "exact", "heading"), words)
    fields |= {name: {"type": "keyword"} for name in ("audience", "legal", *FACETS)}
    fields |= {"sequence": {"type": "long"}, "dated": {"type": "integer"}}
    fields |= {"adopted": {"type": "integer"}, "confirm_by": {"type": "integer"}}
    fields["reviewed"] = {"type": "boolean"}
    kept = {"includes": ["key", "sequence", "mark"]}
    return {
        "settings": {"index": {"refresh_interval": "-1"}},
        "mappings": {"dynamic": False, "_source": kept, "properties": fields},
    }


def document_of(card: CardDocument) -> Body:
    stems = {name: stems_of(getattr(card, name)) for name in TEXT_FIELDS}
    plain = {name: plain_of(getattr(card, name)) for name in TEXT_FIELDS}
    return {
        "key": card.key,
        "sequence": card.sequence,
        **stems,
        "exact": " ".join(plain.values()),
        "heading": plain["title"],
        "audience": list(card.audience),
        **{name: list(values) for name, values in card.facets.items()},
        "dated": card.dated_on.toordinal() if card.dated_on else 0,
        "reviewed": card.reviewed,
        "legal": list(card.legal),
        "adopted": min(card.adoptions.bit_length(), MOST_ADOPTED),
        "confirm_by": card.confirm_by.toordinal() if card.confirm_by else NEVER,
    }


def state_document(applied: Applied) -> Body:
    return {"sequence": applied.sequence, "mark": applied.mark}


def read_state(source: Mapping[str, Any]) -> Applied:
    return Applied(int(source["sequence"]), str(source["mark"]))


def stems_of(text: str) -> str:
    return " ".join(_chain().analyze(unicodedata.normalize("NFC", text)))


def plain_of(text: str) -> str:
    return " ".join(_plain_chain().analyze(unicodedata.normalize("NFC", text)))


@cache
def _chain() -> TextAnalyzer:
    return analyser()


@cache
def _plain_chain() -> TextAnalyzer:
    return plain_analyser()
