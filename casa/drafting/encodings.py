"""Which letters the bytes of a plain text stand for: UTF-8, UTF-16, else Windows-1252."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_FEW = 0.01


def decode(data: bytes, *, partial: bool = False) -> str | None:
    """The text, or None when the bytes are none. `partial`: the data may end inside a letter."""
    for encoding in _candidates(data):
        text = _decoded(data, encoding=encoding, partial=partial)
        if text is not None and len(_CONTROLS.findall(text)) <= _FEW * len(text):
            return text.removeprefix("\ufeff")
    return None


def _candidates(data: bytes) -> list[str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return [encoding]
    return [*_unmarked_utf16(data), "utf-8", "cp1252"]


def _unmarked_utf16(data: bytes) -> list[str]:
    """Western text in UTF-16 has a zero in every second byte."""
    sample = data[: 1000 // 2 * 2]
    half = max(1, len(sample) // 2)
    if sample[1::2].count(0) > half * 0.8:
        return ["utf-16-le"]
    if sample[0::2].count(0) > half * 0.8:
        return ["utf-16-be"]
    return []


def _decoded(data: bytes, *, encoding: str, partial: bool) -> str | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        return decoder.decode(data, final=not partial)
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined; old texts hold them by mistake
        return data.decode("latin-1") if encoding == "cp1252" else None
