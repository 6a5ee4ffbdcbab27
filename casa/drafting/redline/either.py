"""All changes of a file accepted or rejected, whichever of the two formats it has."""

from pathlib import Path

from casa.drafting.kinds import Kind
from casa.drafting.redline import resolving as word
from casa.drafting.redline.odt import resolving as odf
from casa.drafting.sniffing import sniff


def accepted(path: Path) -> bytes:
    """The DOCX or ODT with every tracked change accepted."""
    return odf.accepted(path) if sniff(path) == Kind.ODT else word.accepted(path)


def rejected(path: Path) -> bytes:
    """The DOCX or ODT with every tracked change rejected."""
    return odf.rejected(path) if sniff(path) == Kind.ODT else word.rejected(path)
