"""Paragraph and text styles of an OpenDocument file, with what they inherit."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from casa.drafting.readers.odf.names import FO, STYLE, TEXT
from casa.drafting.xml import Element

_CHAIN = 30
_BOLD = ("bold", "600", "700", "800", "900")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says, inheritance included."""

    list_style: str = ""
    outline: int = 0
    bold: bool = False
    hidden: bool = False
    is_title: bool = False


class Styles:
    """All automatic and named styles by name."""

    def __init__(self, roots: Iterable[Element | None]) -> None:
        self._elements: dict[str, Element] = {}
        self._resolved: dict[str, Style] = {"": Style()}
        for root in roots:
            for element in root.iter(f"{STYLE}style") if root is not None else ():
                self._elements[element.get(f"{STYLE}name", "")] = element

    def named(self, name: str | None) -> Style:
        """The style of that name, an empty one when there is none."""
        wanted = name or ""
        if wanted not in self._resolved:
            self._resolved[wanted] = self._resolve(wanted)
        return self._resolved[wanted]

    def _resolve(self, name: str) -> Style:
        chain: list[Element] = []
        while name in self._elements and len(chain) < _CHAIN:
            chain.append(self._elements[name])
            name = chain[-1].get(f"{STYLE}parent-style-name", "")
        names = [element.get(f"{STYLE}name", "") for element in chain]
        style = Style(is_title="Title" in (*names, name))
        for element in reversed(chain):
            style = _with(style, element)
        return style


def _with(style: Style, element: Element) -> Style:
    said = element.find(f"{STYLE}text-properties")
    weight = said.get(f"{FO}font-weight") if said is not None else None
    display = said.get(f"{TEXT}display") if said is not None else None
    outline = element.get(f"{STYLE}default-outline-level")
    return replace(
        style,
        list_style=element.get(f"{STYLE}list-style-name", style.list_style),
        outline=style.outline if outline is None else whole(outline, 0),
        bold=style.bold if weight is None else weight in _BOLD,
        hidden=style.hidden if display is None else display == "none",
    )


def whole(text: str | None, default: int) -> int:
    """A whole number that is not negative from an attribute, `default` when it is none."""
    return int(text) if text and text.isdigit() else default
