"""The formats that only LibreOffice writes: a filled document as PDF/A, ODT or DOCX."""

import tempfile
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
        try:
            with office.converted(source, suffix=kind, to=to, limits=limits) as made:
                if made is None:
                    raise Unreadable("not_supported", _FAILED)
                return made.read_bytes()
        except office.CannotConvert as error:
            raise Unreadable("not_supported", _NO_OFFICE) from error
        except TimeoutError as error:
            raise Unreadable("too_large", _FAILED) from error
