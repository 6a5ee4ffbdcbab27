"""Values that must go: how they are found, also where they are broken, and how they are matched."""

import re
from collections.abc import Iterator
from functools import lru_cache

from casa.drafting import personal
from casa.drafting.text import visible

SHORT = 6
_GAP = r"[\s-]{0,4}"
_DIGIT = "[0-9LMNPQRSTUV]"
_DATE = (_DIGIT, _DIGIT, "[ABCDEHLMPRST]", _DIGIT, _DIGIT)
_PLACE = ("[A-Z]", _DIGIT, _DIGIT, _DIGIT, "[A-Z]")
_FISCAL_CODE = _GAP.join((rf"(?:[A-Z]{_GAP}){{5}}[A-Z]", *_DATE, *_PLACE))
_IBAN = _GAP.join(["(?:IT|SM|I[\\s]{1,4}T)", r"\d", r"\d", "[A-Z]", *[r"\d"] * 10]) + (
    rf"(?:{_GAP}[A-Z0-9]){{12}}"
)
_BROKEN = (
    ("fiscal_code", re.compile(rf"(?<![A-Z0-9]){_FISCAL_CODE}(?![A-Z0-9])", re.IGNORECASE)),
    ("iban", re.compile(rf"(?<![A-Z0-9]){_IBAN}(?![A-Z0-9])", re.IGNORECASE)),
    (
        "email",
        re.compile(
            r"(?<![\w.%+'-])[\w.%+'-]{1,64}\s{0,2}@\s{0,2}(?:[\w-]{1,63}\.\s{0,2}){1,4}[a-z]{2,24}"
            r"(?![\w@])"
        ),
    ),
)
_WHOLE_MAIL = re.compile(r"@[\w.-]+\.[a-z]{2,24}\.?\s*\n", re.IGNORECASE)
_FEW_DIGITS = 5
_JOINT = r"(?:\s|_20_|%20|[_.+-])*"
_JOINT_SHORT = r"(?:[^\S\n]|_20_|%20|[_.+-])*"
_ENCODED = re.compile(r"_([0-9a-f]{2,4})_")
_BEFORE, _AFTER = 120, 60


def plain(text: str) -> str:
    """Without spaces, capitals and what nobody sees: how values are compared."""
    return "".join(visible(text).split()).casefold()


@lru_cache(maxsize=4096)
def pattern(value: str) -> re.Pattern[str]:
    """Matches the value however it is spaced, or joined as in names of files and styles.

    A short one only as a word, on one line.
    """
    words = value.split()
    if sum(map(len, words)) >= SHORT:
        each = (r"\s*".join(map(re.escape, word)) for word in words)
        return re.compile(_JOINT.join(each), re.IGNORECASE)
    each = (r"[^\S\n]*".join(map(re.escape, word)) for word in words)
    return re.compile(rf"(?<![^\W_]){_JOINT_SHORT.join(each)}(?![^\W_])", re.IGNORECASE)


def decoded(name: str) -> str:
    """The name of a style as a person gave it: OpenDocument writes a space as `_20_`."""
    return _ENCODED.sub(lambda found: chr(int(found[1], 16)), name)


def blocking(text: str) -> Iterator[tuple[str, str]]:
    """Kind and value of what may not be shared: in lines, and broken over two or more."""
    for datum in personal.find(text):
        if datum.level == "blocking":
            yield datum.kind, _on_one_line(datum.kind, datum.value)
    yield from _broken(text)


def _broken(text: str) -> Iterator[tuple[str, str]]:
    """What is whole only when lines are joined. Its check digits, or its form, must be right."""
    for kind, form in _BROKEN:
        for found in form.finditer(text):
            value = re.sub(r"[\s-]" if kind != "email" else r"\s", "", found[0])
            if "\n" in found[0] and _may_be(kind, found[0]):
                before = text[max(0, found.start() - _BEFORE) : found.start()]
                window = f"{before}{value}{text[found.end() : found.end() + _AFTER]}"
                if _is_blocking(kind, value, window):
                    yield kind, value if "-" not in found[0] else found[0]


def _on_one_line(kind: str, value: str) -> str:
    """A code is written together again, words keep a space."""
    together = "\n" in value and kind in dict(_BROKEN)
    return "".join(value.split()) if together else " ".join(value.split())


def _may_be(kind: str, written: str) -> bool:
    if kind == "email":
        return not _WHOLE_MAIL.search(written)
    return sum(sign.isdigit() for sign in written) >= _FEW_DIGITS


def _is_blocking(kind: str, value: str, window: str) -> bool:
    return any(
        datum.kind == kind and datum.valid and datum.level == "blocking" and datum.value == value
        for datum in personal.find(window)
    )
