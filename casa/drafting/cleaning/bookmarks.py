"""The names of bookmarks: nobody sees them, and Word writes a person's name into one as it is.

What leads to a bookmark by its name gets the new one, so that references hold.
"""

import re
from collections.abc import Collection

from casa.drafting.cleaning.work import Work
from casa.drafting.readers.docx.package import W
from casa.drafting.xml import Element

_NAME, _ANCHOR = f"{W}name", f"{W}anchor"


def rename(roots: Collection[Element], work: Work) -> None:
    """Give another name to every bookmark that says a value, `Mario_Rossi` included."""
    new: dict[str, str] = {}
    for root in roots:
        for mark in root.iter(f"{W}bookmarkStart"):
            name = mark.get(_NAME, "")
            if name not in new and (value := work.value_in(name.replace("_", " "))):
                new[name] = f"segnalibro_{len(new) + 1}"
                work.count(value)
    if new:
        words = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, new))})(?!\w)")
        for root in roots:
            _follow(root, new, words)


def _follow(root: Element, new: dict[str, str], words: re.Pattern[str]) -> None:
    for element in root.iter(f"{W}bookmarkStart", f"{W}hyperlink"):
        for key in (_NAME, _ANCHOR):
            if element.get(key) in new:
                element.set(key, new[str(element.get(key))])
    for code in root.iter(f"{W}instrText"):
        code.text = words.sub(lambda found: new[found[0]], code.text or "")
    for field in root.iter(f"{W}fldSimple"):
        said = field.get(f"{W}instr", "")
        field.set(f"{W}instr", words.sub(lambda found: new[found[0]], said))
