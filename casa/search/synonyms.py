"""Words that mean the same, used when a query is asked: typed words always stand first.

The groups are rows that editors keep (`SynonymGroup`). Two rules guard them: acronyms match as
they are written (RUP is no «rupe»), and a group stays out of a query that speaks of what the
group is not to be confused with.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from casa.search.engine.seam import Asked
from casa.search.italian import STOP_WORDS, WORD, fold, stem, words_of
from casa.search.models import SynonymGroup
from casa.search.query import All, Expanded, Field, Node, Phrase, Word

FRESH_SECONDS = 30.0
COMMON_WORDS = frozenset({"sia", "sai", "via", "ape", "sim", "dl", "pc", "ip", "sit", "puc", "oda"})
"""Acronyms that are also words, or too short: they count as such only in capitals."""

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    words: tuple[tuple[str, ...], ...]
    never: tuple[Keys, ...]
    cpv_codes: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """The groups, to be looked up by the keys of a member's words."""

    acronyms: set[str] = field(default_factory=set)
    groups: dict[Keys, list[Group]] = field(default_factory=lambda: defaultdict(list))
    parts: dict[str, list[Group]] = field(default_factory=lambda: defaultdict(list))
    longest: int = 0

    def key(self, word: str) -> str:
        return f"={word}" if word in self.acronyms else stem(word)

    def keys(self, words: Iterable[str]) -> Keys:
        return tuple(self.key(word) for word in words)

    def add(self, row: SynonymGroup) -> None:
        members = tuple(words for text in row.words if (words := _content(text)))
        never = tuple(self.keys(_content(text)) for text in row.never)
        group = Group(members, never, tuple(row.cpv_codes))
        for words in members:
            keys = self.keys(words)
            self.longest = max(self.longest, len(keys))
            if group not in self.groups[keys]:
                self.groups[keys].append(group)
            for key in keys:
                if group not in self.parts[key]:
                    self.parts[key].append(group)

    def is_acronym(self, word: Word) -> bool:
        return word.text in self.acronyms and (word.capitals or word.text not in COMMON_WORDS)


_table: tuple[float, Table] | None = None


def table() -> Table:
    """The groups in use; read again from the database every half minute."""
    global _table  # noqa: PLW0603 -- one small table per process
    now = time.monotonic()
    if _table is None or now - _table[0] > FRESH_SECONDS:
        _table = (now, read_table())
    return _table[1]


def forget() -> None:
    """Read the groups anew at the next query."""
    global _table  # noqa: PLW0603 -- idem
    _table = None


def read_table() -> Table:
    made = Table()
    rows = list(SynonymGroup.objects.filter(in_use=True).order_by("pk"))
    for row in rows:
        for text in (*row.words, *row.never):
            made.acronyms |= _acronyms(text)
    for row in rows:
        made.add(row)
    return made


def expand(tree: All, known: Table) -> Asked:
    """What was typed, with acronyms whole, and beside it what means the same."""
    typed = All(tuple(_whole(node, known) for node in tree.nodes))
    said = known.keys(node.text for node in typed.nodes if isinstance(node, Word))
    wanted: list[Node] = []
    place = 0
    while place < len(typed.nodes):
        run = _run(typed.nodes[place:], known)
        length, groups = _longest(run, known, said=said)
        wanted.extend(_expanded(run[:length], groups, known) if groups else [typed.nodes[place]])
        place += max(length, 1)
    return Asked(wanted=All(tuple(wanted)), typed=typed)


def _run(nodes: Sequence[Node], known: Table) -> list[Word]:
    """The words that follow one another, as many as the longest member has."""
    run: list[Word] = []
    for node in nodes[: known.longest]:
        if not isinstance(node, Word):
            break
        run.append(node)
    return run


def _longest(run: list[Word], known: Table, *, said: Keys) -> tuple[int, list[Group]]:
    for length in range(len(run), 0, -1):
        words = run[:length]
        if length == 1 and words[0].text in known.acronyms and not words[0].whole:
            continue  # a common word, not the acronym
        found = known.groups.get(known.keys(word.text for word in words), [])
        kept = [group for group in found if not any(_holds(said, other) for other in group.never)]
        if kept:
            return length, kept
    return 1, []


def _expanded(words: list[Word], groups: list[Group], known: Table) -> list[Node]:
    own = known.keys(word.text for word in words)
    others: dict[Node, None] = {}
    for group in groups:
        for member in group.words:
            if known.keys(member) != own:
                others[member_node(member, known)] = None
        if group.cpv_codes:
            others[Field("cpv", " ".join(group.cpv_codes), group.cpv_codes)] = None
    if not others:
        return [*words]
    typed: Node = words[0] if len(words) == 1 else All(tuple(words))
    return [Expanded(typed, tuple(others))]


def member_node(words: tuple[str, ...], known: Table) -> Node:
    if len(words) > 1:
        return Phrase(words, slop=2)
    return Word(words[0], whole=words[0] in known.acronyms)


def _whole(node: Node, known: Table) -> Node:
    if isinstance(node, Word) and known.is_acronym(node):
        return Word(node.text, whole=True, capitals=node.capitals)
    return node


def _holds(said: Keys, other: Keys) -> bool:
    size = len(other)
    return any(said[start : start + size] == other for start in range(len(said) - size + 1))


def _content(text: str) -> tuple[str, ...]:
    words = words_of(text)
    return tuple(word for word in words if word not in STOP_WORDS) or tuple(words)


def _acronyms(text: str) -> set[str]:
    return {fold(word) for word in WORD.findall(text) if len(word) > 1 and word.isupper()}
