"""Which block of an OpenDocument text became which, and which can be told word by word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from casa.drafting.comparing import align
from casa.drafting.readers.odf.body import rows_of
from casa.drafting.readers.odf.names import TEXT
from casa.drafting.readers.odf.words import Words
from casa.drafting.redline.odt.carrying import Carrier, means
from casa.drafting.redline.odt.items import (
    PARAGRAPHS,
    grid_of,
    inside_item,
    list_items,
    shape_of,
    words_of,
)
from casa.drafting.xml import Element, local

Pair = tuple[Element | None, Element | None]
_COUNTING = ("outline-level", "restart-numbering", "start-value", "is-list-header")
_LIST = ("continue-numbering", "continue-list")


@dataclass(frozen=True)
class Matcher:
    """Pairs blocks; `was` and `now` give the letters of a paragraph of each file.

    `strict`: paragraphs are pairs only when the same of their letters are bold.
    """

    carrier: Carrier
    was: Callable[[Element], str]
    now: Callable[[Element], str]
    strict: bool = False

    def pairs(self, olds: Sequence[Element], news: Sequence[Element]) -> list[Pair]:
        """In the order of the new text; what goes stands before what comes in its place."""
        found: list[Pair] = []
        before = [words_of(old, self.was) for old in olds]
        after = [words_of(new, self.now) for new in news]
        for old, new in align(before, after):
            one, other = None if old is None else olds[old], None if new is None else news[new]
            if one is not None and other is not None and not self.can_be(one, other):
                found += [(one, None), (None, other)]
            else:
                found.append((one, other))
        return _gone_first(found)

    def can_be(self, old: Element, new: Element) -> bool:
        """Whether what changed between the two can be told inside."""
        if old.tag != new.tag:
            return False
        if old.tag in PARAGRAPHS:
            return self._same_form(old, new)
        if local(old) == "list":
            return self._same_list(old, new) and self.has_pairs(old, new)
        olds, news = ([grid_of(row) for row in rows_of(table)] for table in (old, new))
        return olds == news

    def item_pairs(self, old: Element, new: Element) -> list[Pair]:
        """The items of two lists."""
        return self.pairs_of_items(list_items(old), list_items(new))

    def has_pairs(self, old: Element, new: Element) -> bool:
        """Whether two lists share an item at least."""
        return any(
            one is not None and other is not None for one, other in self.item_pairs(old, new)
        )

    def pairs_of_items(self, olds: Sequence[Element], news: Sequence[Element]) -> list[Pair]:
        """As aligned by their words; they must be made of the same."""
        found: list[Pair] = []
        before = [words_of(old, self.was) for old in olds]
        after = [words_of(new, self.now) for new in news]
        for old, new in align(before, after):
            one, other = None if old is None else olds[old], None if new is None else news[new]
            if one is not None and other is not None and not self._same_item(one, other):
                found += [(one, None), (None, other)]
            else:
                found.append((one, other))
        return _gone_first(found)

    def _same_item(self, old: Element, new: Element) -> bool:
        said = [(item.tag, shape_of(item), item.get(f"{TEXT}start-value")) for item in (old, new)]
        if said[0] != said[1] or "table" in said[0][1] or not said[0][1]:
            return False
        return all(map(self.can_be, inside_item(old), inside_item(new)))

    def _same_form(self, old: Element, new: Element) -> bool:
        """Style, level and counting: OpenDocument cannot remember an old form."""
        name = f"{TEXT}style-name"
        was = self.carrier.before.named(old.get(name))
        now = self.carrier.after.named(new.get(name))
        said = [[one.get(f"{TEXT}{count}") for count in _COUNTING] for one in (old, new)]
        looks = not self.strict or self._bold(old, new)
        return said[0] == said[1] and means(was)[:-1] == means(now)[:-1] and looks

    def _bold(self, old: Element, new: Element) -> bool:
        lines = []
        for one, styles in ((old, self.carrier.before), (new, self.carrier.after)):
            line = Words(styles=styles).line(one, style=styles.named(one.get(f"{TEXT}style-name")))
            lines.append((line.all_bold, line.letters[True] > 0))
        return lines[0] == lines[1]

    def _same_list(self, old: Element, new: Element) -> bool:
        names = [one.get(f"{TEXT}style-name") or "" for one in (old, new)]
        said = [[bool(one.get(f"{TEXT}{attribute}")) for attribute in _LIST] for one in (old, new)]
        definitions = [
            self.carrier.list_definition(name, old=place == 0) for place, name in enumerate(names)
        ]
        return said[0] == said[1] and definitions[0] == definitions[1]


def _gone_first(pairs: Sequence[Pair]) -> list[Pair]:
    """Between two pairs all that goes, then all that comes."""
    done: list[Pair] = []
    gone: list[Pair] = []
    came: list[Pair] = []
    for pair in pairs:
        if pair[0] is not None and pair[1] is not None:
            done += [*gone, *came, pair]
            gone, came = [], []
        else:
            (came if pair[0] is None else gone).append(pair)
    return [*done, *gone, *came]
