"""The paragraphs and tables of a Word text, and which one became which."""

from collections.abc import Callable, Iterator, Sequence

from casa.drafting.comparing import align
from casa.drafting.readers.docx.package import W, number, value
from casa.drafting.redline.runs import text_of
from casa.drafting.xml import Element, local

Pair = tuple[Element | None, Element | None]
Words = Callable[[Element], str]
_TABLE = "\x1f"
_CONTROLS = ("sdt", "sdtContent", "customXml")


def items_of(container: Element) -> Iterator[Element]:
    """The paragraphs and tables of a body or a cell, through content controls."""
    return _through(container, ("p", "tbl"))


def rows_of(table: Element) -> Iterator[Element]:
    """The rows of a table, through content controls."""
    return _through(table, ("tr",))


def cells_of(row: Element) -> Iterator[Element]:
    """The cells of a row, through content controls."""
    return _through(row, ("tc",))


def grid_of(cells: Sequence[Element]) -> list[tuple[str | None, ...]]:
    """How many columns and rows each cell covers."""
    found = []
    for cell in cells:
        said = [cell.find(f"{W}tcPr/{W}{name}") for name in ("gridSpan", "vMerge")]
        found.append(tuple(None if one is None else one.get(f"{W}val", "") for one in said))
    return found


def paragraphs_of(item: Element) -> Iterator[Element]:
    """The paragraph itself, or those of a table, nested ones too; not those of text boxes."""
    if item.tag == f"{W}p":
        yield item
        return
    for row in rows_of(item):
        for cell in cells_of(row):
            for inside in items_of(cell):
                yield from paragraphs_of(inside)


def words_of(element: Element, words: Words = text_of) -> str:
    """What a paragraph, a row or a table is recognised by; a table is never like a paragraph."""
    if element.tag == f"{W}p":
        return words(element)
    if element.tag == f"{W}tbl":
        return _TABLE + "\n".join(words_of(row, words) for row in rows_of(element))
    return " | ".join(
        words(paragraph)
        for cell in cells_of(element)
        for item in items_of(cell)
        for paragraph in paragraphs_of(item)
    )


def pairs(
    olds: Sequence[Element], news: Sequence[Element], *, was: Words, now: Words
) -> list[Pair]:
    """As aligned by their words; a paragraph never becomes a table, nor a table a wider one."""
    found: list[Pair] = []
    for old, new in align([words_of(o, was) for o in olds], [words_of(n, now) for n in news]):
        before = olds[old] if old is not None else None
        after = news[new] if new is not None else None
        if before is not None and after is not None and not _can_be(before, after):
            found += [(before, None), (None, after)]
        else:
            found.append((before, after))
    return found


def _can_be(old: Element, new: Element) -> bool:
    if old.tag != new.tag or old.tag != f"{W}tbl":
        return old.tag == new.tag
    return _columns(old) == _columns(new)


def _columns(table: Element) -> int:
    """How many the widest row has, each cell counted with the columns it covers."""
    return max([0, *(sum(map(_span, cells_of(row))) for row in rows_of(table))])


def _span(cell: Element) -> int:
    return number(value(cell.find(f"{W}tcPr"), "gridSpan"), 1)


def _through(container: Element, wanted: tuple[str, ...]) -> Iterator[Element]:
    for child in container:
        if local(child) in wanted:
            yield child
        elif local(child) in _CONTROLS:
            yield from _through(child, wanted)
