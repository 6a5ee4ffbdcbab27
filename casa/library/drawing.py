"""The family as pictures: the tree, the strip of clauses. The tables beside say the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from casa.library.queries.family import Member
from casa.library.queries.heat import Warmth

MOST = 40
LEFT, TOP, STEP, LINE, LABEL = 16, 24, 28, 34, 480
LONGEST = 38
ACROSS, CELL, GAP = 12, 56, 4
LONGEST_CELL = 8


@dataclass(frozen=True, slots=True)
class Dot:
    """A text in the picture: its place, its words, and the line from the text it comes from."""

    x: int
    y: int
    label: str
    behind: int
    path: str

    @property
    def text_x(self) -> int:
        return self.x + 14

    @property
    def text_y(self) -> int:
        return self.y + 5


@dataclass(frozen=True, slots=True)
class Tree:
    """The picture, in its own units. `more` are the texts that stand only in the table."""

    width: int
    height: int
    dots: Sequence[Dot]
    more: int


def tree_of(members: Sequence[Member]) -> Tree:
    """The first lines of a family, which stand below what they come from."""
    shown = members[:MOST]
    deepest = max((member.depth for member in shown), default=0)
    return Tree(
        width=LEFT + deepest * STEP + LABEL,
        height=TOP + len(shown) * LINE,
        dots=[_dot(member, shown) for member in shown],
        more=len(members) - len(shown),
    )


def _dot(member: Member, shown: Sequence[Member]) -> Dot:
    x, y = _place(member)
    path = ""
    if member.parent >= 0:
        above_x, above_y = _place(shown[member.parent])
        path = f"M{above_x} {above_y}V{y}H{x}"
    name = member.body if len(member.body) <= LONGEST else member.body[: LONGEST - 1] + "…"
    return Dot(x=x, y=y, label=f"{name}, v{member.number}", behind=member.behind, path=path)


def _place(member: Member) -> tuple[int, int]:
    return LEFT + member.depth * STEP, TOP + member.row * LINE


@dataclass(frozen=True, slots=True)
class Cell:
    """A clause in the strip: its place, its words, how many bodies, how warm."""

    x: int
    y: int
    label: str
    bodies: int
    level: int

    @property
    def text_x(self) -> int:
        return self.x + CELL // 2

    @property
    def label_y(self) -> int:
        return self.y + 20

    @property
    def bodies_y(self) -> int:
        return self.y + 41


@dataclass(frozen=True, slots=True)
class Strip:
    """The clauses of a text one after the other, in lines. `size` is that of a cell."""

    width: int
    height: int
    size: int
    cells: Sequence[Cell]


def strip_of(clauses: Sequence[Warmth]) -> Strip:
    """Every clause in its order."""
    step = CELL + GAP
    lines = -(-len(clauses) // ACROSS)
    cells = [_cell(one, at) for at, one in enumerate(clauses)]
    return Strip(
        width=min(len(clauses), ACROSS) * step, height=lines * step, size=CELL, cells=cells
    )


def _cell(one: Warmth, at: int) -> Cell:
    step = CELL + GAP
    label = one.label if len(one.label) <= LONGEST_CELL else one.label[: LONGEST_CELL - 1] + "…"
    return Cell(
        x=at % ACROSS * step + GAP // 2,
        y=at // ACROSS * step + GAP // 2,
        label=label,
        bodies=one.bodies,
        level=one.level,
    )
