"""How text is written in the three kinds of XML that a model is made of."""

from collections.abc import Iterator
from enum import StrEnum

from lxml import etree

from casa.drafting.readers.docx.package import W
from casa.drafting.readers.odf.names import TEXT
from casa.drafting.xml import Element

MARK = "{urn:casa:model}tag"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Dialect(StrEnum):
    """How text is written: in runs (Word), among elements (OpenDocument), alone (properties)."""

    WORD = "word"
    ODF = "odf"
    PLAIN = "plain"


def word_text(text: str) -> Element:
    """Characters as Word keeps them."""
    made = etree.Element(f"{W}t")
    made.text = text
    made.set(SPACE, "preserve")
    return made


def written(text: str, *, dialect: Dialect) -> list[str | Element]:
    """A value as the nodes that stand for it, line breaks and tabs included."""
    if dialect == Dialect.PLAIN:
        return [text]
    parts: list[str | Element] = []
    for index, line in enumerate(text.split("\n")):
        if index:
            parts.append(
                etree.Element(f"{W}br" if dialect == Dialect.WORD else f"{TEXT}line-break")
            )
        parts += _line(line, dialect=dialect)
    return parts


def _line(line: str, *, dialect: Dialect) -> Iterator[str | Element]:
    for index, words in enumerate(line.split("\t")):
        if index:
            yield etree.Element(f"{W}tab" if dialect == Dialect.WORD else f"{TEXT}tab")
        if dialect == Dialect.WORD and words:
            yield word_text(words)
        elif words:
            yield words
