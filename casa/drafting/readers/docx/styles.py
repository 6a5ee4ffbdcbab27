"""Styles of a DOCX, with what they inherit along `basedOn`."""

import re
from dataclasses import dataclass, replace

from casa.drafting.readers.docx.package import W, number, switched_on, value
from casa.drafting.xml import Element

_HEADING = re.compile(r"(?:heading|titolo|intestazione|überschrift) ?([1-9])$", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titolo)$", re.IGNORECASE)
_INDEX = re.compile(r"(?:toc|sommario|indice|index) ?\d|table of figures", re.IGNORECASE)
_BODY_LEVEL = 9
_CHAIN = 30


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, inheritance included. `outline`: heading level from 1, 0 for none."""

    identifier: str = ""
    outline: int = 0
    list_id: str = ""
    list_level: int | None = None
    bold: bool | None = None
    hidden: bool | None = None
    is_index: bool = False


class Styles:
    """All styles of a document by identifier."""

    def __init__(self, root: Element | None) -> None:
        found = root.findall(f"{W}style") if root is not None else []
        self._elements = {style.get(f"{W}styleId", ""): style for style in found}
        self._resolved: dict[str, Style] = {}
        self.default = next(
            (
                style.get(f"{W}styleId", "")
                for style in found
                if style.get(f"{W}type") == "paragraph"
                and style.get(f"{W}default") in ("1", "true")
            ),
            "",
        )

    def named(self, identifier: str | None) -> Style:
        """The style with that identifier, an empty one when there is none."""
        wanted = identifier or ""
        if wanted not in self._resolved:
            self._resolved[wanted] = self._resolve(wanted)
        return self._resolved[wanted]

    def _resolve(self, identifier: str) -> Style:
        chain: list[Element] = []
        name: str | None = identifier
        while name in self._elements and len(chain) < _CHAIN:
            chain.append(self._elements[name])
            name = value(chain[-1], "basedOn")
        style = Style(identifier=identifier)
        for element in reversed(chain):
            style = _with(style, element)
        return style


def _with(style: Style, element: Element) -> Style:
    """The style with what `element` adds to or changes in it."""
    paragraph = element.find(f"{W}pPr")
    run = element.find(f"{W}rPr")
    numbered = paragraph.find(f"{W}numPr") if paragraph is not None else None
    level = value(numbered, "ilvl")
    bold, hidden = switched_on(run, "b"), switched_on(run, "vanish")
    name = value(element, "name") or ""
    return replace(
        style,
        outline=_outline(paragraph, name=name, inherited=style.outline),
        list_id=value(numbered, "numId") or style.list_id,
        list_level=number(level, 0) if level else style.list_level,
        bold=style.bold if bold is None else bold,
        hidden=style.hidden if hidden is None else hidden,
        is_index=style.is_index or bool(_INDEX.fullmatch(name)),
    )


def _outline(paragraph: Element | None, *, name: str, inherited: int) -> int:
    said = value(paragraph, "outlineLvl")
    if said is not None:
        level = number(said, _BODY_LEVEL)
        return level + 1 if 0 <= level < _BODY_LEVEL else 0
    heading = _HEADING.match(name)
    if heading:
        return int(heading[1])
    return 1 if _TITLE.match(name) else inherited
