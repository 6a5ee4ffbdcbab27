"""Names that nobody sees: of bookmarks, styles, ranges, sheets, files of pictures.

Programs write a person's name into one as it is, `Mario_Rossi` or `Mario_20_Rossi`. It gets another
name, and so does all that leads to it, so that references hold.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import count

from casa.drafting.cleaning.values import decoded
from casa.drafting.cleaning.work import Work
from casa.drafting.xml import Element, local

Named = Callable[[Element, str], bool]


def rename(
    roots: Collection[Element],
    work: Work,
    *,
    named: Named,
    codes: frozenset[str] = frozenset(),
    files: Iterable[str] = (),
) -> dict[str, str]:
    """Give another name to everything whose name says a value; gives new names by old ones.

    `named` tells which attribute, by its local name, is the name of an element; `codes` are the
    elements whose words are formulas and fields; `files` are names too.
    """
    new: dict[str, str] = {}
    told = [*files, *(name for root in roots for name in _names(root, named))]
    used = {part for name in told for part in (name, *re.split(r"[./]", name))}
    free = (one for one in (f"nome_{number}" for number in count(1)) if one not in used)
    for name in told:
        if name not in new and (value := work.value_in(decoded(name))):
            new[name] = next(free)
            work.count(value)
    if new:
        _follow(roots, new, codes)
    return new


def _names(root: Element, named: Named) -> Iterator[str]:
    for element in root.iter():
        for key, said in element.attrib.items():
            if said and named(element, str(key).rpartition("}")[2]):
                yield str(said)


def _follow(roots: Collection[Element], new: dict[str, str], codes: frozenset[str]) -> None:
    new = new | {old.replace("'", "''"): other for old, other in new.items()}  # as formulas write
    longest = sorted(new, key=len, reverse=True)
    words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)")

    def other(text: str) -> str:
        return words.sub(lambda found: new[found[0]], text)

    for element in (one for root in roots for one in root.iter()):
        for key, said in element.attrib.items():
            element.set(key, other(str(said)))
        if local(element) in codes and element.text:
            element.text = other(element.text)
