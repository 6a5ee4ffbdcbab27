"""Names of files: text that a stranger wrote, cleaned before anybody sees it."""

import re
import unicodedata
from pathlib import PurePath

from django.utils.translation import gettext as _

from casa.drafting.kinds import EXTENSIONS

LENGTH = 255
_LONGEST_EXTENSION = 12
# control characters, line ends, and the marks that make "fdp.exe" read "exe.pdf"
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"
)
# how browsers write a quote and line ends inside the name of a file
_BROWSERS = {"%22": '"', "%0D": "", "%0A": ""}


def clean_name(name: str) -> str:
    """The file's own name: no folders, nothing unseen, at most 255 characters, never empty."""
    for escaped, meant in _BROWSERS.items():
        name = name.replace(escaped, meant)
    last = name.replace("\\", "/").rpartition("/")[2]
    seen = " ".join(_UNSEEN.sub("", unicodedata.normalize("NFC", last)).split()).strip(". ")
    return _shortened(seen) or _("senza nome")


def extension(name: str) -> str:
    """What stands after the last dot, in small letters; "" when it is no extension."""
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    return suffix if suffix.isalnum() else ""


def with_extension(name: str, wanted: str) -> str:
    """The same name with the extension that its content deserves, in place of a wrong one."""
    stem = PurePath(name).stem if extension(name) in EXTENSIONS else name
    return _shortened(f"{stem}.{wanted}")


def _shortened(name: str) -> str:
    if len(name) <= LENGTH:
        return name
    suffix = PurePath(name).suffix[:_LONGEST_EXTENSION]
    return name[: LENGTH - len(suffix)] + suffix
