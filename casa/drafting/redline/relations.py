"""What a part of a Word file refers to: other parts and addresses."""

import posixpath
from typing import ClassVar

from lxml import etree

from casa.drafting.xml import Element, local

_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Relations:
    """The relations of one part; what is added is saved with the file."""

    EMPTY: ClassVar[bytes] = f'<Relationships xmlns="{_PACKAGE}"/>'.encode()

    def __init__(self, root: Element, *, folder: str) -> None:
        self._root = root
        self._folder = folder

    def found(self, identifier: str) -> Element | None:
        """The relation with that identifier."""
        return next((one for one in self._root if one.get("Id") == identifier), None)

    def target(self, identifier: str) -> str:
        """The name of the part or the address it leads to, "" when it is not there."""
        relation = self.found(identifier)
        said = relation.get("Target", "") if relation is not None else ""
        if relation is None or relation.get("TargetMode") == "External":
            return said
        return said[1:] if said.startswith("/") else _joined(self._folder, said)

    def identifiers(self) -> list[str]:
        """Those of all relations."""
        return [one.get("Id", "") for one in self._root if local(one)]

    def add(self, kind: str, target: str, *, external: bool = False) -> str:
        """A new relation to a part, or to an address; gives its identifier."""
        known, count = set(self.identifiers()), len(self._root) + 1
        while f"rIdC{count}" in known:
            count += 1
        made = etree.SubElement(self._root, f"{{{_PACKAGE}}}Relationship")
        made.set("Id", f"rIdC{count}")
        made.set("Type", kind if "/" in kind else f"{_OFFICE}/{kind}")
        made.set("Target", target if external else f"/{target}")
        if external:
            made.set("TargetMode", "External")
        return f"rIdC{count}"


def _joined(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join(folder, target))
