"""The lines that say why a card was found: words marked, and the clause they stand in.

Cut from the card's own text after the rights were looked up, so no engine has to keep it, and
offsets are the clauses' own. All HTML is made here, and everything from a text is escaped.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from casa.search.italian import fold, stem
from casa.search.query import Expanded, Node, Phrase, Prefix, Word, words_in

LENGTH = 260
BEFORE = 60
MOST_MATCHES = 2_000
BEGINNING = 4
NEXT_TO = 30
SYNONYM_WEIGHT = 0.4
_SPACES = re.compile(r"\s+")
_FIELD = re.compile(r"\{\{\s*([^{}|]*?)\s*(?:\|[^{}]*)?\}\}")
_COMMAND = re.compile(r"\{[%#][^{}]*[%#]\}|^[^{}]*[%#]\}|\{[%#][^{}]*$|\{\{|\}\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """A word to mark: by its stem, as it is written (`whole`), or by its beginning."""

    text: str
    weight: float = 1.0
    whole: bool = False
    beginning: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    start: int
    end: int
    mark: int


@dataclass(frozen=True, slots=True)
class Passage:
    html: SafeString
    start: int


@dataclass(frozen=True, slots=True)
class Place:
    """The clause a passage stands in, and where it stands below the address of the card."""

    address: str
    name: str


class Marker:
    """Finds the words of one query in texts."""

    def __init__(self, typed: Node, wanted: Node) -> None:
        self.marks = _marks(typed, wanted)
        self._pattern = _pattern(self.marks)
        self._met: dict[str, int | None] = {}

    def highlight(self, text: str) -> SafeString:
        """The text with its words marked."""
        return _marked(text, self.matches(text), 0, len(text))

    def passage(self, text: str, *, title: str = "") -> Passage | None:
        """The lines of the text that hold most of the words; none where there is no word.

        A text often opens with its title, which the reader has before the eyes already: words
        further down say more.
        """
        matches = self.matches(text)
        if not matches:
            return None
        opening = _length_of(title, text)
        below = [match for match in matches if match.start >= opening]
        matches = below or matches
        chosen = matches[self._best(matches)]
        start, end = _edges(text, chosen.start)
        inside = [match for match in matches if start <= match.start and match.end <= end]
        before, after = "… " if start else "", " …" if end < len(text) else ""
        marked = _in_words(_marked(text, inside, start, end))
        return Passage(mark_safe(f"{before}{marked}{after}"), chosen.start)  # noqa: S308 -- escaped

    def matches(self, text: str) -> list[Match]:
        """Where the words stand, in order."""
        if self._pattern is None:
            return []
        folded, found = fold(text), []
        for candidate in self._pattern.finditer(folded):
            start = candidate.start()
            if start and folded[start - 1].isalnum():
                continue  # inside a word
            mark = self._mark_of(candidate[0])
            if mark is not None:
                found.append(Match(start, candidate.end(), mark))
                if len(found) == MOST_MATCHES:
                    break
        return found

    def _mark_of(self, word: str) -> int | None:
        """Which mark a word has. The same words come again and again on a page."""
        if word not in self._met:
            self._met[word] = self._fitting(word)
        return self._met[word]

    def _fitting(self, word: str) -> int | None:
        for number, mark in enumerate(self.marks):
            if mark.whole:
                fits = word == mark.text
            elif mark.beginning:
                fits = word.startswith(mark.text)
            else:
                fits = word == mark.text or stem(word) == stem(mark.text)
            if fits:
                return number
        return None

    def _best(self, matches: Sequence[Match]) -> int:
        """The match that begins the stretch with the most different words, and near each other."""
        starts = [match.start for match in matches]
        best, best_score = 0, 0.0
        for first, match in enumerate(matches):
            last = bisect_left(starts, match.start + LENGTH - BEFORE)
            score = self._score(matches[first:last])
            if score > best_score:
                best, best_score = first, score
        return best

    def _score(self, window: Sequence[Match]) -> float:
        score = sum(self.marks[number].weight for number in {match.mark for match in window})
        for one, two in pairwise(window):
            if two.mark == one.mark + 1 and two.start - one.end < NEXT_TO:
                score += 0.5
        return score


def clause_at(clauses: Iterable[Mapping[str, object]], place: int) -> Place | None:
    """The smallest clause that holds this place of the text."""
    holding = [clause for clause in clauses if _start(clause) <= place < _end(clause)]
    if not holding:
        return None
    clause = min(holding, key=lambda one: _end(one) - _start(one))
    label, heading = str(clause.get("label") or ""), str(clause.get("heading") or "")
    name = " – ".join(part for part in (label, heading) if part)
    address = str(clause.get("address") or f"#{clause['key']}")
    return Place(address=address, name=name) if name else None


def beginning_of(text: str) -> str:
    """The first lines of a text, for a card found by something else than its words."""
    short = _in_words(_SPACES.sub(" ", text[: LENGTH * 2]).strip())
    return short if len(short) <= LENGTH else f"{short[:LENGTH].rsplit(' ', 1)[0]} …"


def _length_of(title: str, text: str) -> int:
    """How far the title reaches, where the text opens with it."""
    return len(title) if title and fold(text[: len(title)]) == fold(title) else 0


def _start(clause: Mapping[str, object]) -> int:
    return int(str(clause.get("start") or 0))


def _end(clause: Mapping[str, object]) -> int:
    return int(str(clause.get("end") or 0))


def _marks(typed: Node, wanted: Node) -> tuple[Mark, ...]:
    marks: dict[tuple[str, bool, bool], Mark] = {}
    for node in words_in(typed):
        for mark in _of(node, 1.0):
            marks.setdefault((mark.text, mark.whole, mark.beginning), mark)
    for node in _synonyms(wanted):
        for mark in _of(node, SYNONYM_WEIGHT):
            marks.setdefault((mark.text, mark.whole, mark.beginning), mark)
    return tuple(marks.values())


def _of(node: Word | Phrase | Prefix, weight: float) -> list[Mark]:
    match node:
        case Word(text, whole):
            return [Mark(text, weight, whole=whole)]
        case Prefix(text):
            return [Mark(text, weight, beginning=True)]
        case Phrase(words):
            return [Mark(word, weight) for word in words if stem(word)]


def _synonyms(wanted: Node) -> Iterable[Word | Phrase | Prefix]:
    for node in getattr(wanted, "nodes", ()):
        if isinstance(node, Expanded):
            for other in node.others:
                yield from words_in(other)


def _pattern(marks: Sequence[Mark]) -> re.Pattern[str] | None:
    """Cheap candidates: what begins as a wanted word does. `matches` and `_mark_of` decide.

    A look behind for the start of a word would be tried at every letter of a long text.
    """
    if not marks:
        return None
    beginnings = {mark.text if mark.whole else mark.text[:BEGINNING] for mark in marks}
    choice = "|".join(re.escape(text) for text in sorted(beginnings, key=len, reverse=True))
    return re.compile(rf"(?:{choice})[^\W_]*")


def _in_words(html: str) -> str:
    """The fields of a model as their names, its commands and notes left out, cut ones too.

    A passage that is nothing else stays as it is: a row without words says less.
    """
    said = _FIELD.sub(lambda found: found[1].replace("_", " "), html)
    said = _SPACES.sub(" ", _COMMAND.sub(" ", said)).strip()
    return said if any(map(str.isalnum, said)) else html


def _edges(text: str, place: int) -> tuple[int, int]:
    """From the start of a word a little before the match to the end of one after it."""
    start = max(0, place - BEFORE)
    end = min(len(text), start + LENGTH)
    if start:
        start = text.find(" ", start, place) + 1 or start
    if end < len(text):
        end = max(text.rfind(" ", place, end), place + 1)
    return start, end


def _marked(text: str, matches: Iterable[Match], start: int, end: int) -> SafeString:
    parts, at = [], start
    for match in matches:
        parts.append(escape(text[at : match.start]))
        parts.append(f"<mark>{escape(text[match.start : match.end])}</mark>")
        at = match.end
    parts.append(escape(text[at:end]))
    return mark_safe(_SPACES.sub(" ", "".join(parts)).strip())  # noqa: S308 -- escaped above
