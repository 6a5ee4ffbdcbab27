"""The last look before a copy is handed out: is a value that had to go still in it?"""

import html
import io
import re
import zipfile
from urllib.parse import unquote

from casa.drafting.text import visible

_TAG = re.compile(r"<[^>]*>")


def plain(text: str) -> str:
    """Without spaces, capitals and what nobody sees: how values are compared."""
    return "".join(visible(text).split()).casefold()


def leaks(data: bytes, values: tuple[str, ...]) -> list[str]:
    """The values still found in any part of a DOCX, as text without tags or in an attribute."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            raw = archive.read(name).decode("utf-8", "ignore")
            forms = (name, unquote(html.unescape(raw)), html.unescape(_TAG.sub("", raw)))
            seen = [plain(form) for form in forms]
            found += [value for value in values if any(plain(value) in form for form in seen)]
    return list(dict.fromkeys(found))
