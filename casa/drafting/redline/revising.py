"""Tracked changes written into the old text: other words in a paragraph, an item that goes."""

from casa.drafting.comparing import diff_words
from casa.drafting.readers.docx.package import W
from casa.drafting.redline.marks import Pen, mark_paragraph, mark_row
from casa.drafting.redline.runs import OBJECT, Piece, new_runs, part, pieces_of, runs_of, wrap
from casa.drafting.xml import Element


def revise(paragraph: Element, text: str, pen: Pen) -> None:
    """Make the paragraph say `text`, by tracked changes; new words look as those before them.

    Pictures and notes stay where they are.
    """
    before = "".join(piece.text for piece in pieces_of(paragraph))
    gone: list[tuple[int, int]] = []
    came: dict[int, str] = {}
    at = 0
    for words in diff_words(before, text):
        if words.op == "insert":
            came[at] = words.text
            continue
        if words.op == "delete":
            gone.append((at, at + len(words.text)))
        at += len(words.text)
    cuts = set(came) | {cut for span in gone for cut in span}
    placed = part(paragraph, cuts)
    for piece, start, end in placed:
        shows_object = before[start:end] == OBJECT
        if not shows_object and any(since <= start and end <= until for since, until in gone):
            delete_run(piece.first, pen)
    for place, words_new in came.items():
        _insert(paragraph, placed, place, words_new, pen)


def delete_run(run: Element, pen: Pen) -> None:
    """Mark the run as deleted."""
    for text in run.findall(f"{W}t"):
        text.tag = f"{W}delText"
    for field in run.findall(f"{W}instrText"):
        field.tag = f"{W}delInstrText"
    wrap([run], pen.mark("del"))


def delete_item(item: Element, pen: Pen) -> None:
    """Mark a whole paragraph or table as deleted."""
    for row in item.iter(f"{W}tr"):
        mark_row(row, pen.mark("del"))
    paragraphs = [item] if item.tag == f"{W}p" else list(item.iter(f"{W}p"))
    for paragraph in paragraphs:
        for run in runs_of(paragraph):
            delete_run(run, pen)
    if item.tag == f"{W}p":
        mark_paragraph(item, pen.mark("del"))


def _insert(
    paragraph: Element, placed: list[tuple[Piece, int, int]], at: int, text: str, pen: Pen
) -> None:
    before = [piece.first for piece, _, end in placed if end <= at]
    near = before[-1] if before else next((piece.first for piece, _, _ in placed), None)
    form = near.find(f"{W}rPr") if near is not None else None
    mark = pen.mark("ins")
    mark.append(new_runs(text, form, deleted=False))
    if near is None:
        paragraph.append(mark)
        return
    above = near.getparent()
    outer = above if above is not None and above.tag == f"{W}del" else near
    if before:
        outer.addnext(mark)
    else:
        outer.addprevious(mark)
