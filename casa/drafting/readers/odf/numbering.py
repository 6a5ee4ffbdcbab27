"""The numbers of OpenDocument lists and headings."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from casa.drafting.numerals import doubled_letter, roman, spreadsheet_letter
from casa.drafting.readers.odf.names import EXTENSION, STYLE, TEXT, XML_ID
from casa.drafting.readers.odf.styles import Styles, whole
from casa.drafting.text import clean
from casa.drafting.xml import Element, local

BULLET = "•"
OUTLINE = "\0outline"
_PLACEHOLDER = re.compile(r"%(\d{1,2})%")
_PATTERN = f"{STYLE}num-list-format"
_PATTERN_EXTENDED = f"{EXTENSION}num-list-format"
_LEVELS = ("list-level-style-number", "list-level-style-bullet", "list-level-style-image")


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list writes its number."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    pattern: str = ""
    letters_repeat: bool = False
    bullet: bool = False


class Numbering:
    """Counts lists and headings. Lists continue each other only where the file says so."""

    def __init__(self, roots: Iterable[Element | None], *, styles: Styles) -> None:
        self._styles = styles
        self._levels: dict[str, dict[int, Level]] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._latest: dict[str, str] = {}
        self._fresh = 0
        for root in roots:
            if root is not None:
                self._load(root)

    def begin(self, element: Element, *, style: str) -> str:
        """The counter of a text:list: its own, or that of the list which it continues."""
        continued = element.get(f"{TEXT}continue-list")
        if continued in self._counts:
            counter = str(continued)
        elif element.get(f"{TEXT}continue-numbering") == "true" and style in self._latest:
            counter = self._latest[style]
        else:
            self._fresh += 1
            counter = f"list {self._fresh}"
        counts = self._counts.setdefault(counter, {})
        self._latest[style] = counter
        identifier = element.get(XML_ID)
        if identifier:
            self._counts[identifier] = counts
        return counter

    def next_item(self, counter: str, *, style: str, depth: int, start: int | None) -> str:
        """Count one item at `depth` (from 0) and give the number shown before it."""
        levels = self._levels.get(style, {})
        level = levels.get(depth + 1)
        if level is None:
            return ""
        if level.bullet:
            return BULLET
        counts = self._counts[counter]
        counts[depth] = counts.get(depth, level.start - 1) + 1 if start is None else start
        for below in [other for other in counts if other > depth]:
            del counts[below]
        return _written(levels, counts, depth=depth)

    def next_heading(self, outline: int, *, start: int | None) -> str:
        """Count one heading outside any list by the document's outline numbering."""
        self._counts.setdefault(OUTLINE, {})
        return self.next_item(OUTLINE, style=OUTLINE, depth=outline - 1, start=start)

    def _load(self, root: Element) -> None:
        for style in root.iter(f"{TEXT}list-style"):
            levels = [level for level in style if local(level) in _LEVELS]
            self._levels[style.get(f"{STYLE}name", "")] = dict(map(_level, levels))
        for outline in root.iter(f"{TEXT}outline-style"):
            self._levels[OUTLINE] = dict(map(_level, outline))


def _level(element: Element) -> tuple[int, Level]:
    return whole(element.get(f"{TEXT}level"), 1), Level(
        form=element.get(f"{STYLE}num-format", ""),
        prefix=element.get(f"{STYLE}num-prefix", ""),
        suffix=element.get(f"{STYLE}num-suffix", ""),
        shown=whole(element.get(f"{TEXT}display-levels"), 1),
        start=whole(element.get(f"{TEXT}start-value"), 1),
        pattern=element.get(_PATTERN_EXTENDED, element.get(_PATTERN, "")),
        letters_repeat=element.get(f"{STYLE}num-letter-sync") == "true",
        bullet=local(element) in _LEVELS[1:],
    )


def _written(levels: dict[int, Level], counts: dict[int, int], *, depth: int) -> str:
    level = levels[depth + 1]
    if not level.form:
        return clean(level.prefix + level.suffix) if level.pattern == "" else ""

    def figure(place: int) -> str:
        other = levels.get(place + 1, Level())
        return _FORMATS.get(other.form, _empty)(counts.get(place, other.start), other)

    if level.pattern:
        return clean(_PLACEHOLDER.sub(lambda found: figure(int(found[1]) - 1), level.pattern))
    first = max(0, depth + 1 - level.shown)
    figures = [figure(place) for place in range(first, depth + 1)]
    return clean(level.prefix + ".".join(part for part in figures if part) + level.suffix)


def _empty(_: int, __: Level) -> str:
    return ""


def _letter(count: int, level: Level) -> str:
    return doubled_letter(count) if level.letters_repeat else spreadsheet_letter(count)


_FORMATS: dict[str, Callable[[int, Level], str]] = {
    "1": lambda count, _: str(count),
    "a": _letter,
    "A": lambda count, level: _letter(count, level).upper(),
    "i": lambda count, _: roman(count).lower(),
    "I": lambda count, _: roman(count),
}
