"""What is known while one file is cleaned: values that go, what was dropped, what is uncertain."""

from collections import Counter
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

from casa.drafting.cleaning.decisions import Cleaned, Decision, Dropped, Redaction, Warned
from casa.drafting.cleaning.flowing import SIGN, Flow, redact, text_of
from casa.drafting.cleaning.values import blocking, pattern, plain
from casa.drafting.xml import Element

_LINKS = ("Target", "href", "src", "action")


class Work:
    """First every text is looked at, then every value found is taken from every text."""

    def __init__(self, decisions: Sequence[Decision] = ()) -> None:
        self.dropped: Counter[str] = Counter()
        self._warnings: dict[str, str] = {}
        self._spared = {plain(one.value): one for one in decisions if one.action == "keep"}
        self._values: dict[str, tuple[str, str]] = {}
        self._counts: Counter[str] = Counter()
        self._decided = {plain(one.value) for one in decisions if one.action == "remove"}
        for one in decisions:
            if one.action == "remove":
                self._values.setdefault(plain(one.value), (one.value, ""))

    @property
    def values(self) -> tuple[str, ...]:
        """All that must go, the longest first."""
        return tuple(sorted((one for one, _ in self._values.values()), key=len, reverse=True))

    def warn(self, code: str, detail: str = "") -> None:
        """Tell once what the copy cannot promise."""
        self._warnings[code] = detail

    def look(self, texts: Iterable[str]) -> None:
        """Find what may not be shared, unless a person keeps it."""
        for text in texts:
            for kind, value in blocking(text):
                key = plain(value)
                if key in self._decided:
                    self._values[key] = (self._values[key][0], kind)
                elif key not in self._spared:
                    self._values.setdefault(key, (value, kind))

    def look_at(self, root: Element) -> None:
        """The same in the attributes below `root`."""
        self.look(["\n".join(sorted(map(unquote, _said(root))))])

    def redact(self, flow: Flow) -> None:
        """Take every value out of a text."""
        low = text_of(flow)
        for value in self.values:
            if pattern(value).search(low):
                self._counts[plain(value)] += redact(flow, pattern(value))

    def redacted(self, text: str) -> str:
        """The text without the values."""
        for value in self.values:
            text, count = pattern(value).subn(SIGN, text)
            self._counts[plain(value)] += count
        return text

    def count(self, value: str, times: int = 1) -> None:
        """Remember that a value was taken away."""
        self._counts[plain(value)] += times

    def redact_attributes(self, root: Element) -> None:
        """Take every value out of the attributes below `root`; a link leads nowhere then."""
        found = {said: value for said in _said(root) if (value := self.value_in(unquote(said)))}
        for element in root.iter() if found else ():
            for key, held in element.attrib.items():
                value = found.get(str(held), "")
                if value:
                    link = str(key).rpartition("}")[2] in _LINKS
                    element.set(key, "about:blank" if link else SIGN)
                    self._counts[plain(value)] += 1

    def value_in(self, text: str) -> str:
        """The first value that stands in the text, "" for none."""
        return next((value for value in self.values if pattern(value).search(text)), "")

    def done(self, data: bytes, suffix: str) -> Cleaned:
        """The result."""
        if not self._values:
            self.warn("nothing-found")
        return Cleaned(
            data,
            suffix,
            redactions=tuple(
                Redaction(value, kind, self._counts[key], key in self._decided)
                for key, (value, kind) in self._values.items()
            ),
            spared=tuple(self._spared.values()),
            dropped=tuple(Dropped(*one) for one in sorted(self.dropped.items()) if one[1]),
            warnings=tuple(Warned(*one) for one in self._warnings.items()),
        )


def _said(root: Element) -> set[str]:
    """What attributes say that may be words: a bare number is an identifier or a measure."""
    said = {str(value) for element in root.iter() for value in element.attrib.values()}
    return {value for value in said if not value.lstrip("-").isdigit()}
