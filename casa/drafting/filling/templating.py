"""From an ordinary document to a model: the blanks that a person confirmed become fields."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from casa.drafting.errors import Unreadable
from casa.drafting.filling.blanks import Found, found_in
from casa.drafting.filling.expressions import BadTag, check_name
from casa.drafting.filling.field import FieldType
from casa.drafting.filling.formats import named
from casa.drafting.filling.guessing import WRITTEN
from casa.drafting.filling.holders import HOLDERS
from casa.drafting.filling.package import Package
from casa.drafting.filling.paragraphs import cut_for_text
from casa.drafting.limits import DEFAULT, Limits
from casa.drafting.readers.docx.package import W
from casa.drafting.readers.odf.names import TEXT
from casa.drafting.xml import Element

_NO_SUCH = "Lo spazio numero {} non c'è in questo documento: cerca di nuovo gli spazi da compilare."
_BAD_NAME = "«{}» non può essere il nome di un campo: usa lettere senza accento, cifre e _."
_BAD_FORMAT = "Il formato «{}» non esiste: lascialo vuoto o scegline uno dell'elenco."


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A blank that is a field: its `number` as `blanks` gave it, and what it is called.

    `format` "" is the usual one of the type.
    """

    number: int
    name: str
    type: FieldType = FieldType.TEXT
    format: str = ""


def as_template(path: Path, confirmed: Iterable[Confirmed], *, limits: Limits = DEFAULT) -> bytes:
    """The model that the document becomes; blanks that nobody confirmed stay as they are.

    Raises Unreadable for a number, a name or a format that cannot be.
    """
    package = Package(path, limits=limits)
    found = {one.blank.number: one for one in found_in(package)}
    chosen = {one.number: one for one in confirmed}
    tags = [(_one(found, number), _tag(chosen[number])) for number in sorted(chosen, reverse=True)]
    for one, tag in tags:  # from the last to the first, so that the places of the others hold
        cut_for_text(one.line, one.span.start, one.span.end, tag)
    for one, _written in tags:
        _free(one.span.holders)
    return package.saved()


def _one(found: dict[int, Found], number: int) -> Found:
    if number not in found:
        raise Unreadable("data", _NO_SUCH.format(number))
    return found[number]


def _tag(one: Confirmed) -> str:
    try:
        check_name(one.name)
    except BadTag as error:
        raise Unreadable("data", _BAD_NAME.format(one.name[:40])) from error
    if one.format and named(one.format) is None:
        raise Unreadable("data", _BAD_FORMAT.format(one.format[:40]))
    written = one.format or WRITTEN.get(one.type, "")
    return f"{{{{ {one.name}{f'|{written}' if written else ''} }}}}"


def _free(holders: Sequence[Element]) -> None:
    """What held the place is not needed any more; its words stay."""
    for holder in holders:
        parent = holder.getparent()
        if parent is None:
            continue
        if holder.tag not in HOLDERS:
            parent.remove(holder)
        elif holder.tag.startswith(W):
            content = holder.find(f"{W}sdtContent") if holder.tag == f"{W}sdt" else holder
            at = parent.index(holder)
            parent[at : at + 1] = list(content if content is not None else ())
        else:
            holder.tag = f"{TEXT}span"
            holder.attrib.clear()
