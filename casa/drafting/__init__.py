"""The drafting table: pure functions over documents. No Django, no database.

>>> from pathlib import Path
>>> from casa.drafting import read
>>> draft = read(Path("disciplinare.docx"))  # doctest: +SKIP
"""

from casa.drafting.corrections import (
    Correction,
    corrected,
    corrections_at,
    heading_level,
    is_correctable,
    places,
    rekeyed,
    relevelled,
    relevelled_blocks,
    unmet,
)
from casa.drafting.draft import Block, Clause, Draft, Metadata, block_text, lay_out
from casa.drafting.errors import MESSAGES, Unreadable
from casa.drafting.keys import carry_keys
from casa.drafting.kinds import LABELS, READABLE, Kind
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.reading import read
from casa.drafting.sniffing import sniff
from casa.drafting.wire import Malformed, from_json, parse_output, to_json

__all__ = [
    "DEFAULT",
    "LABELS",
    "MESSAGES",
    "READABLE",
    "Block",
    "Clause",
    "Correction",
    "Draft",
    "Kind",
    "Limits",
    "Malformed",
    "Metadata",
    "Unreadable",
    "block_text",
    "carry_keys",
    "corrected",
    "corrections_at",
    "from_json",
    "heading_level",
    "is_correctable",
    "lay_out",
    "parse_output",
    "places",
    "read",
    "rekeyed",
    "relevelled",
    "relevelled_blocks",
    "sniff",
    "to_json",
    "unmet",
]
