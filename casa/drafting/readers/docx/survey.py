"""What a DOCX says of itself beside its text: metadata, revisions, headers and footers."""

from collections.abc import Iterator

from casa.drafting.draft import Metadata
from casa.drafting.readers.docx.package import Package, W, number
from casa.drafting.readers.docx.words import Words
from casa.drafting.readers.signing import Line
from casa.drafting.stamps import stamp_lines
from casa.drafting.text import clean, one_line
from casa.drafting.xml import Element, local

_REVISIONS = ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "tblPrChange")
_REVISED = tuple(f"{W}{name}" for name in _REVISIONS)
_PARTS_REVISED = ("footnotes", "endnotes", "header", "footer")
_FURNITURE = ("header", "footer")
_PROPERTY_LENGTH = 500
_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_CM = 360_000  # English Metric Units


def metadata_of(package: Package) -> Metadata:
    """Title, authors, dates and template."""
    core = _texts(package.properties("core"))
    extended = _texts(package.properties("app"))
    return Metadata(
        title=core.get("title", ""),
        author=core.get("creator", ""),
        last_author=core.get("lastModifiedBy", ""),
        template=extended.get("Template", ""),
        created=core.get("created", ""),
        modified=core.get("modified", ""),
        stamp=_stamp(package.properties("custom")),
    )


def _stamp(root: Element | None) -> tuple[str, ...]:
    """The properties that filling wrote, in their order."""
    children = root if root is not None else ()
    return stamp_lines((one.get("name", ""), "".join(map(str, one.itertext()))) for one in children)


def revisions_in(package: Package) -> int:
    """How many tracked insertions, deletions, moves and changes of form are still open."""
    roots = [package.body()]
    for kind in _PARTS_REVISED:
        roots += package.all_related(kind)
    return sum(1 for root in roots for _ in root.iter(*_REVISED))


def furniture_of(package: Package, *, words: Words) -> list[str]:
    """The texts of headers and footers, each once."""
    texts = []
    for kind in _FURNITURE:
        for root in package.all_related(kind):
            text = _text(root, words=words)
            if text and text not in texts:
                texts.append(text)
    return texts


def lines_of(body: Element) -> Iterator[Line]:
    """The paragraphs of the body with the sizes of their pictures, to look for signatures."""
    for paragraph in body.iter(f"{W}p"):
        extents = paragraph.iter(f"{_DRAWING}extent")
        sizes = [
            (number(one.get("cx"), 0) / _CM, number(one.get("cy"), 0) / _CM) for one in extents
        ]
        words = "".join(one.text or "" for one in paragraph.iter(f"{W}t"))
        yield Line(words, tuple(sizes))


def _text(root: Element, *, words: Words) -> str:
    style = words.styles.named(None)
    lines = [clean(words.line(paragraph, style=style).text) for paragraph in root.iter(f"{W}p")]
    return "\n".join(line for line in lines if line)


def _texts(root: Element | None) -> dict[str, str]:
    children = root if root is not None else ()
    return {
        local(child): one_line(clean(child.text or ""))[:_PROPERTY_LENGTH] for child in children
    }
