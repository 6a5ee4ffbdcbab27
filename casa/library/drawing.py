"""The family as a picture. The table beside says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from casa.library.queries.family import Member

MOST = 40
LEFT, TOP, STEP, LINE, LABEL = 16, 24, 28, 34, 480
LONGEST = 38


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
