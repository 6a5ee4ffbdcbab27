"""The fields of the tantivy index, and how a card becomes a document of it.

Nothing is stored but the key: the passages that pages show are cut from the cards themselves,
after the rights were looked up again.
"""

import hashlib
import unicodedata

from tantivy import Document, Index, Schema, SchemaBuilder
from tantivy.tantivy import __version__ as tantivy_version

from casa.search.engine.seam import Applied, CardDocument
from casa.search.facets import FACETS
from casa.search.italian import CHAIN, analyser, plain_analyser

EDITION = 2
"""Raise it when the fields change: the index is then made anew beside the old one."""
STATE_KEY = "\x01state"
"""The one document that is no card: how far the index has come. Nobody has its (no) audience."""
ITALIAN, PLAIN = "casa_italian", "casa_plain"
TEXT_FIELDS = {"title": 4.0, "object": 2.0, "labels": 5.0, "text": 1.0}
"""What is searched by meaning, and how much a word counts there."""
MOST_ADOPTED = 4
NEVER = 9_999_999
"""The day of what has no day to be confirmed by."""


def build_schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("key", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("mark", stored=True, tokenizer_name="raw", index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=ITALIAN)
    builder.add_text_field("exact", tokenizer_name=PLAIN, index_option="freq")
    builder.add_text_field("heading", tokenizer_name=PLAIN, index_option="basic")
    for name in ("audience", *FACETS):
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("legal", tokenizer_name="raw", index_option="basic")
    for name in ("sequence", "dated", "reviewed", "adopted", "confirm_by"):
        builder.add_integer_field(name, stored=name == "sequence", indexed=True, fast=True)
    return builder.build()


def fingerprint() -> str:
    """Names schema, analysis and file format: an index of another kind is never opened."""
    facets = ",".join(FACETS)
    text = f"{EDITION}|{CHAIN}|{facets}|{TEXT_FIELDS}|{tantivy_version}"
    return f"tantivy-{hashlib.sha256(text.encode()).hexdigest()[:12]}"


def prepare(index: Index) -> Index:
    """Give an index its analysers. They are not kept on disk: after each opening, again."""
    index.register_tokenizer(ITALIAN, analyser())
    index.register_tokenizer(PLAIN, plain_analyser())
    return index


def document_of(card: CardDocument) -> Document:
    document = Document()
    document.add_text("key", card.key)
    for name in TEXT_FIELDS:
        words = unicodedata.normalize("NFC", getattr(card, name))
        document.add_text(name, words)
        document.add_text("exact", words)
    document.add_text("heading", unicodedata.normalize("NFC", card.title))
    for token in card.audience:
        document.add_text("audience", token)
    for name, values in card.facets.items():
        for value in values:
            document.add_text(name, value)
    document.add_integer("sequence", card.sequence)
    document.add_integer("dated", card.dated_on.toordinal() if card.dated_on else 0)
    document.add_integer("reviewed", int(card.reviewed))
    document.add_integer("adopted", min(card.adoptions.bit_length(), MOST_ADOPTED))
    document.add_integer("confirm_by", card.confirm_by.toordinal() if card.confirm_by else NEVER)
    for reference in card.legal:
        document.add_text("legal", reference)
    return document


def state_document(applied: Applied) -> Document:
    document = Document()
    document.add_text("key", STATE_KEY)
    document.add_integer("sequence", applied.sequence)
    document.add_text("mark", applied.mark)
    return document
