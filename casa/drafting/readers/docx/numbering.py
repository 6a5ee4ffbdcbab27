"""The automatic numbers of Word: numbering.xml, styles linked to levels, restarts, overrides.

No library we measured gives "Art. 12 –" and "12.3" for headings numbered through their style
(documents.md §1), and without them an Italian tender file can't be cited.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from casa.drafting.numerals import doubled_letter, in_words, roman
from casa.drafting.readers.docx.package import W, number, switched_on, value
from casa.drafting.readers.docx.styles import Style, Styles
from casa.drafting.text import clean
from casa.drafting.xml import Element

_PLACEHOLDER = re.compile(r"%([1-9])")
_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda count: f"{count:02d}",
    "lowerLetter": doubled_letter,
    "upperLetter": lambda count: doubled_letter(count).upper(),
    "lowerRoman": lambda count: roman(count).lower(),
    "upperRoman": roman,
    "ordinal": lambda count: f"{count}°",
    "ordinalText": lambda count: in_words(count, ordinal=True),
    "cardinalText": lambda count: in_words(count, ordinal=False),
    "none": lambda _: "",
}
BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written and when it starts again."""

    style: str = ""
    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class _List:
    """A w:num: the abstract list that it counts in, with its own changes."""

    abstract: str
    overrides: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts through a document. Ask for every paragraph in reading order, empty ones included."""

    def __init__(self, root: Element | None, *, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._links: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._started: set[tuple[str, int]] = set()
        if root is not None:
            self._load(root)

    def label(self, properties: Element | None, *, style: Style) -> tuple[str, int]:
        """The number Word shows before this paragraph and its depth; ("", 0) when it shows none."""
        list_id, depth = self._place(properties, style=style)
        levels = self._levels(list_id)
        if depth not in levels:
            return "", 0
        self._count(list_id, depth, levels=levels)
        if levels[depth].form == "bullet":
            return BULLET, depth
        counts = self._counts[self._abstract_of(list_id)]
        return _written(levels, counts, depth=depth), depth

    def _place(self, properties: Element | None, *, style: Style) -> tuple[str, int]:
        """The list and level: said by the paragraph, else by its style."""
        said = properties.find(f"{W}numPr") if properties is not None else None
        level = value(said, "ilvl")
        list_id = value(said, "numId") or style.list_id
        if level is not None:
            return list_id, number(level, 0)
        return list_id, self._linked_level(list_id, style=style)

    def _linked_level(self, list_id: str, *, style: Style) -> int:
        """A style numbered through a list stands at the level that names the style."""
        for depth, level in self._levels(list_id).items():
            if level.style and level.style == style.identifier:
                return depth
        return style.list_level or 0

    def _levels(self, list_id: str) -> dict[int, Level]:
        entry = self._lists.get(list_id)
        if entry is None or list_id == "0":
            return {}
        return {**self._abstract.get(self._abstract_of(list_id), {}), **entry.overrides}

    def _abstract_of(self, list_id: str) -> str:
        """The abstract list, through a numbering style when the list only points to one."""
        abstract = self._lists[list_id].abstract
        linked = self._links.get(abstract, "")
        target = self._lists.get(self._styles.named(linked).list_id) if linked else None
        return target.abstract if target is not None else abstract

    def _count(self, list_id: str, depth: int, *, levels: dict[int, Level]) -> None:
        counts = self._counts.setdefault(self._abstract_of(list_id), {})
        starts = self._lists[list_id].starts
        if depth in starts and (list_id, depth) not in self._started:
            counts[depth] = starts[depth] - 1
        self._started.add((list_id, depth))
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for below in [other for other in counts if other > depth]:
            if _restarts(levels.get(below, Level()), above=depth):
                del counts[below]

    def _load(self, root: Element) -> None:
        for abstract in root.findall(f"{W}abstractNum"):
            identifier = abstract.get(f"{W}abstractNumId", "")
            self._links[identifier] = value(abstract, "numStyleLink") or ""
            self._abstract[identifier] = dict(map(_level, abstract.findall(f"{W}lvl")))
        for element in root.findall(f"{W}num"):
            self._lists[element.get(f"{W}numId", "")] = _list(element)


def _restarts(level: Level, *, above: int) -> bool:
    """A level starts again after any higher one, or only after those that w:lvlRestart names."""
    return level.restart is None or above < level.restart


def _list(element: Element) -> _List:
    made = _List(abstract=value(element, "abstractNumId") or "")
    for override in element.findall(f"{W}lvlOverride"):
        depth = number(override.get(f"{W}ilvl"), 0)
        start = value(override, "startOverride")
        if start is not None:
            made.starts[depth] = number(start, 1)
        own = override.find(f"{W}lvl")
        if own is not None:
            _, level = _level(own)
            made.overrides[depth] = replace(level, start=made.starts.get(depth, level.start))
    return made


def _level(element: Element) -> tuple[int, Level]:
    restart = value(element, "lvlRestart")
    return number(element.get(f"{W}ilvl"), 0), Level(
        style=value(element, "pStyle") or "",
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        start=number(value(element, "start"), 1),
        restart=number(restart, 0) if restart is not None else None,
        legal=bool(switched_on(element, "isLgl")),
    )


def _written(levels: dict[int, Level], counts: dict[int, int], *, depth: int) -> str:
    def figure(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        level = levels.get(place, Level())
        count = counts.get(place, level.start)
        form = "decimal" if levels[depth].legal and place < depth else level.form
        return _FORMATS.get(form, str)(count)

    return clean(_PLACEHOLDER.sub(figure, levels[depth].text))
