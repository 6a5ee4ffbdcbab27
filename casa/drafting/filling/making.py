"""The formats that only LibreOffice writes: filled documents as PDF/A, ODT or DOCX."""

import tempfile
from collections.abc import Sequence
from pathlib import Path

from casa.drafting import office
from casa.drafting.errors import Unreadable
from casa.drafting.limits import Limits

_NO_OFFICE = (
    "Il documento compilato si può avere solo nel formato del modello: su questo server "
    "LibreOffice, che serve per gli altri formati, non c'è o non può lavorare."
)
_FAILED = "Il documento compilato non si può convertire: scaricalo nel formato del modello."


def converted(document: bytes, *, kind: str, to: str, limits: Limits) -> bytes:
    """The bytes of the document of that kind in another format. Raises Unreadable."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, f"document.{kind}")
        source.write_bytes(document)
        (made,) = all_converted([source], kind=kind, to=to, limits=limits)
    if made is None:
        raise failed()
    return made


def all_converted(
    paths: Sequence[Path], *, kind: str, to: str, limits: Limits
) -> list[bytes | None]:
    """Several documents of one kind in another format, from one start of LibreOffice.

    None where it made nothing of one. Raises Unreadable when there are none at all to be had.
    """
    try:
        with office.all_converted(paths, suffix=kind, to=to, limits=limits) as made:
            return [path.read_bytes() if path else None for path in made]
    except office.CannotConvert as error:
        raise Unreadable("not_supported", _NO_OFFICE) from error
    except TimeoutError as error:
        raise Unreadable("too_large", _FAILED) from error


def failed() -> Unreadable:
    """Why a document that LibreOffice made nothing of is not there."""
    return Unreadable("not_supported", _FAILED)
