"""Which clauses of a text the bodies change most when they adapt it.

Each copy is compared with the version of this text that it follows, through the chain of copies:
who is only behind has changed nothing. Clauses are known by the keys that copies inherit. Counted
are bodies, however many copies each of them has.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from casa.library.models import Basis, Clause, Entry, Version
from casa.library.queries.differing import ADDED, CHANGED, DROPPED, differing
from casa.library.queries.family import Member
from casa.library.queries.obligations import title_of
from casa.registry.actor import Actor

WARMEST = 4
LONGEST_LABEL = 12


@dataclass(frozen=True, slots=True)
class Warmth:
    """A clause, and how many bodies changed it, dropped it, put something in after it.

    `bodies` counts each body once; `level` goes from 0 (nobody) to `WARMEST`. `label` is short.
    """

    key: str
    title: str
    label: str
    part: int
    changed: int
    dropped: int
    added: int
    bodies: int
    level: int


@dataclass(frozen=True, slots=True)
class Heat:
    """The clauses of a version in order. `bodies` is how many were compared with it.

    `versions` are those that bodies follow, each with how many bodies.
    """

    version: Version
    clauses: Sequence[Warmth]
    bodies: int
    versions: Mapping[int, int]

    @property
    def touched(self) -> Sequence[Warmth]:
        """The clauses that somebody changed, the warmest first."""
        found = [one for one in self.clauses if one.bodies]
        return sorted(found, key=lambda one: -one.bodies)

    @property
    def is_unnumbered(self) -> bool:
        """Whether some title is shown by its place, for want of a number."""
        return any(one.label.startswith("§") for one in self.clauses)

    @property
    def untouched(self) -> int:
        return sum(not one.bodies for one in self.clauses)


def heat_of(
    entry: Entry,
    actor: Actor,
    root_id: int,
    members: Sequence[Member],
    *,
    number: int | None = None,
) -> Heat | None:
    """How warm each clause is for these members of the family. Four queries, however many.

    With a number, only bodies that follow that version of the text, and the clauses of it. None
    where nobody can be compared, or the actor may not read that version.
    """
    readable = Version.objects.visible_to(actor).published().filter(entry=entry)
    versions = {one.pk: one for one in readable.defer("text").order_by("number")}
    followed = followed_by(entry, root_id, members)
    copies = {member.version_id: member for member in members if member.version_id in followed}
    counts = _counted(copies, followed, versions)
    chosen = {
        copy: member
        for copy, member in copies.items()
        if number is None or _number(versions.get(followed[copy])) == number
    }
    version = _shown(entry, versions, number)
    if version is None or not chosen:
        return None
    touching = _touching(chosen, followed)
    bodies = len({member.body_id for member in chosen.values()})
    clauses = list(_warmths(version, touching, bodies))
    return Heat(version=version, clauses=clauses, bodies=bodies, versions=counts)


def cell_label(label: str, place: int) -> str:
    """What fits a cell: «Art. 12-bis» as it is, a long one cut to its number.

    A title without a number is shown by its place in the strip; the table says both.
    """
    if not label:
        return f"§ {place}"
    last = label.rsplit(maxsplit=1)[-1]
    return label if len(label) <= LONGEST_LABEL else last[:LONGEST_LABEL]


def heads_of(clauses: Sequence[Clause]) -> dict[str, Clause]:
    """Under which clause of the strip each one is counted: the article that it is a comma of."""
    level = head_level(clauses)
    found: dict[str, Clause] = {}
    head: Clause | None = None
    for clause in clauses:
        head = clause if head is None or clause.level <= level else head
        found[clause.key] = head
    return found


def head_level(clauses: Sequence[Clause]) -> int:
    """The level of articles: the highest one that a text has several of."""
    levels = sorted(clause.level for clause in clauses)
    several = (first for first, second in pairwise(levels) if first == second)
    return next(several, levels[-1] if levels else 1)


def _shown(entry: Entry, versions: Mapping[int, Version], number: int | None) -> Version | None:
    if number is None:
        return versions.get(entry.current_id or 0)
    return next((one for one in versions.values() if one.number == number), None)


def _number(version: Version | None) -> int:
    return version.number if version else 0


def followed_by(entry: Entry, root_id: int, members: Sequence[Member]) -> dict[int, int]:
    """The version of this text that each copy's text follows, directly or through other copies."""
    rows = Basis.objects.filter(version__entry__derivation__root=root_id)
    steps = {
        version: (source, owner)
        for version, source, owner in rows.values_list(
            "version_id", "source_version_id", "source_version__entry_id"
        )
    }
    found: dict[int, int] = {}
    for member in members:
        source, owner = steps.get(member.version_id, (0, 0))
        while owner and owner != entry.pk:
            source, owner = steps.get(source, (0, 0))
        if owner:
            found[member.version_id] = source
    return found


def _counted(
    copies: Mapping[int, Member], followed: Mapping[int, int], versions: Mapping[int, Version]
) -> dict[int, int]:
    """How many bodies follow each version that the actor may read, the newest first."""
    bodies: dict[int, set[int]] = defaultdict(set)
    for copy, member in copies.items():
        if known := versions.get(followed[copy]):
            bodies[known.number].add(member.body_id)
    return {number: len(bodies[number]) for number in sorted(bodies, reverse=True)}


def _touching(
    copies: Mapping[int, Member], followed: Mapping[int, int]
) -> dict[str, dict[str, set[int]]]:
    """By clause and by what was done to it: which bodies did. One query."""
    touching: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    for copy, key, act in differing({copy: followed[copy] for copy in copies}):
        touching[key][act].add(copies[copy].body_id)
    return touching


def _warmths(
    version: Version, touching: Mapping[str, Mapping[str, set[int]]], bodies: int
) -> Iterator[Warmth]:
    clauses = list(version.clauses.defer("text").order_by("position"))
    heads = heads_of(clauses)
    acts: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    first = clauses[0].key if clauses else ""
    for key, done in touching.items():
        head = heads.get(key or first)
        if head is None:
            continue
        for act, who in done.items():
            acts[head.key][act] |= who
    shown = {clause.key: clause for clause in heads.values()}.values()
    for place, head in enumerate(shown, start=1):
        yield _warmth(head, place, acts[head.key], bodies)


def _warmth(head: Clause, place: int, acts: Mapping[str, set[int]], bodies: int) -> Warmth:
    who: set[int] = set().union(*acts.values())
    return Warmth(
        key=head.key,
        title=title_of(head),
        label=cell_label(head.label, place),
        part=head.part,
        changed=len(acts.get(CHANGED, ())),
        dropped=len(acts.get(DROPPED, ())),
        added=len(acts.get(ADDED, ())),
        bodies=len(who),
        level=-(-WARMEST * len(who) // bodies),
    )
