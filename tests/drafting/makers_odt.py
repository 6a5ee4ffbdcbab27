"""ODT files of anything, from a seed: lists in lists, tables, notes, boxes, headers."""

import random
from pathlib import Path

from tests.drafting.makers import rezip
from tests.drafting.makers_odf import NAMESPACES, OUTLINE, text_body, write_odf
from tests.drafting.versions import sentence

AUTOMATIC = """<style:style style:name="T1" style:family="text">
<style:text-properties fo:font-weight="{weight}"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:list-style-name="Commi"/>"""
Blocks = list[str]


def any_blocks(chance: random.Random) -> Blocks:
    """The blocks of a text."""
    return [paragraph("Inizio."), *(_block(chance, depth=0) for _ in range(chance.randint(0, 9)))]


def changed(chance: random.Random, blocks: Blocks) -> Blocks:
    """Another version: blocks go, come and say other words."""
    made = [block for block in blocks if chance.random() < 0.85]
    for _ in range(chance.randint(0, 3)):
        made.insert(chance.randint(0, len(made)), _block(chance, depth=0))
    word = chance.choice(["ente", "termine", "importo", "verifica"])
    return [*(block.replace(f" {word} ", " nuovo ", 1) for block in made), paragraph("Fine.")]


def write(
    path: Path, blocks: Blocks, *, header: str = "", weight: str = "bold", outline: str = OUTLINE
) -> Path:
    """The file around the blocks."""
    write_odf(
        path, text_body("".join(blocks)), styles=outline, automatic=AUTOMATIC.format(weight=weight)
    )
    if not header:
        return path
    page = (
        '<office:master-styles><style:master-page style:name="Standard" '
        f'style:page-layout-name="pm1"><style:header><text:p>{header}</text:p></style:header>'
        "</style:master-page></office:master-styles>"
    )
    styles = f"<office:document-styles {NAMESPACES}><office:styles>{outline}</office:styles>{page}"
    return rezip(path, path, changes={"styles.xml": f"{styles}</office:document-styles>".encode()})


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def note(number: int, text: str) -> str:
    return (
        f'<text:note text:note-class="footnote"><text:note-citation>{number}</text:note-citation>'
        f"<text:note-body><text:p>{text}</text:p></text:note-body></text:note>"
    )


def box(text: str) -> str:
    return f"<draw:frame><draw:text-box><text:p>{text}</text:p></draw:text-box></draw:frame>"


def items(*texts: str, deeper: str = "") -> str:
    inside = "".join(f"<text:list-item><text:p>{text}</text:p></text:list-item>" for text in texts)
    below = f"<text:list-item><text:p>sotto</text:p>{deeper}</text:list-item>" if deeper else ""
    return f'<text:list text:style-name="Commi">{inside}{below}</text:list>'


def table(*rows: list[str]) -> str:
    lines = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in row)
        + "</table:table-row>"
        for row in rows
    )
    return f"<table:table><table:table-column/>{lines}</table:table>"


def _block(chance: random.Random, *, depth: int) -> str:
    kind = chance.choice(["p", "p", "p", "h", "list", "list", "table"][: 7 if depth < 2 else 3])
    if kind == "h":
        return f'<text:h text:outline-level="1">{sentence(chance)}</text:h>'
    if kind == "list":
        inside = [_words(chance) for _ in range(chance.randint(1, 4))]
        deeper = (
            items(*inside).replace(' text:style-name="Commi"', "", 1)
            if chance.random() < 0.3
            else ""
        )
        return items(*inside, deeper=deeper)
    if kind == "table":
        width = chance.randint(1, 3)
        return table(*(
            [_block(chance, depth=depth + 1) + paragraph("") for _ in range(width)]
            for _ in range(chance.randint(1, 3))
        )) + paragraph("")  # fmt: skip
    return f"<text:p>{_words(chance)}</text:p>"


def _words(chance: random.Random) -> str:
    made = []
    for _ in range(chance.randint(1, 4)):
        kind = chance.choice(["text"] * 5 + ["bold", "note", "box", "sign", "spaces"])
        text = f" {sentence(chance)} "
        made.append({
            "bold": f'<text:span text:style-name="T1">{text}</text:span>',
            "note": note(1, sentence(chance)),
            "box": box(sentence(chance)),
            "sign": "<text:tab/>due<text:line-break/>",
            "spaces": '<text:s text:c="3"/>',
        }.get(kind, text))  # fmt: skip
    return "".join(made)
